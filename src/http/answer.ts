// The meaning of an answer: its data, or the failure that its status stands for. The server's words are taken whole: they are
// redacted, stripped and cut where they are printed.

import { Failure, type FailureKind } from '../errors.ts';
import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { asRecord, isObject, type Json, nonEmptyString } from '../json/value.ts';
import { firstLine } from '../terminal/sanitize.ts';
import type { Answer } from './request.ts';

const SPACE = 0x20;

const KINDS: Readonly<Record<number, FailureKind>> = {
  401: 'session-expired',
  403: 'permission-denied',
  404: 'not-found',
  409: 'conflict',
  422: 'validation',
};

/** undefined for a success. A 401 is named by the caller, who knows whether a token or a key was refused. */
export function failureOf(answer: Answer): Failure | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return redirect(answer);
  const { detail, lines } = describe(answer);
  const kind = KINDS[status] ?? 'server';
  return new Failure(kind, [kind === 'server' ? String(status) : '', detail].filter(Boolean).join(': '), {
    lines,
    status,
  });
}

/** The value of a successful answer. @throws Failure 'answer' for one that is not JSON */
export function dataOf(answer: Answer): Json {
  const { status } = answer;
  if (isEmpty(answer)) throw new Failure('answer', `The server answered ${status} without content`);
  const text = bodyText(answer);
  try {
    return parseJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause;
    const what = cause.isTooDeep ? 'JSON that is nested too deeply' : `something that is not JSON: ${firstLine(text)}`;
    throw new Failure('answer', `The server answered ${status} with ${what}`, { cause });
  }
}

/** The server's words about a failure: FastAPI's `detail`, a text or a list of one entry a field. */
export function describe(answer: Answer): { detail: string; lines: string[] } {
  const text = bodyText(answer);
  if (text.trim() === '') return { detail: '', lines: [] };
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    const isTooDeep = error instanceof JsonSyntaxError && error.isTooDeep;
    return { detail: `the answer is ${isTooDeep ? 'nested too deeply' : `not JSON: ${firstLine(text)}`}`, lines: [] };
  }
  const detail = isObject(value) ? (value['detail'] ?? value['message'] ?? value) : value;
  if (Array.isArray(detail)) return { detail: '', lines: listFields(detail) };
  return { detail: nonEmptyString(detail) ?? JSON.stringify(detail), lines: [] };
}

/** Nothing, or nothing but blanks. */
export function isEmpty(answer: Answer): boolean {
  const first = typeof answer.body === 'string' ? answer.body.charCodeAt(0) : (answer.body[0] ?? Number.NaN);
  // Not the whole: it may be hundreds of megabytes.
  return !(first > SPACE) && bodyText(answer).trim() === '';
}

/** Bytes that are no UTF-8 become U+FFFD. */
export function bodyText({ body }: Pick<Answer, 'body'>): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

const MOST_FIELDS = 50;

function listFields(entries: readonly Json[]): string[] {
  const lines = entries.slice(0, MOST_FIELDS).map(describeField);
  const more = entries.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

/** `{"loc": ["body", "name"], "msg": "field required"}` → `name: field required`; what has no such form is shown as it is. */
function describeField(entry: Json): string {
  const { loc, msg } = asRecord(entry);
  const path = Array.isArray(loc) ? loc.map(nameStep) : [];
  const words = nonEmptyString(msg);
  if (path.length === 0 || path.includes(undefined)) return words ?? nonEmptyString(entry) ?? JSON.stringify(entry);
  // The first step is the part of the request: body, query, path.
  return `${(path.length > 1 ? path.slice(1) : path).join('.')}: ${words ?? 'invalid'}`;
}

/** A key or an index; undefined for anything else. */
function nameStep(step: Json): string | undefined {
  return typeof step === 'number' ? String(step) : nonEmptyString(step);
}

function redirect({ status, headers }: Answer): Failure {
  const target = headers.get('location');
  return new Failure('server', `${status}: the server redirects to ${target ?? 'an unnamed place'}`, {
    lines: ['kscli follows no redirects: they could carry the key elsewhere. Is the base URL right?'],
  });
}
