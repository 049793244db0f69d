// A row of the table of operations → the flags, arguments and rules of its command. Pure.

import type { Constraints } from '../argv/command.ts';
import type { Field, Fields } from '../schema/fields.ts';
import { idOf, path, uuid } from '../schema/fields.ts';
import { listPlaceholders, type Operation, toKebab } from '../schema/operations.ts';
import { PLACES } from '../schema/place.ts';
import { ALLOW_LASTING, WAIT, YES } from '../schema/rows.ts';

export function toFlags(operation: Operation): Fields {
  const fields = Object.entries(listFlagFields(operation));
  const named = fields.flatMap(([key, field]) => withFile(nameField(key, field), nameOthers(operation, field)));
  return { ...Object.fromEntries(named), ...(operation.confirmation && { yes: YES }) };
}

/** By the API's keys. */
export function listFlagFields(operation: Operation): Fields {
  const { pathFlags, clientOnly, waitsFor, isLasting } = operation;
  const sent = Object.entries(listSentFields(operation)).filter(([, { isArgument }]) => !isArgument);
  return {
    ...pathFlags,
    ...Object.fromEntries(sent),
    ...clientOnly,
    ...(waitsFor && WAIT),
    ...(isLasting && { allow_lasting: ALLOW_LASTING }),
  };
}

/** Of the body, the form or the query. */
function listSentFields({ body, form, query }: Operation): Fields {
  return { ...body, ...form, ...query };
}

/** The flag itself, and the one that names a file in its place. */
function withFile(name: string, field: Field): [name: string, field: Field][] {
  if (!field.file) return [[name, field]];
  const fileFlag = field.file === 'secret' ? name : `${name}-file`;
  const named = path(describeFile(name, field), { placeholder: 'file' });
  if (field.file === 'secret') {
    const { required, requires } = field;
    return [[fileFlag, { ...named, ...(required && { required }), ...(requires && { requires }) }]];
  }
  return [
    [name, { ...field, required: false, fileFlag }],
    [fileFlag, { ...named, conflictsWith: [name] }],
  ];
}

function describeFile(name: string, { file, summary }: Field): string {
  return file === 'secret'
    ? `File that holds the ${summary.charAt(0).toLowerCase()}${summary.slice(1)}, or - for standard input`
    : `File to take --${name} from, or - for standard input`;
}

/** The flag with the file of a value; undefined for one that no file gives. */
export function nameFileFlag(operation: Operation, key: string): string | undefined {
  const field = listFlagFields(operation)[key];
  if (!field?.file) return undefined;
  return field.file === 'secret' ? nameField(key, field) : `${nameField(key, field)}-file`;
}

export function nameFlag(operation: Operation, key: string): string {
  return nameField(key, listFlagFields(operation)[key]);
}

/** Of a flag or an argument. A secret has only the flag that names its file. */
function nameField(key: string, field: Field | undefined): string {
  const name = field?.flag ?? toKebab(key);
  return field?.file === 'secret' ? `${name}-file` : name;
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
  const placeholders = listPlaceholders(operation.path);
  const each = findEachKey(operation);
  return Object.fromEntries(
    Object.entries(listArgFields(operation)).map(([key, field]) => [
      nameField(key, field),
      {
        ...field,
        ...(placeholders.includes(key) && { isPathSegment: true }),
        ...(key === each && { maxCount: MANY, takesLines: true }),
      },
    ]),
  );
}

const MANY = 10_000;

/** The argument of which there may be several; undefined where each is one. */
export function findEachKey(operation: Operation): string | undefined {
  return operation.each && Object.keys(listArgFields(operation)).at(-1);
}

/** By the API's keys: the placeholders that are no flags, and what else the row has for arguments. */
export function listArgFields(operation: Operation): Fields {
  const { path: template, pathFlags = {}, args = {} } = operation;
  const derived = listPlaceholders(template)
    .filter((key) => !Object.hasOwn(pathFlags, key))
    .map((key) => [key, args[key] ?? deriveId(key)]);
  const own = Object.entries(listSentFields(operation)).filter(([, { isArgument }]) => isArgument);
  return { ...Object.fromEntries(derived), ...Object.fromEntries(own) };
}

function deriveId(key: string): Field {
  const thing = key.replace(/_id$/, '').replaceAll('_', ' ');
  const place = PLACES.find((kind) => kind === thing);
  return place
    ? idOf(place, `Id of the ${thing}, or its path`, { required: true })
    : uuid(`Id of the ${thing}`, { required: true });
}

export function nameArg(operation: Operation, key: string): string {
  return nameField(key, listArgFields(operation)[key]);
}

export function toConstraints(operation: Operation): Constraints {
  const { method, body = {}, oneOf } = operation;
  const changes = Object.entries(body).filter(([, { isArgument }]) => !isArgument);
  const isUpdate = ['PATCH', 'PUT'].includes(method) && changes.every(([, { required }]) => !required);
  const toNames = (keys: readonly string[]) =>
    keys.flatMap((key) => [...new Set([nameFlag(operation, key), nameFileFlag(operation, key) ?? []].flat())]);
  const required = Object.entries(listFlagFields(operation)).filter(
    ([, { file, required }]) => file === true && required,
  );
  const groups = [...(oneOf ? [oneOf] : []), ...required.map(([key]) => [key])].map(toNames);
  return {
    ...(groups.length > 0 && { oneOf: groups }),
    ...(isUpdate && { anyOf: toNames(changes.map(([key]) => key)) }),
  };
}

/** Told alone, like the server's own: the command itself adds it, since it must know what was typed. */
function leaveDefault(field: Field): Field {
  const { default: value, ...others } = field;
  return value === undefined ? field : { ...others, serverDefault: value };
}
