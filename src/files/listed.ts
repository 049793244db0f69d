// The files that a list names, each once, in the order of the list. All of them lie in one directory.

import { lstatSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import { locate } from './locate.ts';
import { type Choice, type Found, isWanted, type Walk } from './walk.ts';

/** @property source the flag, which begins the sentence that refuses an entry @property typed the directory */
export type Listing = { readonly source: string; readonly typed: string; readonly home: string | undefined };

/**
 * Paths one a line, or each ended by NUL (`find -print0`), from the directory on or absolute.
 * @throws Failure 'usage' for a directory that is none, and for a path that leads out of it: then nothing at all is taken
 */
export function filesListed(bytes: Uint8Array, choice: Choice, listing: Listing): Walk {
  const top = locate(listing.typed, listing.home);
  requireDirectory(top, listing.typed);
  const paths = readPaths(bytes, listing.source).map((entry) => placeInside(top, entry, listing));
  const links = new Map<string, boolean>();
  let excluded = 0;
  const files = [...new Set(paths)].flatMap((path): Found[] => {
    const names = path.split('/');
    requireNoLinks(top, names, links, listing);
    const isLeftOut = names.some((_, at) => choice.isExcluded(names.slice(0, at + 1).join('/'), at < names.length - 1));
    if (isLeftOut || !isWanted(path, choice.extensions)) {
      excluded++;
      return [];
    }
    return [lookAt({ folders: names.slice(0, -1), name: names.at(-1) ?? '', path: join(top, path) })];
  });
  return { files, leftOut: new Map(), excluded };
}

function requireDirectory(top: string, typed: string): void {
  try {
    if (statSync(top).isDirectory()) return;
  } catch (cause) {
    throw new Failure('usage', `${typed} cannot be listed: ${describeCause(cause, 'directory')}`, { cause });
  }
  throw new Failure('usage', `${typed} cannot be listed: a part of the path is no directory`);
}

function readPaths(bytes: Uint8Array, source: string): string[] {
  // No path holds a NUL, so one of them tells which kind of list it is.
  const isEnded = bytes.includes(0);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Failure('usage', `${source}: a path in the list is no UTF-8`, { cause });
  }
  return (isEnded ? text.split('\0') : text.split(/\r?\n/)).filter(Boolean);
}

/** From the directory on, with slashes. */
function placeInside(top: string, entry: string, { source, typed }: Listing): string {
  const path = relative(top, resolve(top, entry));
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path))
    throw new Failure('usage', `${source}: '${entry}' is outside ${typed}`);
  if (path === '') throw new Failure('usage', `${source}: '${entry}' is ${typed} itself, not a file in it`);
  return path.split(sep).join('/');
}

/** A link to a directory is not followed, here as elsewhere: it could lead out of the directory. */
function requireNoLinks(top: string, names: readonly string[], links: Map<string, boolean>, listing: Listing): void {
  for (let depth = 1; depth < names.length; depth++) {
    const path = names.slice(0, depth).join('/');
    const isLink = links.get(path) ?? isSymbolicLink(join(top, path));
    links.set(path, isLink);
    if (isLink)
      throw new Failure('usage', `${listing.source}: '${names.join('/')}' leads through the link ${path}`, {
        lines: ['A link to a directory is not followed.'],
      });
  }
}

function isSymbolicLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    // Whoever opens the file tells why.
    return false;
  }
}

/** A file that was asked for by name and is none has failed. */
function lookAt(found: Found): Found {
  try {
    const stats = statSync(found.path);
    if (stats.isFile()) return found;
    return { ...found, obstacle: { state: 'failed', why: stats.isDirectory() ? DIRECTORY : 'is no file' } };
  } catch (cause) {
    return { ...found, obstacle: { state: 'failed', why: `The file cannot be read: ${describeCause(cause)}` } };
  }
}

const DIRECTORY = 'is a directory. Name the files in it';
