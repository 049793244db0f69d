// What the description of the API says of a request to the stand-in backend: FastAPI refuses what it does not know or take.

import { CONTRACT, type Described, type Schema, type Schemas } from '../resources/contract.ts';
import { noMethod, unknown } from './answers.ts';
import type { Row } from './store.ts';

type Detail = { readonly loc: readonly (string | number)[]; readonly msg: string; readonly type: string };

const ROUTES = Object.entries(CONTRACT)
  .map(([name, described]) => {
    const [method = '', path = ''] = name.split(' ');
    const keys = [...path.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => key);
    return { method, keys, described, form: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`) };
  })
  .sort((a, b) => a.keys.length - b.keys.length);

/** The answer of a server that does not take the request; undefined for one that may do it. */
export function judge(method: string, url: URL, body: Row): Response | undefined {
  const routes = ROUTES.filter(({ form }) => form.test(url.pathname));
  const route = routes.find((one) => one.method === method);
  if (routes.length === 0) return unknown();
  if (route === undefined) return noMethod();
  const ids = route.form.exec(url.pathname)?.slice(1).map(decodeURIComponent) ?? [];
  const path = Object.fromEntries(route.keys.map((key, index) => [key, ids[index]]));
  const detail = [
    ...checkFields(path, route.described.pathParameters ?? {}, ['path']),
    ...checkFields(readQuery(url, route.described), route.described.query ?? {}, ['query']),
    ...(route.described.body ? checkBody(body, route.described.body.fields) : []),
  ];
  return detail.length === 0 ? undefined : Response.json({ detail }, { status: 422 });
}

/** Texts of a query as the values that they stand for. */
function readQuery({ searchParams }: URL, { query = {} }: Described): Row {
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, { type }]) => {
      const values = searchParams.getAll(key).map((text) => readText(text, type));
      if (values.length === 0) return [];
      return [[key, type === 'array' ? values : values.at(-1)]];
    }),
  );
}

function readText(text: string, type = ''): unknown {
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return /^(integer|number)$/.test(type) && text !== '' ? Number(text) : text;
}

/** A body takes no key that is not described. */
function checkBody(body: Row, fields: Schemas): Detail[] {
  const more = Object.keys(body).filter((key) => !Object.hasOwn(fields, key));
  return [
    ...checkFields(body, fields, ['body']),
    ...more.map((key) => complain(['body', key], 'Extra inputs are not permitted', 'extra_forbidden')),
  ];
}

function checkFields(values: Row, schemas: Schemas, loc: Detail['loc']): Detail[] {
  return Object.entries(schemas).flatMap(([key, schema]) => {
    const value = values[key];
    if (value !== undefined) return checkValue(value, schema, [...loc, key]);
    return schema.required ? [complain([...loc, key], 'Field required', 'missing')] : [];
  });
}

function checkValue(value: unknown, schema: Schema, loc: Detail['loc']): Detail[] {
  if (schema.enum) {
    const isOne = schema.enum.includes(String(value));
    return isOne ? [] : [complain(loc, `Input should be ${schema.enum.join(', ')}`, 'enum')];
  }
  if (Array.isArray(value)) {
    const most = schema.maxItems ?? Number.POSITIVE_INFINITY;
    if (value.length > most) return [complain(loc, `List should have at most ${most} items`, 'too_long')];
    return value.flatMap((item, index) => checkValue(item, schema.items ?? {}, [...loc, index]));
  }
  if (typeof value === 'string') return checkText(value, schema, loc);
  return typeof value === 'number' ? checkNumber(value, schema, loc) : [];
}

function checkText(value: string, { format, minLength = 0, maxLength }: Schema, loc: Detail['loc']): Detail[] {
  const length = [...value].length;
  if (format === 'uuid' && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))
    return [complain(loc, 'Input should be a valid UUID', 'uuid_parsing')];
  if (length < minLength)
    return [complain(loc, `String should have at least ${minLength} characters`, 'string_too_short')];
  if (length <= (maxLength ?? length)) return [];
  return [complain(loc, `String should have at most ${maxLength} characters`, 'string_too_long')];
}

function checkNumber(value: number, { minimum, maximum }: Schema, loc: Detail['loc']): Detail[] {
  if (value < (minimum ?? value))
    return [complain(loc, `Input should be greater than or equal to ${minimum}`, 'greater_than_equal')];
  if (value <= (maximum ?? value)) return [];
  return [complain(loc, `Input should be less than or equal to ${maximum}`, 'less_than_equal')];
}

function complain(loc: Detail['loc'], msg: string, type: string): Detail {
  return { loc, msg, type };
}
