// An OpenAPI document made of the facts about the API: what somebody else's mock server can be made from.

import { CONTRACT, type Described, type Schema, type Schemas, type Shape } from '../resources/contract.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1: https://spec.openapis.org/oas/v3.1.0 */
export function composeDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, described] of Object.entries(CONTRACT)) {
    const [method = '', path = ''] = name.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: composeOperation(described) };
  }
  return { openapi: '3.1.0', info: { title: 'API', version: '1' }, servers: [{ url: 'http://localhost' }], paths };
}

function composeOperation({ pathParameters = {}, query = {}, body, answer }: Described): object {
  const inPath = Object.entries(pathParameters).map(([name, schema]) => ({
    in: 'path',
    name,
    required: true,
    schema: toSchema(schema),
  }));
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    in: 'query',
    name,
    required: schema.required === true,
    schema: toSchema(schema),
  }));
  const content = answer.status === 204 ? undefined : { 'application/json': { schema: toAnswer(answer) } };
  return {
    parameters: [...inPath, ...inQuery],
    ...(body && {
      requestBody: { required: true, content: { [body.contentType]: { schema: toObject(body.fields, false) } } },
    }),
    responses: {
      [answer.status]: { description: 'Success', ...(content && { content }) },
      422: { description: 'Not accepted', content: { 'application/json': { schema: REFUSAL } } },
    },
  };
}

/** Of a value that is sent. */
function toSchema(fact: Schema): JsonSchema {
  const { required: _, nullable, fields, items, additional = true, ...plain } = fact as Schema & { nullable?: boolean };
  if (fact.type === 'array') return { ...plain, items: toSchema(items ?? {}) };
  if (fact.type === 'object')
    return { ...toObject(fields ?? {}, additional), ...(nullable && { type: ['object', 'null'] }) };
  return nullable && fact.type ? { ...plain, type: [fact.type, 'null'] } : plain;
}

function toObject(fields: Schemas, additional: boolean | string): JsonSchema {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, schema]) => [key, toSchema(schema)])),
    required: entries.filter(([, { required }]) => required).map(([key]) => key),
    additionalProperties: typeof additional === 'string' ? { type: additional } : additional,
  };
}

function toAnswer({ list, fields, items, rows = {} }: Described['answer']): JsonSchema {
  if (list === 'array') return { type: 'array', items: toShape(items ?? {}) };
  const inside: Readonly<Record<string, Shape>> = { ...rows, ...(list === 'page' && items && { items }) };
  return toShape(fields ?? {}, inside);
}

/** @param rows of the lists in it, by their keys */
function toShape(shape: Shape, rows: Readonly<Record<string, Shape>> = {}): JsonSchema {
  if (typeof shape === 'string') return toType(shape);
  const entries = Object.entries(shape);
  const properties = entries.map(([key, type]) => {
    const row = rows[key];
    return [
      key,
      row === undefined || !type.startsWith('array') ? toType(type) : { type: 'array', items: toShape(row) },
    ];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: entries.filter(([, type]) => !type.endsWith('?')).map(([key]) => key),
  };
}

const FORMATS = ['uuid', 'date-time', 'email'];

/** `uuid|null?`, `enum A,B`, `array of uuid`, `object`, `integer` */
function toType(text: string): JsonSchema {
  const name = text.replace(/\?$/, '').replace(/\|null$/, '');
  const isNullable = /\|null\??$/.test(text);
  const orNull = (type: string) => (isNullable ? [type, 'null'] : type);
  if (name.startsWith('enum ')) {
    const words = name.slice('enum '.length).split(',');
    return { type: orNull('string'), enum: isNullable ? [...words, null] : words };
  }
  if (name.startsWith('array of ')) return { type: orNull('array'), items: toType(name.slice('array of '.length)) };
  return FORMATS.includes(name) ? { type: orNull('string'), format: name } : { type: orNull(name) };
}

const REFUSAL: JsonSchema = {
  type: 'object',
  required: ['detail'],
  properties: {
    detail: {
      type: 'array',
      items: {
        type: 'object',
        required: ['loc', 'msg', 'type'],
        properties: {
          loc: { type: 'array', items: { type: 'string' } },
          msg: { type: 'string' },
          type: { type: 'string' },
        },
      },
    },
  },
};
