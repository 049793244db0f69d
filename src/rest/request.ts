// A row and what was given → the request. Pure: knows no host, no cookie, no argv.

import type { Upload } from '../files/upload.ts';
import { type ApiRequest, encodeSegment, type FormPart } from '../http/request.ts';
import type { Fields } from '../schema/fields.ts';
import type { Given, Operation } from '../schema/operations.ts';
import { mergeObjects } from './merge.ts';

/** @param given by the row's keys; absent ones are not sent. An upload is the file itself @param body what goes in place of it */
export function toRequest(operation: Operation, given: Given, body: Given = {}): ApiRequest {
  const { method, path, query = {}, isSafe, formerly, unknownMessage } = operation;
  const pairs = listValues(query, given).flatMap(([name, value]) =>
    [value].flat().map((item): [string, string] => [name, String(item)]),
  );
  return {
    method,
    path: fillIn(path, given),
    ...(isSafe && { isSafe }),
    ...(given['allow_lasting'] === true && { mayLast: true }),
    ...(unknownMessage && { unknownMessage }),
    ...(formerly && { former: { ...formerly, row: `${method} ${path}`, path: fillIn(formerly.path, given) } }),
    ...(pairs.length > 0 && { query: pairs }),
    ...(operation.body && {
      body: { ...mergeObjects(operation.body, given), ...nest(operation.body, given), ...body },
    }),
    ...(operation.form && { form: toParts(operation.form, given) }),
  };
}

function fillIn(template: string, given: Given): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(String(given[name])));
}

/** By the API's keys: what is given, and is no object whose keys are sent in its place. */
function listValues(fields: Fields, given: Given): [key: string, value: unknown][] {
  return Object.entries(fields).flatMap(([key, field]): [string, unknown][] => {
    const value = given[key];
    if (value === undefined || (field.kind === 'object' && field.isMerged)) return [];
    return [[field.key ?? key, field.isWrapped ? [value] : value]];
  });
}

/** `a.b` is the key `b` of the object `a`. */
function nest(fields: Fields, given: Given): Given {
  const body: Record<string, unknown> = {};
  for (const [key, value] of listValues(fields, given)) {
    const [first = '', second] = key.split('.');
    body[first] = second === undefined ? value : { ...Object(body[first]), [second]: value };
  }
  return body;
}

function toParts(fields: Fields, given: Given): FormPart[] {
  const uploads = Object.entries(fields).flatMap(([key, field]) =>
    field.kind === 'upload' ? [{ key, nameKey: field.nameKey, file: given[key] as Upload }] : [],
  );
  const named = Object.fromEntries(uploads.flatMap(({ nameKey, file }) => (nameKey ? [[nameKey, file.name]] : [])));
  return listValues(fields, { ...named, ...given }).map(([name, value]): FormPart => {
    const file = uploads.find(({ key }) => key === name)?.file;
    return file ? { name, file } : { name, value: String(value) };
  });
}
