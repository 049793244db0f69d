// The files of a directory and of those in it, in the same order on every machine.

import { readdirSync, type Stats, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import { locate } from './locate.ts';

export type Found = {
  /** Names from the top down to the directory; empty for the top. */
  readonly folders: readonly string[];
  readonly name: string;
  readonly path: string;
  /** Why it cannot be read, or is left out. */
  readonly obstacle?: { readonly state: 'failed' | 'skipped'; readonly why: string };
};

export type Walk = {
  readonly files: readonly Found[];
  /** The number of files of each other kind: by extension in lower case, `.xlsx`; files without one by the empty word. */
  readonly leftOut: ReadonlyMap<string, number>;
};

/**
 * A link to a file is the file; one to a directory is not followed, since it could lead in a circle.
 * @param typed the top @param extensions in lower case, with their dot @throws Failure 'usage' for a top that cannot be listed
 */
export function filesUnder(typed: string, extensions: readonly string[], home: string | undefined): Walk {
  const leftOut = new Map<string, number>();
  const count = (name: string) => {
    const kind = extname(name).toLowerCase();
    leftOut.set(kind, (leftOut.get(kind) ?? 0) + 1);
  };
  try {
    return { files: filesIn({ top: locate(typed, home), extensions, count }, []), leftOut };
  } catch (cause) {
    throw new Failure('usage', `${typed} cannot be listed: ${describeCause(cause, 'directory')}`, { cause });
  }
}

/** @property count is told of each file that is left out */
type Search = {
  readonly top: string;
  readonly extensions: readonly string[];
  readonly count: (name: string) => void;
};

function filesIn(search: Search, folders: readonly string[]): Found[] {
  const directory = join(search.top, ...folders);
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const found: Found = { folders, name: entry.name, path: join(directory, entry.name) };
    if (entry.isDirectory()) return filesBelow(search, found);
    const target = entry.isSymbolicLink() ? followLink(found.path) : entry;
    if (target?.isDirectory())
      return [{ ...found, obstacle: { state: 'skipped', why: 'a link to a directory, which is not followed' } }];
    // A link that leads nowhere is taken for a file: opening it will tell.
    if (target !== undefined && !target.isFile()) return [];
    if (search.extensions.some((extension) => entry.name.toLowerCase().endsWith(extension))) return [found];
    if (target) search.count(entry.name);
    return [];
  });
}

function filesBelow(search: Search, found: Found): Found[] {
  try {
    return filesIn(search, [...found.folders, found.name]);
  } catch (cause) {
    return [{ ...found, obstacle: { state: 'failed', why: `cannot be listed: ${describeCause(cause, 'directory')}` } }];
  }
}

/** undefined for a link that leads nowhere, in a circle, or where it must not be followed. */
function followLink(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
