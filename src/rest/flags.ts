// A row of the table of operations → the flags, arguments, rules and examples of its command. Pure.

import type { Command, Constraints } from '../argv/command.ts';
import type { Field, Fields, Input } from '../schema/fields.ts';
import { flag, uuid } from '../schema/fields.ts';
import { type Given, kebab, type Operation, placeholdersIn } from '../schema/operations.ts';

export function toFlags({ pathFlags, body, query, clientOnly, confirmation }: Operation): Fields {
  const rows = { ...pathFlags, ...body, ...query, ...clientOnly };
  const named = Object.entries(rows).map(([key, field]) => [flagName(key, field), field]);
  return { ...Object.fromEntries(named), ...(confirmation && { yes: YES }) };
}

export const YES = flag('Do not ask, where KSCLI_CONFIRM would');

function flagName(key: string, field: Field): string {
  return field.flag ?? kebab(key);
}

export function toArgs(operation: Operation): Fields {
  const rows = argFields(operation);
  return Object.fromEntries(
    Object.entries(rows).map(([key, field]) => [kebab(key), { ...field, isPathSegment: true }]),
  );
}

/** By the API's keys: the placeholders that are no flags, and what the row adds. */
function argFields({ path, pathFlags = {}, args: own = {} }: Operation): Fields {
  const derived = placeholdersIn(path)
    .filter((key) => !Object.hasOwn(pathFlags, key))
    .map((key) => [key, uuid(`Id of the ${key.replace(/_id$/, '').replaceAll('_', ' ')}`, { required: true })]);
  return { ...Object.fromEntries(derived), ...own };
}

export function toConstraints({ method, body = {}, oneOf }: Operation): Constraints {
  const changes = Object.entries(body);
  const isUpdate = method === 'PATCH' && changes.every(([, { required }]) => !required);
  return {
    ...(oneOf && { oneOf }),
    ...(isUpdate && { anyOf: changes.map(([key, field]) => flagName(key, field)) }),
  };
}

/** What was typed, back by the API's keys; a switch that was not given is absent. */
export function toGiven(operation: Operation, input: Input<Fields>): Given {
  const { pathFlags, body, query, clientOnly } = operation;
  const flags = Object.entries({ ...pathFlags, ...body, ...query, ...clientOnly }).map(
    ([key, field]): [string, unknown] => {
      const value: unknown = input[flagName(key, field)];
      return [key, field.kind === 'flag' && value === false ? undefined : value];
    },
  );
  const words = Object.keys(argFields(operation)).map((key): [string, unknown] => [key, input[kebab(key)]]);
  return Object.fromEntries([...flags, ...words].filter(([, value]) => value !== undefined));
}

const EXAMPLES: Readonly<Record<Field['kind'], string>> = {
  text: "'Annual report'",
  uuid: '00000000-0000-0000-0003-000000000001',
  choice: '',
  integer: '1',
  number: '0.5',
  object: `'{"summary": "Revenue"}'`,
  color: 'ff8800',
  flag: '',
  negatable: '',
};

/** The shortest line that is right. */
export function shortestExample(path: string, command: Pick<Command, 'flags' | 'args' | 'constraints'>): string {
  const one = command.constraints?.oneOf?.[0] ?? command.constraints?.anyOf?.[0];
  const flags = Object.entries(command.flags).filter(([name, { required }]) => required || name === one);
  return [
    `kscli ${path}`,
    ...Object.values(command.args).map(exampleValue),
    ...flags.map(([name, field]) => `--${name} ${exampleValue(field)}`.trim()),
  ].join(' ');
}

function exampleValue(field: Field): string {
  return field.example ?? (field.kind === 'choice' ? field.choices[0] : undefined) ?? EXAMPLES[field.kind];
}
