// Patterns of files that are left out: globs, as a shell and .gitignore have them.

import { Failure } from '../errors.ts';

/** @param path from the top down, with slashes */
export type Exclusion = (path: string, isDirectory: boolean) => boolean;

/**
 * Without a slash a pattern is for names at any depth, with one for the path from the top down; one that ends in a slash
 * is for directories alone, with all that is in them.
 * @throws Failure 'usage' for what is no such pattern
 */
export function compileExclusion(patterns: readonly string[]): Exclusion {
  const rules = patterns.map(compileRule);
  return (path, isDirectory) => rules.some((matches) => matches(path, isDirectory));
}

function compileRule(pattern: string): Exclusion {
  const isForDirectories = pattern.endsWith('/');
  const bare = pattern.replace(/\/+$/, '').replace(/^\.?\/+/, '');
  if (bare === '' || bare === '.') throw new Failure('usage', `--exclude: '${pattern}' names nothing`);
  if (bare.startsWith('!'))
    throw new Failure('usage', `--exclude: '${pattern}' begins with !, which takes nothing back here`, {
      lines: [`For a name that begins with it: '\\${pattern}'. No pattern takes back what another one leaves out.`],
    });
  const glob = new Bun.Glob(bare);
  const isForPaths = pattern.replace(/\/+$/, '').includes('/');
  return (path, isDirectory) =>
    (isDirectory || !isForDirectories) && glob.match(isForPaths ? path : path.slice(path.lastIndexOf('/') + 1));
}
