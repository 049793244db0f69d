// The files that hold keys and tokens of kscli itself. None of them is sent as a document: a directory that came from somebody
// else may hold a link to one.

import { statSync } from 'node:fs';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { locate } from '../files/locate.ts';
import type { ApiRequest } from '../http/request.ts';
import { ADMIN_KEY, API_KEY } from '../settings/table.ts';
import { listNamed } from './inventory.ts';
import { locateSession } from './place.ts';

/** @throws Failure 'usage' for a request with the contents of such a file */
export function requireNoOwnFile({ form = [] }: ApiRequest, context: Context): void {
  const paths = form.flatMap((part) => ('file' in part && part.file.content === undefined ? [part.file.path] : []));
  const own = new Set(listOwn(context).flatMap(identify));
  const found = paths.find((path) => identify(path).some((file) => own.has(file)));
  if (found === undefined) return;
  throw new Failure('usage', `${found} leads to a file with keys of kscli itself`, {
    lines: ['It was not sent. Look where the directory came from, and what else it links to.'],
  });
}

function listOwn(context: Context): string[] {
  const { world, config } = context;
  const keyFiles = [ADMIN_KEY, API_KEY].map(({ fileVariable }) => world.env[fileVariable]);
  const typed = [config.path, ...keyFiles].flatMap((path) => (path ? [locate(path, world.home)] : []));
  return [...listSessions(context), ...typed];
}

/** None where they cannot be listed. */
function listSessions(context: Context): string[] {
  try {
    return [locateSession(undefined, context), ...listNamed(context)].map(({ path }) => path);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

/** The file itself, whatever it is called there: also by a second name. */
function identify(path: string): string[] {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return [`${dev}:${ino}`];
  } catch {
    // Whoever opens it tells why.
    return [];
  }
}
