// A row and what was typed → the request. Pure: knows no host, no cookie, no argv.

import type { KnownIdentity } from '../auth/identity.ts';
import { type ApiRequest, encodeSegment } from '../http/request.ts';
import type { Fields } from '../schema/fields.ts';
import type { Given, Operation } from '../schema/operations.ts';

/** Values of omitted flags are absent, but for those that the identity stands for. */
export function toRequest(operation: Operation, given: Given, acting: KnownIdentity): ApiRequest {
  const { method, path: template, query = {}, body, toBody, isSafe, formerly, unknownMessage } = operation;
  const pairs = Object.entries(pickValues(query, given, acting)).flatMap(([name, value]) =>
    [value].flat().map((item): [string, string] => [name, String(item)]),
  );
  const fields = { ...pickValues(operation.args ?? {}, given, acting), ...pickValues(body ?? {}, given, acting) };
  return {
    method,
    path: fillIn(template, given),
    ...(isSafe && { isSafe }),
    ...(unknownMessage && { unknownMessage }),
    ...(formerly && {
      former: { ...formerly, row: `${method} ${template}`, path: fillIn(formerly.path, given) },
    }),
    ...(pairs.length > 0 && { query: pairs }),
    ...((body || toBody) && { body: toBody ? toBody(fields) : fields }),
  };
}

function fillIn(template: string, given: Given): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(String(given[name])));
}

/** Whether the identity stands for something that was not typed. */
export function needsIdentity({ args, query, body }: Operation, given: Given): boolean {
  const fields = Object.entries({ ...args, ...query, ...body });
  return fields.some(([key, { from }]) => from !== undefined && given[key] === undefined);
}

function pickValues(fields: Fields, given: Given, acting: KnownIdentity): Record<string, unknown> {
  const values = Object.entries(fields).map(([key, field]): [string, unknown] => [
    key,
    given[key] ?? (field.from && acting[field.from]),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
