// A row of the table of operations → the flags, arguments, rules and examples of its command. Pure.

import type { Command, Rules } from '../argv/command.ts';
import type { Field, Fields, Input } from '../schema/fields.ts';
import { flag, uuid } from '../schema/fields.ts';
import { type Given, kebab, type Operation, placeholdersOf } from '../schema/operations.ts';

export function optionsOf({ path, body, query, local, question }: Operation): Fields {
  const rows = { ...path, ...body, ...query, ...local };
  const named = Object.entries(rows).map(([key, field]) => [flagOf(key, field), field]);
  return { ...Object.fromEntries(named), ...(question && { yes: YES }) };
}

export const YES = flag('Do not ask, where KSCLI_CONFIRM would');

function flagOf(key: string, field: Field): string {
  return field.flag ?? kebab(key);
}

export function argumentsOf(operation: Operation): Fields {
  const rows = argumentRows(operation);
  return Object.fromEntries(Object.entries(rows).map(([key, field]) => [kebab(key), { ...field, isSegment: true }]));
}

/** By the API's keys: the placeholders that are no flags, and what the row adds. */
function argumentRows({ template, path = {}, arguments: own = {} }: Operation): Fields {
  const derived = placeholdersOf(template)
    .filter((key) => !Object.hasOwn(path, key))
    .map((key) => [key, uuid(`Id of the ${key.replace(/_id$/, '').replaceAll('_', ' ')}`, { required: true })]);
  return { ...Object.fromEntries(derived), ...own };
}

export function rulesOf({ method, body = {}, exactlyOne }: Operation): Rules {
  const changes = Object.entries(body);
  const isUpdate = method === 'PATCH' && changes.every(([, { required }]) => !required);
  return {
    ...(exactlyOne && { exactlyOne }),
    ...(isUpdate && { atLeastOne: changes.map(([key, field]) => flagOf(key, field)) }),
  };
}

/** What was typed, back by the API's keys; a switch that was not given is absent. */
export function givenOf(operation: Operation, input: Input<Fields>): Given {
  const { path, body, query, local } = operation;
  const flags = Object.entries({ ...path, ...body, ...query, ...local }).map(([key, field]): [string, unknown] => {
    const value: unknown = input[flagOf(key, field)];
    return [key, field.kind === 'switch' && value === false ? undefined : value];
  });
  const words = Object.keys(argumentRows(operation)).map((key): [string, unknown] => [key, input[kebab(key)]]);
  return Object.fromEntries([...flags, ...words].filter(([, value]) => value !== undefined));
}

const SAMPLES: Readonly<Record<Field['kind'], string>> = {
  text: "'Annual report'",
  uuid: '00000000-0000-0000-0003-000000000001',
  choice: '',
  integer: '1',
  number: '0.5',
  object: `'{"summary": "Revenue"}'`,
  colour: 'ff8800',
  switch: '',
  toggle: '',
};

/** The shortest line that is right. */
export function exampleOf(path: string, command: Pick<Command, 'options' | 'arguments' | 'rules'>): string {
  const one = command.rules?.exactlyOne?.[0] ?? command.rules?.atLeastOne?.[0];
  const flags = Object.entries(command.options).filter(([name, { required }]) => required || name === one);
  return [
    `kscli ${path}`,
    ...Object.values(command.arguments).map(sampleOf),
    ...flags.map(([name, field]) => `--${name} ${sampleOf(field)}`.trim()),
  ].join(' ');
}

function sampleOf(field: Field): string {
  return field.sample ?? (field.kind === 'choice' ? field.choices[0] : undefined) ?? SAMPLES[field.kind];
}
