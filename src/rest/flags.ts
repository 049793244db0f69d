// A row of the table of operations → the flags, arguments, rules and examples of its command. Pure.

import type { Command, Constraints } from '../argv/command.ts';
import { describeDefault } from '../argv/describe.ts';
import type { Field, Fields, Input } from '../schema/fields.ts';
import { flag, path, uuid } from '../schema/fields.ts';
import { type Given, listPlaceholders, type Operation, toKebab } from '../schema/operations.ts';

export function toFlags(operation: Operation): Fields {
  const fields = Object.entries(listFlagFields(operation));
  const named = fields.flatMap(([key, field]) => withFile(nameFlag(operation, key), nameOthers(operation, field)));
  return { ...Object.fromEntries(named), ...(operation.confirmation && { yes: YES }) };
}

export const YES = flag('Do not ask for confirmation');

/** By the API's keys. */
export function listFlagFields({ pathFlags, body, query, clientOnly }: Operation): Fields {
  return { ...pathFlags, ...body, ...query, ...clientOnly };
}

/** The flag itself, and the one that names a file in its place. */
function withFile(name: string, field: Field): [name: string, field: Field][] {
  if (!field.file) return [[name, field]];
  const fileFlag = toFileFlag(name);
  const summary = `File to take --${name} from, or - for standard input`;
  return [
    [name, { ...field, required: false, fileFlag }],
    [fileFlag, path(summary, { placeholder: 'file', conflictsWith: [name] })],
  ];
}

function toFileFlag(name: string): string {
  return `${name}-file`;
}

/** The flag with the file of a value; undefined for one that no file gives. */
export function nameFileFlag(operation: Operation, key: string): string | undefined {
  return listFlagFields(operation)[key]?.file && toFileFlag(nameFlag(operation, key));
}

function nameFlag(operation: Operation, key: string): string {
  return listFlagFields(operation)[key]?.flag ?? toKebab(key);
}

/** A row names its fields by the API's keys, a command by its flags. */
function nameOthers(operation: Operation, field: Field): Field {
  const { requires, conflictsWith } = field;
  return {
    ...leaveDefault(field),
    ...(requires && { requires: nameFlag(operation, requires) }),
    ...(conflictsWith && { conflictsWith: conflictsWith.map((key) => nameFlag(operation, key)) }),
  };
}

export function toArgs(operation: Operation): Fields {
  const fields = listArgFields(operation);
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [toKebab(key), { ...field, isPathSegment: true }]),
  );
}

/** By the API's keys: the placeholders that are no flags, and what the row adds. */
export function listArgFields({ path: template, pathFlags = {}, args: own = {} }: Operation): Fields {
  const derived = listPlaceholders(template)
    .filter((key) => !Object.hasOwn(pathFlags, key))
    .map((key) => [key, uuid(`Id of the ${key.replace(/_id$/, '').replaceAll('_', ' ')}`, { required: true })]);
  return { ...Object.fromEntries(derived), ...own };
}

export function toConstraints(operation: Operation): Constraints {
  const { method, body = {}, oneOf } = operation;
  const isUpdate = method === 'PATCH' && Object.values(body).every(({ required }) => !required);
  const toNames = (keys: readonly string[]) =>
    keys.flatMap((key) => [nameFlag(operation, key), nameFileFlag(operation, key) ?? []].flat());
  const required = Object.entries(listFlagFields(operation)).filter(([, field]) => field.file && field.required);
  const groups = [...(oneOf ? [oneOf] : []), ...required.map(([key]) => [key])].map(toNames);
  return {
    ...(groups.length > 0 && { oneOf: groups }),
    ...(isUpdate && { anyOf: toNames(Object.keys(body)) }),
  };
}

/** Told in help alone: the command itself adds it, since it must know what was typed. */
function leaveDefault(field: Field): Field {
  const { default: value, ...others } = field;
  return value === undefined
    ? field
    : { ...others, notes: [field.notes ?? [], describeDefault(field)].flat().join(', ') };
}

/** The typed values, by the API's keys; a flag that was not given is absent. */
export function listTyped(operation: Operation, input: Input<Fields>): Given {
  const flags = Object.entries(listFlagFields(operation)).map(([key, field]): [string, unknown] => {
    const value: unknown = input[nameFlag(operation, key)];
    return [key, field.kind === 'flag' && value === false ? undefined : value];
  });
  const words = Object.keys(listArgFields(operation)).map((key): [string, unknown] => [key, input[toKebab(key)]]);
  return Object.fromEntries([...flags, ...words].filter(([, value]) => value !== undefined));
}

/** The typed values, and the defaults of the others. */
export function addDefaults(operation: Operation, typed: Given): Given {
  const defaults = Object.entries({ ...listFlagFields(operation), ...listArgFields(operation) }).flatMap(
    ([key, field]) => (field.default === undefined ? [] : [[key, field.default]]),
  );
  return { ...Object.fromEntries(defaults), ...typed };
}

const EXAMPLES: Readonly<Record<Field['kind'], string>> = {
  text: "'Annual report'",
  session: 'acme',
  uuid: '00000000-0000-0000-0003-000000000001',
  choice: '',
  integer: '1',
  number: '0.5',
  object: `'{"summary": "Revenue"}'`,
  color: 'ff8800',
  path: 'report.pdf',
  url: 'https://api.example.com',
  duration: '30',
  period: '2h',
  words: `'["pass", "show", "ks"]'`,
  boolean: 'true',
  flag: '',
  negatable: '',
};

/** The shortest line that is right. */
export function composeExample(words: string, command: Pick<Command, 'flags' | 'args' | 'constraints'>): string {
  const { oneOf = [], anyOf = [] } = command.constraints ?? {};
  const chosen = oneOf.length > 0 ? oneOf.map(([first]) => first) : anyOf.slice(0, 1);
  const flags = Object.entries(command.flags).filter(([name, { required }]) => required || chosen.includes(name));
  return [
    `kscli ${words}`,
    ...Object.values(command.args).map(findExampleValue),
    ...flags.map(([name, field]) => `--${name} ${findExampleValue(field)}`.trim()),
  ].join(' ');
}

function findExampleValue(field: Field): string {
  return field.example ?? (field.kind === 'choice' ? field.choices[0] : undefined) ?? EXAMPLES[field.kind];
}
