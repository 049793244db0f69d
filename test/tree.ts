// What lies in a directory, by path, and what changed between two looks at it.

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** From a path to what tells one state of it from another; of a directory that is its mode alone. */
export type Tree = ReadonlyMap<string, string>;

/** Everything below the directory, by absolute path, without the names to skip. What cannot be read is empty. */
export function listTree(directory: string, skip: readonly string[] = []): Tree {
  const names = listNames(directory).filter((name) => !skip.includes(name));
  return new Map(names.flatMap((name) => [...describeEntry(join(directory, name), skip)]));
}

export function listNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}

function describeEntry(path: string, skip: readonly string[]): Tree {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return new Map();
  const mode = entry.mode.toString(8);
  if (entry.isDirectory()) return new Map([[path, mode], ...listTree(path, skip)]);
  return new Map([[path, `${mode} ${entry.size} bytes, ${entry.mtimeMs} ms, inode ${entry.ino}`]]);
}

/** One line a path: `+` is new, `-` is gone, `~` has changed. */
export function listChanges(before: Tree, after: Tree): readonly string[] {
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => `- ${path}`);
  const changed = [...after].filter(([path, state]) => before.get(path) !== state);
  return [...gone, ...changed.map(([path]) => `${before.has(path) ? '~' : '+'} ${path}`)];
}
