// One field of a row against the schema that the description has for it: each contradiction is a sentence.

import type { Field } from '../../src/schema/fields.ts';
import type { Schema } from './contract.ts';

export function compareField(name: string, field: Field, schema: Schema): string[] {
  // Its keys stand beside the others, and have been found among them.
  if (field.kind === 'object' && field.isMerged) return [];
  const many = field.maxCount ?? 0;
  if (schema.maxItems !== undefined && many > schema.maxItems)
    return [`${name} is given at most ${schema.maxItems} times, not ${many}`];
  const one = (field.maxCount === undefined ? schema : schema.items) ?? {};
  return [
    ...compareNeed(name, field, schema),
    ...compareDefault(name, field, schema),
    ...compareKind(name, field, one),
    ...compareChoices(name, field, one.enum),
    ...compareContents(name, field, one),
  ];
}

function compareNeed(name: string, { required }: Field, schema: Schema): string[] {
  if (required === true) return schema.required ? [] : [`${name} is required here`];
  return required === 'here' && schema.required ? [`${name} is required there too`] : [];
}

/** A default of kscli's own, a switch that is off, and a value that must be given need no word. */
function compareDefault(name: string, field: Field, { default: described }: Schema): string[] {
  const isTold = field.default === undefined && !field.required && described !== false;
  if (!isTold || field.serverDefault === described) return [];
  return [`the server's default of ${name} is ${described ?? 'nothing'}, not ${field.serverDefault ?? 'nothing'}`];
}

/** The keys that an object must hold. */
function compareContents(name: string, field: Field, { fields = {}, additional }: Schema): string[] {
  if (field.kind !== 'object') return [];
  const needed = Object.entries(fields).flatMap(([key, { required, enum: words }]) =>
    required ? [`${key}: ${words ? words.join(', ') : 'object'}`] : [],
  );
  const own = Object.entries(field.needs ?? {}).map(([key, words]) => `${key}: ${[words].flat().join(', ')}`);
  const isOfTexts = additional === 'string';
  return [
    ...(needed.sort().join('; ') === own.sort().join('; ') ? [] : [`${name} needs ${needed.join('; ') || 'no key'}`]),
    ...(isOfTexts === (field.ofTexts === true)
      ? []
      : [`the values of ${name} are ${isOfTexts ? '' : 'not all '}texts`]),
  ];
}

export function compareKind(name: string, field: Field | undefined, schema: Schema): string[] {
  if (field === undefined) return [`${name} has no field`];
  const kind = toKind(schema);
  const own = field.kind === 'negatable' ? 'flag' : field.kind;
  if (own !== kind) return [`${name} is of the kind ${kind}, not ${own}`];
  const { min, max } = field as { min?: number; max?: number };
  const least = schema.minimum ?? schema.minLength ?? (schema.exclusiveMinimum ?? Number.NaN) + 1;
  const described = formatBounds(Number.isNaN(least) ? undefined : least, schema.maximum ?? schema.maxLength);
  // A color has one length.
  if (kind === 'color' || formatBounds(min, max) === described) return [];
  return [`the bounds of ${name} are ${described}, not ${formatBounds(min, max)}`];
}

function formatBounds(min: number | undefined, max: number | undefined): string {
  return min === undefined && max === undefined ? 'none' : `${min ?? ''}..${max ?? ''}`;
}

const KINDS: Readonly<Record<string, string>> = { uuid: 'uuid', 'date-time': 'time', binary: 'upload' };

function toKind({ type = '', format = '', enum: choices, pattern }: Schema): string {
  if (choices) return 'choice';
  if (pattern === '^[0-9A-Fa-f]{6}$') return 'color';
  return KINDS[format] ?? { string: 'text', boolean: 'flag' }[type] ?? (type || 'value');
}

function compareChoices(name: string, field: Field, described: readonly string[] = []): string[] {
  const own = field.kind === 'choice' ? field.choices : [];
  const lacking = described.filter((choice) => !own.includes(choice));
  const unknown = own.filter((choice) => !described.includes(choice));
  return [
    ...(lacking.length > 0 ? [`${name} lacks ${lacking.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`${name} has ${unknown.join(', ')} too many`] : []),
  ];
}
