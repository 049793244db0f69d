// Constraints among flags: one requires another, one of several, at least one.

import { Failure } from '../errors.ts';
import type { Command } from './command.ts';

type Shape = Pick<Command, 'flags' | 'constraints'>;

/** @param given the names of the flags that were typed @throws Failure 'usage' that names the flags */
export function requireConstraints(given: readonly string[], { flags, constraints }: Shape): void {
  for (const [name, { conflictsWith = [], requires }] of Object.entries(flags)) {
    if (!given.includes(name)) continue;
    const other = conflictsWith.find((candidate) => given.includes(candidate));
    if (other !== undefined) throw new Failure('usage', `--${name} and --${other} cannot be used together`);
    if (requires !== undefined && !given.includes(requires))
      throw new Failure('usage', `--${name} needs --${requires}`);
  }
  for (const names of constraints?.oneOf ?? []) {
    const present = names.filter((name) => given.includes(name));
    if (present.length > 1) throw new Failure('usage', `${joinWords(present.map(toFlag))} cannot be used together`);
  }
  const changes = constraints?.anyOf;
  if (changes && !changes.some((name) => given.includes(name))) {
    throw new Failure('usage', `Nothing to update: give ${joinWords(changes.map(toFlag), 'or')}`);
  }
}

/** `one of --a or --b` for each group that lacks its one. @param withChanges also for an update that changes nothing */
export function listMissingGroups(given: readonly string[], { constraints }: Shape, withChanges: boolean): string[] {
  const { oneOf = [], anyOf } = constraints ?? {};
  return [...oneOf, ...(withChanges && anyOf ? [anyOf] : [])]
    .filter((names) => !names.some((name) => given.includes(name)))
    .map((names) => `one of ${joinWords(names.map(toFlag), 'or')}`);
}

/** `a, b and c` */
export function joinWords(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

function toFlag(name: string): string {
  return `--${name}`;
}
