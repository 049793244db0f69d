// When a request is repeated, after how long, how often, and what is said about it.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import type { Answer } from '../../src/http/request.ts';
import { describeRetry, pauseBeforeRetry } from '../../src/http/retry.ts';
import { createHome, type Home } from '../kscli.ts';

const DATE = 'Mon, 23 Feb 2026 11:00:00 GMT';

function answer(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers: new Headers(headers), body: new Uint8Array() };
}

function lost(code: string): Error {
  return Object.assign(new Error('words of the runtime'), { code });
}

const wrapped = new Error('ofetch', { cause: lost('ECONNRESET') });

/** With the least jitter and with the most. */
function pauses(outcome: Answer | Error, attempt: number): (number | undefined)[] {
  return [0, 1].map((random) => pauseBeforeRetry(outcome, attempt, () => random));
}

const NEVER = [undefined, undefined];

test.each([
  ['429', answer(429), 1, [100, 200]],
  ['502', answer(502), 1, [100, 200]],
  ['503', answer(503), 1, [100, 200]],
  ['504', answer(504), 1, [100, 200]],
  ['503 again', answer(503), 2, [200, 400]],
  ['503 for the third time', answer(503), 3, NEVER],
  ['200', answer(200), 1, NEVER],
  ['302', answer(302), 1, NEVER],
  ['401', answer(401), 1, NEVER],
  ['409', answer(409), 1, NEVER],
  ['500', answer(500), 1, NEVER],
  ['501', answer(501), 1, NEVER],
  ['a reset connection', lost('ECONNRESET'), 1, [100, 200]],
  ['a closed connection, as the runtime calls it', lost('ConnectionClosed'), 2, [200, 400]],
  ['a refused connection', lost('ECONNREFUSED'), 1, [100, 200]],
  ['a reset connection behind another error', wrapped, 1, [100, 200]],
  ['a connection lost for the third time', lost('ECONNRESET'), 3, NEVER],
  ['a bad certificate', lost('CERT_HAS_EXPIRED'), 1, NEVER],
  ['no such host', lost('ENOTFOUND'), 1, NEVER],
  ['an error without a code', new Error('words'), 1, NEVER],
  ['Retry-After in seconds', answer(429, { 'retry-after': '7' }), 1, [7000, 7000]],
  ['Retry-After of nothing', answer(429, { 'retry-after': '0' }), 1, [100, 200]],
  [
    'Retry-After as a date, by the clock of the server',
    answer(503, { 'retry-after': 'Mon, 23 Feb 2026 11:00:03 GMT', date: DATE }),
    1,
    [3000, 3000],
  ],
  [
    'Retry-After as a date that is over',
    answer(503, { 'retry-after': 'Mon, 23 Feb 2026 10:00:00 GMT', date: DATE }),
    1,
    [100, 200],
  ],
  ['Retry-After as a date, from a server without a clock', answer(503, { 'retry-after': DATE }), 1, [100, 200]],
  ['Retry-After that is neither', answer(503, { 'retry-after': 'soon' }), 1, [100, 200]],
  ['Retry-After below zero', answer(503, { 'retry-after': '-5', date: DATE }), 1, [100, 200]],
  ['Retry-After of a century', answer(503, { 'retry-after': '3155760000' }), 1, [3155760000000, 3155760000000]],
] as const)('the pause after %s', (_name, outcome, attempt, expected) => {
  expect(pauses(outcome, attempt)).toEqual([...expected]);
});

test.each([
  ['429', answer(429), 2000, '429, trying again in 2 s'],
  ['503', answer(503), 150, '503, trying again'],
  ['504', answer(504), 1499, '504, trying again in 1 s'],
  ['a lost connection', lost('ECONNRESET'), 150, 'connection lost, trying again'],
  ['a refused one, which takes no time', lost('ECONNREFUSED'), 150, undefined],
])('the words after %s', (_name, outcome, pause, expected) => {
  expect(describeRetry(outcome, pause)).toBe(expected);
});

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const TAGS = 'GET /v1/tags?limit=1&offset=0';

test('a person who waits is told why', async () => {
  const busy = { status: 429, headers: { 'retry-after': '2' } };
  const stubs = { [TAGS]: [busy, lost('ECONNRESET'), { json: { items: [{ id: 'a' }], total: 1 } }] };
  expect(await home.kscli('tags list --limit 1 -f id-only', stubs)).toMatchInlineSnapshot(`
    "$ kscli tags list --limit 1 -f id-only
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    a
    ! 429, trying again in 2 s
    ! connection lost, trying again
    exit 0"
  `);
});

test('a pause that would take too long is not begun', async () => {
  const busy = { status: 429, json: { detail: 'Too many' }, headers: { 'retry-after': '30' } };
  expect(await home.kscli('tags list --limit 1', { [TAGS]: busy })).toMatchInlineSnapshot(`
    "$ kscli tags list --limit 1
    > GET /v1/tags?limit=1&offset=0 | cookie: ks_uat=<token>
    ! Error: Server error: 429: Too many
    exit 1"
  `);
});

test('a change is never sent twice, and may have been made', async () => {
  const stubs = { 'POST /v1/tags': lost('ECONNRESET') };
  expect(await home.kscli('tags create --name x --color ff0000', stubs)).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --color ff0000
    > POST /v1/tags | cookie: ks_uat=<token> | {"name":"x","color":"ff0000"}
    ! Error: Lost the connection to api.knowledgestack.ai: it was closed
    ! Check the base URL (kscli settings show) and your network.
    ! The server may have done it all the same: look before you run it again.
    exit 1"
  `);
  const timeout = Object.assign(new Error('words of the runtime'), { name: 'TimeoutError' });
  expect(await home.kscli('tags create --name x --color ff0000', { 'POST /v1/tags': timeout })).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --color ff0000
    > POST /v1/tags | cookie: ks_uat=<token> | {"name":"x","color":"ff0000"}
    ! Error: No answer from api.knowledgestack.ai within 30 seconds
    ! Give it longer with --timeout or KSCLI_TIMEOUT.
    ! The server may have done it all the same: look before you run it again.
    exit 1"
  `);
  expect(
    await home.kscli('tags create --name x --color ff0000', { 'POST /v1/tags': { status: 503 } }),
  ).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --color ff0000
    > POST /v1/tags | cookie: ks_uat=<token> | {"name":"x","color":"ff0000"}
    ! Error: Server error: 503
    exit 1"
  `);
});
