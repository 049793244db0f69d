// What flags must be together: one without another, one of several, at least one.

import { Failure } from '../errors.ts';
import type { Command } from './command.ts';

/** @param given the names of the flags that were typed @throws Failure 'usage' that names the flags */
export function requireConstraints(
  given: readonly string[],
  { flags, constraints }: Pick<Command, 'flags' | 'constraints'>,
): void {
  for (const [name, { conflictsWith = [], requires }] of Object.entries(flags)) {
    if (!given.includes(name)) continue;
    const other = conflictsWith.find((candidate) => given.includes(candidate));
    if (other !== undefined) throw new Failure('usage', `--${name} and --${other} cannot be used together`);
    if (requires !== undefined && !given.includes(requires))
      throw new Failure('usage', `--${name} needs --${requires}`);
  }
  for (const names of constraints?.oneOf ?? []) requireOne(given, names);
  const changes = constraints?.anyOf;
  if (changes && !changes.some((name) => given.includes(name))) {
    throw new Failure('usage', `Nothing to update: give ${listed(changes)}`);
  }
}

function requireOne(given: readonly string[], names: readonly string[]): void {
  const present = names.filter((name) => given.includes(name));
  if (present.length === 0) throw new Failure('usage', `Missing one of ${listed(names)}`);
  if (present.length > 1) throw new Failure('usage', `${listed(present, ' and ')} cannot be used together`);
}

function listed(names: readonly string[], last = ' or '): string {
  const flags = names.map((name) => `--${name}`);
  return flags.length < 2 ? flags.join('') : `${flags.slice(0, -1).join(', ')}${last}${flags.at(-1)}`;
}
