// A command as data for a program: arguments, flags, effect and exit codes, from the same fields that the parser reads.

import type { Group } from '../argv/command.ts';
import { type Entry, listSurface } from '../argv/surface.ts';
import type { Json, JsonObject } from '../json/value.ts';
import type { Field, Fields } from '../schema/fields.ts';
import { formatUsage } from './usages.ts';

/** Of every command: done, any failure without a code of its own, wrong usage, Ctrl-C. */
const COMMON_EXITS = [0, 1, 64, 130];

export async function listDetails(root: Group): Promise<JsonObject[]> {
  return (await listSurface(root)).filter(({ command }) => command !== undefined).map(describeCommand);
}

function describeCommand(entry: Entry): JsonObject {
  const { path, summary, command } = entry;
  const { args = {}, flags = {}, effect = 'read', exits = [], examples = [], constraints = {} } = command ?? {};
  return withoutNothing({
    command: path,
    summary,
    effect,
    usage: formatUsage(entry).split(' # ')[0],
    arguments: describeFields(args),
    flags: describeFields(flags),
    one_of: constraints.oneOf,
    any_of: constraints.anyOf,
    exit_codes: [...COMMON_EXITS, ...exits].toSorted((a, b) => a - b),
    examples,
  });
}

export function describeFields(fields: Fields): JsonObject[] {
  return Object.entries(fields).map(([name, field]) => describeField(name, field));
}

function describeField(name: string, field: Field): JsonObject {
  const { kind, summary, short, required, maxCount, requires, conflictsWith, from, aliases, notes } = field;
  return withoutNothing({
    name,
    short,
    type: kind,
    required: required ? true : undefined,
    path_of: 'of' in field ? field.of : undefined,
    also: aliases,
    choices: 'choices' in field ? field.choices : undefined,
    min: 'min' in field ? field.min : undefined,
    max: 'max' in field ? field.max : undefined,
    default: field.default ?? field.serverDefault,
    default_from: from && 'credentials',
    most_times: maxCount,
    requires,
    conflicts_with: conflictsWith,
    summary: notes ? `${summary} (${notes})` : summary,
  });
}

/** undefined and empty lists say nothing. */
function withoutNothing(fields: Readonly<Record<string, unknown>>): JsonObject {
  const told = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(told) as Record<string, Json>;
}
