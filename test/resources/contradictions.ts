// The rows of a resource against the description of the API: each contradiction is a sentence.

import type { ApiRequest } from '../../src/http/request.ts';
import { isObject } from '../../src/json/value.ts';
import type { Field } from '../../src/schema/fields.ts';
import { type Given, listPlaceholders, type Operation, type Resource } from '../../src/schema/operations.ts';
import { compareAnswer } from './answer-contradictions.ts';
import { findShortestRequest, listFields, listRequests, MISSING } from './attempts.ts';
import { CONTRACT, type Described, type Schemas } from './contract.ts';
import { compareField, compareKind } from './field-contradictions.ts';

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

function findUnsent({ query, body, form, args, pathFlags }: Operation, requests: readonly ApiRequest[]): string[] {
  const sent = requests.map((request) => JSON.stringify({ ...request, path: decodeURIComponent(request.path) })).join();
  const keys = Object.keys({ ...query, ...body, ...form, ...args, ...pathFlags });
  return keys
    .filter((key) => !sent.includes(`"{${key}}"`) && !sent.includes(`/{${key}}`))
    .map((key) => `${key} is never sent`);
}

function compareRequest(request: ApiRequest, operation: Operation, resource: Resource): string[] {
  const { template, pairs, described } = readTarget(request);
  const name = `${request.method} ${template}`;
  if (operation.unknownMessage) return described ? [`${name} is described after all`] : [];
  if (described === undefined) return [`${name} is not described`];
  const fields = Object.fromEntries(listFields(operation));
  return [
    ...Object.entries(described.pathParameters ?? {})
      // What the server said on the way is nobody's to type.
      .filter(([key]) => Object.hasOwn(fields, key) || listPlaceholders(operation.path).includes(key))
      .flatMap(([key, schema]) => compareKind(key, fields[key], schema)),
    ...compareValues(Object.fromEntries(pairs), described.query ?? {}, fields, 'the query'),
    ...compareValues(listSent(request), listSchemas(request.method, described), fields, 'the body'),
    ...compareContentType(request, described),
    ...compareAnswer(operation, resource, described.answer),
  ];
}

/** What an update leaves out is what was there: the server's defaults are for others. */
function listSchemas(method: string, { body }: Described): Schemas {
  const fields = Object.entries(body?.fields ?? {});
  const plain = method === 'PUT' ? fields.map(([key, { default: _, ...schema }]) => [key, schema] as const) : fields;
  return Object.fromEntries(plain);
}

/** The keys of a body, or the parts of a form. */
function listSent({ body, form = [] }: ApiRequest): Given {
  return body ?? Object.fromEntries(form.map((part) => [part.name, 'file' in part ? part.file.path : part.value]));
}

function compareContentType({ body, form }: ApiRequest, described: Described): string[] {
  const wanted = described.body?.contentType;
  const own = form ? 'multipart/form-data' : body && 'application/json';
  if (wanted === own) return [];
  return [own === undefined ? 'sends no body' : `sends ${own}, not ${wanted ?? 'nothing'}`];
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
  return Object.fromEntries(Object.entries(fields).map(([key, type]) => [key, standFor(key, type)]));
}

function standFor(key: string, type: string): unknown {
  if (type.startsWith('array')) return [];
  return type.includes('|null') ? null : `answered ${key}`;
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

/** What must be sent, and is not where no more is typed than the row wants. */
function findMissing(request: ApiRequest): string[] {
  const { pairs, described } = readTarget(request);
  const needed = (schemas: Schemas = {}) => Object.keys(schemas).filter((key) => schemas[key]?.required);
  const sent = [...pairs.map(([key]) => key), ...Object.keys(listSent(request))];
  return [...needed(described?.query), ...needed(described?.body?.fields)]
    .filter((key) => !sent.includes(key))
    .map((key) => `${key} is required, but not here`);
}
