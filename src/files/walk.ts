// The files of a directory and of those in it, in the same order on every machine.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, Failure } from '../errors.ts';

export type Found = {
  /** Names from the top down to the directory; empty for the top. */
  readonly folders: readonly string[];
  readonly name: string;
  readonly path: string;
};

/** Links are not followed: they could lead in a circle. @param extensions in lower case, with their dot */
export function filesUnder(top: string, extensions: readonly string[], folders: readonly string[] = []): Found[] {
  const here = join(top, ...folders);
  const entries = entriesOf(here).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry): Found[] => {
    if (entry.isDirectory()) return filesUnder(top, extensions, [...folders, entry.name]);
    const isWanted = entry.isFile() && extensions.some((extension) => entry.name.toLowerCase().endsWith(extension));
    return isWanted ? [{ folders, name: entry.name, path: join(here, entry.name) }] : [];
  });
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (cause) {
    throw new Failure('usage', `${directory} cannot be listed (${codeOf(cause)})`, { cause });
  }
}
