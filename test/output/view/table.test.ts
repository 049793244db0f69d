// What a table shows of values that are no plain texts: what is nested, states, and times.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home, NOW } from '../../kscli.ts';

const ID = '00000000-0000-0000-0003-000000000001';
const TAG = `GET /v1/tags/${ID}`;
const LIST = 'GET /v1/tags?limit=20&offset=0';
const TERMINAL = { isTerminal: true, width: 80 };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const NESTED = {
  id: ID,
  owner: { email: 'a@example.com', address: { city: 'Zürich', lines: ['a', 'b'] } },
  empty: {},
  none: [],
  tags: [{ name: 'urgent', color: null }, 'x', ['y']],
};

test('what is nested in an object is a line a value, by its dotted name', async () => {
  expect(await home.kscli(`tags describe ${ID}`, { [TAG]: { json: NESTED } })).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    ┌───────────────────────┬──────────────────────────────────────┐
    │ Key                   │ Value                                │
    ├───────────────────────┼──────────────────────────────────────┤
    │ id                    │ 00000000-0000-0000-0003-000000000001 │
    │ owner.email           │ a@example.com                        │
    │ owner.address.city    │ Zürich                               │
    │ owner.address.lines.0 │ a                                    │
    │ owner.address.lines.1 │ b                                    │
    │ empty                 │ {}                                   │
    │ none                  │ []                                   │
    │ tags.0.name           │ urgent                               │
    │ tags.0.color          │ -                                    │
    │ tags.1                │ x                                    │
    │ tags.2.0              │ y                                    │
    └───────────────────────┴──────────────────────────────────────┘
    exit 0"
  `);
});

test.each([40, 80])('so it is on a terminal of %s columns', async (width) => {
  const stubs = { [TAG]: { json: NESTED } };
  expect(await home.kscli(`tags describe ${ID}`, stubs, { isTerminal: true, width })).toMatchSnapshot();
});

test('what is nested deeper than anybody reads is JSON again, and so is what has a very long name', async () => {
  const nest = (levels: number): object => (levels === 0 ? { end: 1 } : { a: nest(levels - 1) });
  const deep = await home.kscli(`tags describe ${ID}`, { [TAG]: { json: nest(12) } });
  expect(deep).toContain('│ a.a.a.a.a.a.a.a.a │ {"a": {"a": {"a": {"end": 1}}}} │');
  const long = 'k'.repeat(200);
  expect(await home.kscli(`tags describe ${ID}`, { [TAG]: { json: { [long]: { a: { b: 1 } } } } })).toContain(
    `│ ${long} │ {"a": {"b": 1}} │`,
  );
});

const STATES = ['COMPLETED', 'failed', 'RUNNING', 'pending', 'unheard-of', 'two words'];
const WORKFLOWS = {
  items: STATES.map((status, at) => ({ id: `w-${at}`, status, message: 'failed' })),
  total: STATES.length,
};

test('states have colors on a terminal, and nothing else has', async () => {
  const line = 'tags list --columns id,status,message';
  expect(await home.kscli(line, { [LIST]: { json: WORKFLOWS } }, TERMINAL)).toMatchInlineSnapshot(`
    "$ kscli tags list --columns id,status,message
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ┌─────┬────────────┬─────────┐
    │ ID  │ STATUS     │ MESSAGE │
    ├─────┼────────────┼─────────┤
    │ w-0 │ \x1B[32mCOMPLETED\x1B[39m  │ failed  │
    │ w-1 │ \x1B[31mfailed\x1B[39m     │ failed  │
    │ w-2 │ \x1B[33mRUNNING\x1B[39m    │ failed  │
    │ w-3 │ \x1B[33mpending\x1B[39m    │ failed  │
    │ w-4 │ unheard-of │ failed  │
    │ w-5 │ two words  │ failed  │
    └─────┴────────────┴─────────┘

    Total: 6
    exit 0"
  `);
});

test.each([
  ['in a pipe', {}, false],
  ['with NO_COLOR', { ...TERMINAL, env: { NO_COLOR: '1' } }, false],
  ['with CLICOLOR=0', { ...TERMINAL, env: { CLICOLOR: '0' } }, false],
  ['in a pipe with FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, true],
  ['on a terminal', TERMINAL, true],
])('colors %s', async (_name, options, isColored) => {
  const shown = await home.kscli('tags list --columns id,status', { [LIST]: { json: WORKFLOWS } }, options);
  expect(shown.includes('\x1b[32mCOMPLETED\x1b[39m')).toBe(isColored);
  expect(shown.includes('\x1b')).toBe(isColored);
});

test('a server cannot color anything itself, nor a table in another format', async () => {
  const items = [{ id: '\x1b[31mw', status: '\x1b[32mCOMPLETED', '\x1b[31mkey': '\x1b]0;x\x07y' }];
  const stubs = { [LIST]: { json: { items, total: '\x1b[31m1' } } };
  for (const width of [80, 20]) {
    const shown = await home.kscli("tags list --columns 'id,status,\x1b[31mkey'", stubs, {
      isTerminal: true,
      width,
    });
    const printed = shown.slice(shown.indexOf('\n'));
    expect(printed.replaceAll('\x1b[32mCOMPLETED\x1b[39m', '')).not.toInclude('\x1b');
  }
  for (const format of ['json', 'jsonl', 'yaml', 'csv', 'tsv', 'id-only', 'tree'])
    expect(await home.kscli(`tags list -f ${format}`, stubs, TERMINAL)).not.toInclude('\x1b');
});

test('a state in a record of its own has its color too', async () => {
  const stubs = {
    [TAG]: { json: { id: 'w-1', status: 'FAILED', run: { status: 'running' } } },
  };
  expect(await home.kscli(`tags describe ${ID}`, stubs, TERMINAL)).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    ┌─────────────┬─────────┐
    │ Key         │ Value   │
    ├─────────────┼─────────┤
    │ id          │ w-1     │
    │ status      │ \x1B[31mFAILED\x1B[39m  │
    │ run.status  │ \x1B[33mrunning\x1B[39m │
    └─────────────┴─────────┘
    exit 0"
  `);
});

const TIMES = {
  id: 'w',
  at: '2026-02-23T10:15:30.25Z',
  zone: '2026-02-23T12:00:00+05:30',
  naive: '2026-02-23T10:59:15',
  later: '2026-02-26T11:00:00+00:00',
  before: '1999-12-31T23:59:59-08:00',
  day: '2026-02-23',
  wrong: '2026-13-45T99:00:00Z',
  nested: { at: '2026-02-23T08:30:00Z' },
};

test.each(['utc', 'ago'])('--times %s', async (times) => {
  const stubs = { [TAG]: { json: TIMES } };
  expect(await home.kscli(`tags describe ${ID} --times ${times}`, stubs, { now: NOW })).toMatchSnapshot();
});

test('--times is for lists too, and with columns', async () => {
  const stubs = { [LIST]: { json: { items: [TIMES], total: 1 } } };
  const line = 'tags list --columns id,nested.at --times ago';
  expect(await home.kscli(line, stubs, { now: NOW })).toMatchInlineSnapshot(`
    "$ kscli tags list --columns id,nested.at --times ago
    > GET /v1/tags?limit=20&offset=0 | cookie: ks_uat=<token>
    ┌────┬───────────┐
    │ ID │ NESTED.AT │
    ├────┼───────────┤
    │ w  │ 2h ago    │
    └────┴───────────┘

    Total: 1
    exit 0"
  `);
});

test.each(['--times local -f json', '--times utc -f csv', '--times later', '--times'])(
  'nothing is sent for %s',
  async (flags) => {
    expect(await home.kscli(`tags list ${flags}`)).toMatchSnapshot();
  },
);
