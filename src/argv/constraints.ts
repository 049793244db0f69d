// What flags must be together: one without another, one of several, at least one.

import { Failure } from '../errors.ts';
import type { Command } from './command.ts';

/** @param given the flags that were typed, by name @throws Failure 'usage' that names the flags */
export function requireConstraints(
  given: Readonly<Record<string, string>>,
  { flags, constraints }: Pick<Command, 'flags' | 'constraints'>,
): void {
  for (const [name, { conflictsWith = [], requires }] of Object.entries(flags)) {
    if (given[name] === undefined) continue;
    const other = conflictsWith.find((candidate) => given[candidate] !== undefined);
    if (other !== undefined) throw new Failure('usage', `--${name} and --${other} cannot be used together`);
    if (requires !== undefined && given[requires] === undefined)
      throw new Failure('usage', `--${name} needs --${requires}`);
  }
  requireOne(given, constraints?.oneOf);
  const changes = constraints?.anyOf;
  if (changes && !changes.some((name) => given[name] !== undefined)) {
    throw new Failure('usage', `Nothing to update: give ${listed(changes)}`);
  }
}

function requireOne(given: Readonly<Record<string, string>>, names: readonly string[] | undefined): void {
  if (!names) return;
  const present = names.filter((name) => given[name] !== undefined);
  if (present.length === 0) throw new Failure('usage', `Missing one of ${listed(names)}`);
  if (present.length > 1) throw new Failure('usage', `${listed(present, ' and ')} cannot be used together`);
}

function listed(names: readonly string[], last = ' or '): string {
  const flags = names.map((name) => `--${name}`);
  return flags.length < 2 ? flags.join('') : `${flags.slice(0, -1).join(', ')}${last}${flags.at(-1)}`;
}
