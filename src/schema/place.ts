// What may stand where the id of a folder, a document or a path part is expected: the id, or a path from the top. Pure.

import type { Decoded } from './decoded.ts';
import { canonicalUuid } from './uuid.ts';

/** The things that a path can lead to. A path part is either of the others, by its place in the tree. */
export const PLACES = ['folder', 'document', 'path part'] as const;
export type PlaceKind = (typeof PLACES)[number];

/** Where all paths begin. */
export const TOP = '/';

/** A path has a slash in front, and an id never. */
export function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(TOP);
}

/** A canonical UUID, or the path as it was typed. */
export function decodePlace(text: string): Decoded {
  const id = canonicalUuid(text);
  if (id !== undefined) return { value: id };
  if (!text.startsWith(TOP))
    return { why: text.includes('/') || text.includes('\\') ? describeRelative(text) : NEITHER };
  const why = findFlaw(text);
  return why === undefined ? { value: text } : { why };
}

const NEITHER = 'is not a UUID, nor a path like /shared/reports';

/** A shell of Unix on Windows puts its own directory in front of what begins with a slash. */
function describeRelative(text: string): string {
  return /^[a-z]:[\\/]/i.test(text)
    ? 'is a path of this machine. If the shell made it of a path like /shared, set MSYS_NO_PATHCONV=1'
    : 'does not begin with a slash, as a path does here: /shared/reports';
}

function findFlaw(path: string): string | undefined {
  const names = path.slice(1).replace(/\/$/, '').split('/');
  if (path === TOP) return undefined;
  if (names.includes('')) return 'has an empty name between two slashes';
  const dots = names.find((name) => name === '.' || name === '..');
  if (dots !== undefined) return `has '${dots}' in it, which leads nowhere here`;
  return path.includes('\0') ? 'holds a character that no name has' : undefined;
}
