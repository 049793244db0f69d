// The command line of build.ts. Knows the names of the targets, not how they are built.

import { parseArgs } from 'node:util';
import { TARGETS, type Target } from './targets.ts';

export type Options =
  | { readonly kind: 'native' }
  | { readonly kind: 'release'; readonly targets: readonly Target[]; readonly runtimes: string | undefined };

export const USAGE = 'usage: bun build.ts [--release [--only TARGET,…] [--runtimes DIRECTORY]]';

/** @throws Error naming an unknown word or target, or the options that need --release */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: { release: { type: 'boolean' }, only: { type: 'string' }, runtimes: { type: 'string' } },
  });
  if (values.release) {
    return { kind: 'release', targets: chooseTargets(values.only), runtimes: values.runtimes };
  }
  if (values.only !== undefined || values.runtimes !== undefined) {
    throw new Error('--only and --runtimes need --release');
  }
  return { kind: 'native' };
}

function chooseTargets(only: string | undefined): readonly Target[] {
  if (only === undefined) return TARGETS;
  const names = only.split(',');
  const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
  if (unknown !== undefined) {
    throw new Error(`--only: '${unknown}' is not one of ${TARGETS.map((target) => target.name).join(', ')}`);
  }
  return TARGETS.filter((target) => names.includes(target.name));
}
