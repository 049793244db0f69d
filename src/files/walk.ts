// The files of a directory and of those in it, in the same order on every machine.

import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, findCode } from '../errors.ts';

export type Found = {
  /** Names from the top down to the directory; empty for the top. */
  readonly folders: readonly string[];
  readonly name: string;
  readonly path: string;
  /** Why it cannot be read, or is left out. */
  readonly obstacle?: { readonly state: 'failed' | 'skipped'; readonly why: string };
};

/**
 * A link to a file is the file; one to a directory is not followed, since it could lead in a circle.
 * @param extensions in lower case, with their dot @throws Failure 'usage' for a top that cannot be listed
 */
export function filesUnder(top: string, extensions: readonly string[]): Found[] {
  try {
    return filesIn(top, [], extensions);
  } catch (cause) {
    throw new Failure('usage', `${top} cannot be listed (${findCode(cause)})`, { cause });
  }
}

function filesIn(top: string, folders: readonly string[], extensions: readonly string[]): Found[] {
  const directory = join(top, ...folders);
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const found: Found = { folders, name: entry.name, path: join(directory, entry.name) };
    if (entry.isDirectory()) return filesBelow(top, found, extensions);
    const isWanted = extensions.some((extension) => entry.name.toLowerCase().endsWith(extension));
    if (entry.isSymbolicLink()) return linkedFile(found, isWanted);
    return entry.isFile() && isWanted ? [found] : [];
  });
}

function filesBelow(top: string, found: Found, extensions: readonly string[]): Found[] {
  try {
    return filesIn(top, [...found.folders, found.name], extensions);
  } catch (cause) {
    return [{ ...found, obstacle: { state: 'failed', why: `cannot be listed (${findCode(cause)})` } }];
  }
}

function linkedFile(found: Found, isWanted: boolean): Found[] {
  const target = followLink(found.path);
  if (target?.isDirectory())
    return [{ ...found, obstacle: { state: 'skipped', why: 'a link to a directory, which is not followed' } }];
  return isWanted && (target === undefined || target.isFile()) ? [found] : [];
}

/** undefined for a link that leads nowhere, in a circle, or where it must not be followed: opening it will tell. */
function followLink(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
