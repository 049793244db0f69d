// The rows of a resource against the description of the API: each contradiction is a sentence.

import type { ApiRequest } from '../../src/http/request.ts';
import { isObject } from '../../src/json/value.ts';
import type { Field } from '../../src/schema/fields.ts';
import type { Given, Operation, Resource } from '../../src/schema/operations.ts';
import { findShortestRequest, listFields, listRequests, MISSING } from './attempts.ts';
import { CONTRACT, type Described, type Schema, type Schemas, type Shape } from './contract.ts';

export async function findContradictions(resource: Resource): Promise<string[]> {
  const rows = Object.entries(resource.operations);
  const found = await Promise.all(
    rows.map(async ([name, operation]) => {
      const sentences = await compareRow(operation, resource);
      return sentences.map((sentence) => `${resource.name} ${name}: ${sentence}`);
    }),
  );
  return [...new Set(found.flat())];
}

async function compareRow(operation: Operation, resource: Resource): Promise<string[]> {
  const requests = await listRequests(operation, answerOnTheWay);
  const shortest = await findShortestRequest(operation, answerOnTheWay);
  return [
    ...[...requests, shortest].flatMap((request) => compareRequest(request, operation, resource)),
    ...findMissing(shortest),
    ...findUnsent(operation, requests),
    ...compareLosses(operation),
  ];
}

/** The list that is counted before something is lost has a total. */
function compareLosses({ losesList }: Operation): string[] {
  if (losesList === undefined) return [];
  return CONTRACT[`GET ${losesList}`]?.answer.list === 'page' ? [] : [`GET ${losesList} is no list of pages`];
}

function findUnsent({ query, body, args, pathFlags }: Operation, requests: readonly ApiRequest[]): string[] {
  const sent = requests.map((request) => JSON.stringify({ ...request, path: decodeURIComponent(request.path) })).join();
  const keys = Object.keys({ ...query, ...body, ...args, ...pathFlags });
  return keys
    .filter((key) => !sent.includes(`"{${key}}"`) && !sent.includes(`/{${key}}`))
    .map((key) => `${key} is never sent`);
}

function compareRequest(request: ApiRequest, operation: Operation, resource: Resource): string[] {
  const { template, pairs, described } = readTarget(request);
  if (described === undefined) return [`${request.method} ${template} is not described`];
  const fields = Object.fromEntries(listFields(operation));
  return [
    ...Object.entries(described.pathParameters ?? {}).flatMap(([key, schema]) => compareKind(key, fields[key], schema)),
    ...compareValues(Object.fromEntries(pairs), described.query ?? {}, fields, 'the query'),
    ...compareValues(request.body ?? {}, described.body?.fields ?? {}, fields, 'the body'),
    ...(described.body && !request.body ? ['sends no body'] : []),
    ...compareAnswer(operation, resource, described.answer),
  ];
}

/** The values are placeholders, so a path is the row's template again. */
function readTarget({ method, path, query = [] }: ApiRequest) {
  const [template = '', fixed] = decodeURIComponent(path).split('?');
  const pairs = [...new URLSearchParams(fixed), ...query];
  return { template, pairs, described: CONTRACT[`${method} ${template}`] };
}

/** An object as it is described, for a row that asks the server for one on the way. */
function answerOnTheWay(path: string): Given {
  const fields = CONTRACT[`GET ${path}`]?.answer.fields ?? {};
  return Object.fromEntries(Object.keys(fields).map((key) => [key, `answered ${key}`]));
}

function compareValues(
  values: Given,
  schemas: Schemas,
  fields: Readonly<Record<string, Field>>,
  place: string,
): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const schema = schemas[key];
    if (schema === undefined) return [`${key} is not described in ${place}`];
    if (value === MISSING) return [`${key} is asked for, but ${MISSING}`];
    if (isObject(value) && !Array.isArray(value)) return compareValues(value, schema.fields ?? {}, fields, key);
    const name = /^\{(.*)\}$/.exec(String(value))?.[1] ?? '';
    const field = fields[name];
    if (field === undefined) return [];
    const isList = Array.isArray(value) && field.maxCount === undefined;
    return compareField(name, field, isList ? { ...schema.items, ...(schema.required && { required: true }) } : schema);
  });
}

function compareField(name: string, field: Field, schema: Schema): string[] {
  const needless = field.required && !schema.required ? [`${name} is required here`] : [];
  const many = field.maxCount ?? 0;
  if (schema.maxItems !== undefined && many > schema.maxItems)
    return [`${name} is given at most ${schema.maxItems} times, not ${many}`];
  const one = field.maxCount === undefined ? schema : schema.items;
  return [...needless, ...compareKind(name, field, one ?? {}), ...compareChoices(name, field, one?.enum)];
}

function compareKind(name: string, field: Field | undefined, schema: Schema): string[] {
  if (field === undefined) return [`${name} has no field`];
  const kind = toKind(schema);
  const own = field.kind === 'negatable' ? 'flag' : field.kind;
  if (own !== kind) return [`${name} is of the kind ${kind}, not ${own}`];
  const { min, max } = field as { min?: number; max?: number };
  const described = formatBounds(schema.minimum ?? schema.minLength, schema.maximum ?? schema.maxLength);
  // A color has one length.
  if (kind === 'color' || formatBounds(min, max) === described) return [];
  return [`the bounds of ${name} are ${described}, not ${formatBounds(min, max)}`];
}

function formatBounds(min: number | undefined, max: number | undefined): string {
  return min === undefined && max === undefined ? 'none' : `${min ?? ''}..${max ?? ''}`;
}

function toKind({ type, format, enum: choices, pattern }: Schema): string {
  if (choices) return 'choice';
  if (format === 'uuid') return 'uuid';
  if (pattern === '^[0-9A-Fa-f]{6}$') return 'color';
  return { string: 'text', boolean: 'flag' }[type ?? ''] ?? type ?? 'value';
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

/** What must be sent, and is not where no more is typed than the row wants. */
function findMissing(request: ApiRequest): string[] {
  const { pairs, described } = readTarget(request);
  const needed = (schemas: Schemas = {}) => Object.keys(schemas).filter((key) => schemas[key]?.required);
  const sent = [...pairs.map(([key]) => key), ...Object.keys(request.body ?? {})];
  return [...needed(described?.query), ...needed(described?.body?.fields)]
    .filter((key) => !sent.includes(key))
    .map((key) => `${key} is required, but not here`);
}

function compareAnswer(operation: Operation, resource: Resource, answer: Described['answer']): string[] {
  if (answer.status === 204) return [];
  const key = operation.itemsKey;
  const shape = findShape(answer, key);
  if (shape === undefined)
    return [`the rows of the answer are not ${key === undefined ? 'the whole of it' : `under ${key}`}`];
  const columns = operation.columns ?? resource.columns;
  const id = operation.id ?? resource.id;
  if (typeof shape === 'string') return columns.join() === 'value' ? [] : ['a bare value has the column value alone'];
  return [
    ...columns.flatMap((column) => compareColumn(column, shape)),
    ...(id in shape ? [] : [`the id ${id} is not in the answer`]),
    ...compareTree(operation, shape),
    ...(operation.clientOnly?.['all'] && answer.list !== 'page' ? ['has --all, but no pages'] : []),
  ];
}

/** Of a row, or of the object that is no list. */
function findShape({ list, fields, items, rows }: Described['answer'], key: string | undefined): Shape | undefined {
  if (list === 'page') return key === 'items' ? items : undefined;
  if (key !== undefined) return rows?.[key];
  if (list === false) return fields;
  return list === 'array' ? items : undefined;
}

/** `content.text` leads into an object. */
function compareColumn(column: string, shape: Exclude<Shape, string>): string[] {
  const [head = '', inner] = column.split('.');
  const type = shape[head];
  if (type === undefined) return [`the column ${column} is not in the answer`];
  return /^object/.test(type) === (inner !== undefined) ? [] : [`the column ${column} is of ${type}`];
}

function compareTree({ tree }: Operation, shape: Exclude<Shape, string>): string[] {
  const keys = tree ? ['path_part_id', tree.parent] : [];
  return keys.filter((key) => !(key in shape)).map((key) => `the tree's ${key} is not in the answer`);
}
