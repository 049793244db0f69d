// The place of a bundle: a new file, in a directory where nobody else could swap it.

import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Context } from '../context.ts';
import { describeCause, Failure, findCode } from '../errors.ts';
import { locate } from '../files/locate.ts';
import { describeExposure } from '../files/profile.ts';
import { createFile } from '../files/replace.ts';
import { trustedDirectory, UntrustedPath } from '../files/safe-path.ts';

/** @property typed as messages name it */
export type BundlePlace = { readonly typed: string; readonly path: string };

/** Looked at before anything that takes its time. @throws Failure 'usage', 'disk' where something is there, 'directory' */
export async function findBundlePlace(typed: string, { world, log }: Context): Promise<BundlePlace> {
  if (typed === '' || typed === '-') throw new Failure('usage', `--bundle: '${typed}' is no file`);
  const wanted = locate(typed, world.home);
  const path = asFailure(typed, () => join(trustedDirectory(dirname(wanted), world.userId), basename(wanted)));
  if (asFailure(typed, () => lstatSync(path, { throwIfNoEntry: false }))) throw taken(typed);
  const exposure = describeExposure(path, world);
  if (exposure) await log.warn(`${typed} is ${exposure}: other users of this machine may be able to read it.`);
  return { typed, path };
}

/** @throws Failure 'disk' */
export function saveBundle({ typed, path }: BundlePlace, bytes: Uint8Array): void {
  asFailure(typed, () => createFile(path, bytes));
}

function asFailure<T>(typed: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof UntrustedPath)
      throw new Failure('directory', `Unsafe place for a bundle: ${cause.path} ${cause.message}`, {
        lines: ['Name a file in a directory of your own for --bundle.'],
        cause,
      });
    const code = findCode(cause);
    if (code === undefined) throw cause;
    if (code === 'EEXIST') throw taken(typed, cause);
    throw new Failure('disk', `${typed} cannot be written: ${describeCause(cause, 'directory')}`, {
      lines: [ELSEWHERE],
      cause,
    });
  }
}

const ELSEWHERE = 'Name another file for --bundle.';

function taken(typed: string, cause?: unknown): Failure {
  return new Failure('disk', `${typed} exists already`, { lines: [ELSEWHERE], cause });
}
