// What an answer is taken for, whatever a server puts into it: data, words for a person, or a failure of its own.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { dataOf, failureOf, isEmpty } from '../../src/http/answer.ts';
import type { Answer } from '../../src/http/request.ts';
import { createHome, type Home } from '../kscli.ts';

function answer(status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Answer {
  return { status, headers: new Headers(headers), body };
}

/** As it is told: the message, then its lines. */
function describe(status: number, body: string | Uint8Array, headers?: Record<string, string>): string[] {
  const failure = failureOf(answer(status, body, headers));
  return failure ? [failure.message, ...failure.lines] : [];
}

/** Lists within lists. */
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

const detail = (value: unknown) => JSON.stringify({ detail: value });

test.each([
  ['a text', 400, detail('No such field'), ['Server error: 400: No such field']],
  ['nothing', 403, '', ['Permission denied']],
  ['blanks', 404, ' \r\n\t', ['Not found']],
  ['a message in place of a detail', 409, '{"message": "Busy"}', ['Conflict: Busy']],
  ['neither', 500, '{"error": "x", "code": 1}', ['Server error: 500: {"error":"x","code":1}']],
  ['an empty detail', 500, detail(''), ['Server error: 500: ""']],
  ['a number', 500, '12', ['Server error: 500: 12']],
  ['no JSON', 502, '<html>\n<body>Bad gateway</body></html>', ['Server error: 502: the answer is not JSON: <html>']],
  [
    'bytes that are no UTF-8',
    500,
    new Uint8Array([0xff, 0xfe]),
    ['Server error: 500: the answer is not JSON: \ufffd\ufffd'],
  ],
  ['nesting', 500, deep(10_000), ['Server error: 500: the answer is nested too deeply']],
  [
    'nesting beside a number that needs care',
    500,
    `[1.0, ${deep(10_000)}]`,
    ['Server error: 500: the answer is nested too deeply'],
  ],
  ['nesting within bounds', 500, `{"detail": {"a": ${deep(3)}}}`, ['Server error: 500: {"a":[[[]]]}']],
  [
    'keys that every object has',
    500,
    '{"__proto__": 1, "toString": 2}',
    ['Server error: 500: {"__proto__":1,"toString":2}'],
  ],
  [
    'a redirect',
    302,
    '',
    [
      'Server error: 302: the server redirects to an unnamed place',
      'kscli follows no redirects: they could carry the key elsewhere. Is the base URL right?',
    ],
  ],
])('a failure with %s', (_name, status, body, expected) => {
  expect(describe(status, body)).toEqual(expected);
});

test.each([
  ['a field', { loc: ['body', 'name'], msg: 'field required' }, 'name: field required'],
  ['a field inside of another', { loc: ['body', 'tags', 0, 'id'], msg: 'not a UUID' }, 'tags.0.id: not a UUID'],
  ['a part of the request', { loc: ['body'], msg: 'field required' }, 'body: field required'],
  ['a field without words', { loc: ['query', 'limit'] }, 'limit: invalid'],
  ['words without a field', { msg: 'too many' }, 'too many'],
  ['words and an empty field', { loc: [], msg: 'too many' }, 'too many'],
  ['words and a field that is a text', { loc: 'body', msg: 'too many' }, 'too many'],
  ['words and a field that is an object', { loc: { toString: 1 }, msg: 'too many' }, 'too many'],
  ['words and a step that is an object', { loc: ['body', { toString: 1 }], msg: 'too many' }, 'too many'],
  ['words and a step that is a list', { loc: ['body', ['x']], msg: 'too many' }, 'too many'],
  ['words and a step that is nothing', { loc: ['body', null], msg: 'too many' }, 'too many'],
  ['words that are none', { loc: [{}], msg: { toString: 1 } }, '{"loc":[{}],"msg":{"toString":1}}'],
  ['an object of other keys', { code: 7 }, '{"code":7}'],
  ['a text', 'too many', 'too many'],
  ['a number', 7, '7'],
  ['nothing', null, 'null'],
  ['a list', ['a'], '["a"]'],
  [
    'the keys that every object has',
    { loc: ['body', 'constructor', '__proto__'], msg: 'unknown' },
    'constructor.__proto__: unknown',
  ],
])('an entry of a 422: %s', (_name, entry, line) => {
  expect(describe(422, detail([entry]))).toEqual(['Validation error', line]);
});

test('of a 422 with a great many entries the first ones are told', () => {
  const lines = describe(422, detail(new Array(100_000).fill({ loc: ['body', 'x'], msg: 'bad' })));
  expect(lines).toEqual(['Validation error', ...new Array(50).fill('x: bad'), 'and 99950 more']);
});

test.each([
  ['', true],
  [' ', true],
  ['\r\n\t ', true],
  ['x', false],
  [' \n x', false],
])('whether %p is empty', (body, expected) => {
  expect(isEmpty(answer(200, body))).toBe(expected);
});

test.each([
  ['nothing', '', 'The server answered 200 without content'],
  ['no JSON', 'hello\nthere', 'The server answered 200 with something that is not JSON: hello'],
  ['JSON that is cut', '{"id":', 'The server answered 200 with something that is not JSON: {"id":'],
  ['nesting', deep(10_000), 'The server answered 200 with JSON that is nested too deeply'],
  ['a hundred thousand levels', deep(100_000), 'The server answered 200 with JSON that is nested too deeply'],
])('a success with %s is none', (_name, body, message) => {
  expect(() => dataOf(answer(200, body))).toThrow(message);
});

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const USERS = 'GET /v1/users/me';

test('keys that every object has are data like any other', async () => {
  const text = '{"__proto__": {"id": 1}, "toString": null, "constructor": "x", "toJSON": 2, "then": 3}';
  for (const [format, expected] of [
    ['jsonl', '{"__proto__":{"id":1},"toString":null,"constructor":"x","toJSON":2,"then":3'],
    ['yaml', '__proto__:\n  id: 1\ntoString: null\nconstructor: x\ntoJSON: 2\nthen: 3\n'],
    ['tree', '├── __proto__\n│   └── id: 1\n├── toString: -\n├── constructor: x\n├── toJSON: 2\n├── then: 3\n'],
    [
      'table',
      '│ __proto__.id │ 1                                    │\n│ toString     │ -                                    │',
    ],
  ]) {
    expect(await home.kscli(`whoami -f ${format}`, { [USERS]: { text } })).toContain(`${expected}`);
  }
});

test('a lone surrogate ends in data, or in U+FFFD where no other character can stand', async () => {
  const text = '{"id": "\\ud800", "a\\udc00": "b"}';
  expect(await home.kscli('whoami -f jsonl', { [USERS]: { text } })).toMatchInlineSnapshot(`
    "$ kscli whoami -f jsonl
    > GET /v1/users/me | cookie: ks_uat=<token>
    {"id":"\\ud800","a\\udc00":"b","tenant_id":"00000000-0000-0000-0002-000000000001","expires_at":"2026-02-23T12:00:00+00:00"}
    exit 0"
  `);
  expect(await home.kscli('whoami -f yaml', { [USERS]: { text } })).toMatchInlineSnapshot(`
    "$ kscli whoami -f yaml
    > GET /v1/users/me | cookie: ks_uat=<token>
    id: "\\ud800"
    "a\\udc00": b
    tenant_id: "00000000-0000-0000-0002-000000000001"
    expires_at: "2026-02-23T12:00:00+00:00"
    exit 0"
  `);
  expect(await home.kscli('whoami -f id-only', { [USERS]: { text } })).toContain('\n\ud800\nexit 0');
});

test('a lone surrogate in a value that leads to another request', async () => {
  const folder = { 'GET /v1/folders/00000000-0000-0000-0001-000000000001': { text: '{"path_part_id": "\\ud800"}' } };
  const list = { 'GET /v1/folders?parent_path_part_id=%EF%BF%BD&limit=20&offset=0': { json: { items: [], total: 0 } } };
  expect(
    await home.kscli('folders list --folder-id 00000000-0000-0000-0001-000000000001', { ...folder, ...list }),
  ).toMatchInlineSnapshot(`
    "$ kscli folders list --folder-id 00000000-0000-0000-0001-000000000001
    > GET /v1/folders/00000000-0000-0000-0001-000000000001 | cookie: ks_uat=<token>
    > GET /v1/folders?parent_path_part_id=%EF%BF%BD&limit=20&offset=0 | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
});
