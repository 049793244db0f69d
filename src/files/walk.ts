// The files of a directory and of those in it, in the same order on every machine.

import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import type { Exclusion } from './exclude.ts';
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
  /** The number of files and directories that a pattern left out. */
  readonly excluded: number;
};

/** @property extensions in lower case, with their dot; undefined for all */
export type Choice = { readonly extensions: readonly string[] | undefined; readonly isExcluded: Exclusion };

/**
 * A link to a file of the directory is the file. One that leads out of it is not followed: whoever made the directory could so
 * send files that are not theirs. Neither is one to a directory, since it could lead in a circle.
 * @param typed the top @throws Failure 'usage' for a top that cannot be listed
 */
export function filesUnder(typed: string, choice: Choice, home: string | undefined): Walk {
  const leftOut = new Map<string, number>();
  const search: Search = { ...choice, top: locate(typed, home), leftOut, excluded: 0 };
  try {
    const files = filesIn(search, []);
    return { files, leftOut, excluded: search.excluded };
  } catch (cause) {
    throw new Failure('usage', `${typed} cannot be listed: ${describeCause(cause, 'directory')}`, { cause });
  }
}

type Search = Choice & { readonly top: string; readonly leftOut: Map<string, number>; excluded: number };

const OUTSIDE = {
  state: 'failed',
  why: 'a link out of the directory, which is not followed. A list for --files-from can name it',
} as const;
const NO_FILE = 'a pipe, a socket or a device, which is no file';

function filesIn(search: Search, folders: readonly string[]): Found[] {
  const directory = join(search.top, ...folders);
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (search.isExcluded([...folders, entry.name].join('/'), entry.isDirectory())) {
      search.excluded++;
      return [];
    }
    const found: Found = { folders, name: entry.name, path: join(directory, entry.name) };
    return entry.isDirectory() ? filesBelow(search, found) : takeFile(search, found, entry);
  });
}

function takeFile(search: Search, found: Found, entry: Dirent): Found[] {
  const target = entry.isSymbolicLink() ? followLink(found.path) : entry;
  if (target?.isDirectory())
    return [{ ...found, obstacle: { state: 'skipped', why: 'a link to a directory, which is not followed' } }];
  if (isWanted(entry.name, search.extensions)) {
    // A link that leads nowhere is taken for a file: opening it will tell.
    if (target === undefined || target.isFile())
      return [
        entry.isSymbolicLink() && leadsOut(search.top, found.path) ? { ...found, obstacle: OUTSIDE } : withName(found),
      ];
    return [{ ...found, obstacle: { state: 'skipped', why: NO_FILE } }];
  }
  if (target?.isFile()) {
    const kind = extname(entry.name).toLowerCase();
    search.leftOut.set(kind, (search.leftOut.get(kind) ?? 0) + 1);
  }
  return [];
}

function leadsOut(top: string, path: string): boolean {
  try {
    return !realpathSync(path).startsWith(realpathSync(top).replace(/[/\\]?$/, sep));
  } catch {
    // Nowhere, or in a circle.
    return false;
  }
}

export function isWanted(name: string, extensions: readonly string[] | undefined): boolean {
  return extensions === undefined || extensions.some((extension) => name.toLowerCase().endsWith(extension));
}

/** Bytes that are no UTF-8 come as U+FFFD: under such a name nothing can be opened, and no document would have it. */
function withName(found: Found): Found {
  const isReadable = !found.name.includes('\ufffd') || followLink(found.path) !== undefined;
  if (isReadable) return found;
  return { ...found, obstacle: { state: 'failed', why: 'its name is no UTF-8. Give the file another one' } };
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
