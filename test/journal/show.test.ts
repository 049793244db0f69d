// Looking at the journal: what show, export and head print, in every format, from the files alone.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { NOW } from '../kscli.ts';
import { type Chain, createChain, DAY, FILE, hashOf } from './chain.ts';

const SEEN = { 'GET /v1/users/me': { json: { id: USER } } };

let chain: Chain;
beforeEach(async () => {
  chain = await createChain(1);
  chain.signIn({ reason: 'wrong totals', ticket: 'SUP-1' });
  await chain.kscli('whoami', SEEN);
  chain.signIn({ reason: 'wrong totals', ticket: 'SUP-2' }, 'acme');
  await chain.kscli('tags delete 00000000-0000-0000-0009-000000000001 --session acme', DELETED, { now: NOW + DAY });
});
afterEach(() => chain.remove());

const DELETED = { 'DELETE /v1/tags/00000000-0000-0000-0009-000000000001': { status: 204 } };

const show = (words = '', options = {}) => chain.kscli(`journal show ${words}`, {}, options);
const seqs = async (words: string, options = {}) =>
  (await show(`${words} -f id-only`, options)).split('\n').slice(1, -1);

test('show is a table, oldest first', async () => {
  expect(await show()).toMatchInlineSnapshot(`
    "$ kscli journal show 
    ┌─────┬──────────────────────────┬────────────────┬──────────┬─────────┬──────────────────────────────────────┬─────────────┬────────┬───────────────────────────────────────────────┬────────┬────────┬──────────────┐
    │ SEQ │ AT                       │ EVENT          │ OPERATOR │ SESSION │ USER_ID                              │ COMMAND     │ METHOD │ PATH                                          │ STATUS │ TICKET │ REASON       │
    ├─────┼──────────────────────────┼────────────────┼──────────┼─────────┼──────────────────────────────────────┼─────────────┼────────┼───────────────────────────────────────────────┼────────┼────────┼──────────────┤
    │ 1   │ 2026-02-23T11:00:00.000Z │ file.open      │ jane     │ -       │ -                                    │ -           │ -      │ -                                             │ -      │ -      │ -            │
    │ 2   │ 2026-02-23T11:00:00.000Z │ request        │ jane     │ -       │ 00000000-0000-0000-0001-000000000001 │ whoami      │ GET    │ /v1/users/me                                  │ 200    │ SUP-1  │ wrong totals │
    │ 3   │ 2026-02-24T11:00:00.000Z │ request.intent │ jane     │ acme    │ 00000000-0000-0000-0001-000000000001 │ tags delete │ DELETE │ /v1/tags/00000000-0000-0000-0009-000000000001 │ -      │ SUP-2  │ wrong totals │
    │ 4   │ 2026-02-24T11:00:00.000Z │ request        │ jane     │ acme    │ 00000000-0000-0000-0001-000000000001 │ tags delete │ DELETE │ /v1/tags/00000000-0000-0000-0009-000000000001 │ 204    │ SUP-2  │ wrong totals │
    └─────┴──────────────────────────┴────────────────┴──────────┴─────────┴──────────────────────────────────────┴─────────────┴────────┴───────────────────────────────────────────────┴────────┴────────┴──────────────┘
    exit 0"
  `);
});

test('show in json and jsonl has every key of a line', async () => {
  const lines = chain.read();
  expect(lines).toHaveLength(4);
  expect(await show('-f jsonl')).toBe(`$ kscli journal show -f jsonl\n${lines.join('\n')}\nexit 0`);
  const json = (await show('-f json')).split('\n').slice(1, -1).join('\n');
  expect(JSON.parse(json)).toEqual(lines.map((line) => JSON.parse(line)));
  expect(await show('-f yaml')).toContain('ticket: SUP-2');
});

test('show picks by time, session and ticket', async () => {
  expect(await seqs('')).toEqual(['1', '2', '3', '4']);
  expect(await seqs('--ticket SUP-1')).toEqual(['2']);
  expect(await seqs('--ticket SUP')).toEqual([]);
  expect(await seqs('--session acme')).toEqual(['3', '4']);
  expect(await seqs('--session -')).toEqual(['1', '2']);
  expect(await seqs(`--session ''`)).toEqual(['1', '2']);
  expect(await seqs('--session acme --ticket SUP-1')).toEqual([]);
  // A session that is in effect picks nothing: the journal is that of all of them.
  expect(await seqs('', { env: { KSCLI_SESSION: 'acme' } })).toEqual(['1', '2', '3', '4']);
  expect((await chain.kscli('--session acme journal show -f id-only')).split('\n').slice(1, -1)).toEqual(['3', '4']);
});

test.each([
  ['2026-02-24', '3 4'],
  ['2026-02-23', '1 2 3 4'],
  ['2026-02-25', ''],
  ['2026-02-24T11:00:00Z', '3 4'],
  ['2026-02-24T11:00:00.001Z', ''],
  ['2026-02-24 11:00', '3 4'],
  ['2026-02-24T12:00:00+01:00', '3 4'],
  ['1h', '3 4'],
  ['1d', '3 4'],
  ['36h', '1 2 3 4'],
  ['1d12h30m5s', '1 2 3 4'],
  ['0s', ''],
])('--since %s picks from there on', async (since, found) => {
  const now = NOW + DAY + 1000;
  expect((await seqs(`--since '${since}'`, { now })).join(' ')).toBe(found);
});

test.each([
  '',
  'x',
  'yesterday',
  '2026',
  '2026-2-3',
  '2026-02-30',
  '2026-13-01',
  '2026-02-24T25:00:00Z',
  '1',
  '-1h',
  '1w',
  'h',
  '9999999d',
  '2026-02-24T11:00:00+1',
])("--since '%s' is wrong usage", async (since) => {
  expect(await show(`'--since=${since}'`)).toBe(`$ kscli journal show '--since=${since}'
! Error: --since: '${since}' is not a time like 2026-11-24, 2026-11-24T14:05:00Z, 2h or 7d
! Usage: kscli journal show [options]
exit 64`);
});

test('export prints the lines of a ticket as they are, and says where there are none', async () => {
  const [, first, ...rest] = chain.read();
  expect(await chain.kscli('journal export --ticket SUP-1')).toBe(
    `$ kscli journal export --ticket SUP-1\n${first}\nexit 0`,
  );
  expect(await chain.kscli('journal export --ticket SUP-2 -f yaml')).toContain(rest.join('\n'));
  expect(await chain.kscli('journal export --ticket SUP')).toBe(`$ kscli journal export --ticket SUP
! Error: Not found: no line of the journal has the ticket SUP
exit 3`);
  expect(await chain.kscli('journal export')).toEndWith('exit 64');
});

test('lines that are none are left out, and told', async () => {
  appendFileSync(join(chain.journal, FILE), 'not json\n\n[1]\n{"v":1,"seq":5,"at"');
  expect(await show('-f id-only')).toBe(`$ kscli journal show -f id-only
1
2
3
4
! Warning: 4 lines are left out: not as a journal has them. Run: kscli journal verify
exit 0`);
});

test('text of others in the journal cannot change what a terminal shows', async () => {
  appendFileSync(join(chain.journal, FILE), '{"seq":5,"reason":"\\u001b]0;owned\\u0007\\u001b[2Jx"}\n');
  const shown = await show('--since 2020-01-01 -f json', { isTerminal: true });
  expect(shown).not.toContain('\u001b[2J');
});

test('head is the last line, and says where the end is not the one that it should be', async () => {
  const lines = chain.read();
  const head = `4:${hashOf(lines[3])}`;
  expect(await chain.kscli('journal head')).toBe(`$ kscli journal head\n${head}\nexit 0`);
  expect(await chain.kscli('journal head -f json')).toContain(`"head": "${head}"`);
  chain.write(lines.slice(0, 3));
  expect(await chain.kscli('journal head')).toBe(`$ kscli journal head
! Error: The journal in ~/.local/state/kscli/journal does not end as journal.head says
! Run: kscli journal verify
exit 1`);
});

test('where there is no journal, show is empty, and nothing else is', async () => {
  rmSync(chain.journal, { recursive: true });
  expect(await show('-f json')).toBe('$ kscli journal show -f json\n[]\nexit 0');
  const none = '! Error: There is no journal in ~/.local/state/kscli/journal\nexit 1';
  for (const line of ['journal verify', 'journal head'])
    expect(await chain.kscli(line)).toBe(`$ kscli ${line}\n${none}`);
});

test.each([
  '41',
  '41:',
  ':x',
  `0x1:${'0'.repeat(64)}`,
  `1:${'0'.repeat(63)}`,
  `1:${'0'.repeat(65)}`,
  `1:${'A'.repeat(64)}`,
  '',
])("--head '%s' is wrong usage", async (head) => {
  expect(await chain.kscli(`journal verify '--head=${head}'`)).toBe(`$ kscli journal verify '--head=${head}'
! Error: --head: '${head}' is not a number, a colon and a hash of 64 digits
! kscli journal head prints one.
! Usage: kscli journal verify [file]... [options]
exit 64`);
});

test('a file that cannot be read is told, with exit code 1', async () => {
  expect(await chain.kscli('journal verify ~/nowhere.jsonl')).toMatchInlineSnapshot(`
    "$ kscli journal verify ~/nowhere.jsonl
    ! Error: ~/nowhere.jsonl cannot be read: no such file
    exit 1"
  `);
  expect(await chain.kscli('journal verify /dev/zero')).toMatchInlineSnapshot(`
    "$ kscli journal verify /dev/zero
    ! Error: /dev/zero cannot be read: it is not a regular file
    exit 1"
  `);
  expect(await chain.kscli(`journal verify ${chain.journal}`)).toMatchInlineSnapshot(`
    "$ kscli journal verify ~/.local/state/kscli/journal
    ! Error: ~/.local/state/kscli/journal cannot be read: it is not a regular file
    exit 1"
  `);
  expect(await show('', { env: { KSCLI_JOURNAL_PATH: '/dev/null' } })).toMatchInlineSnapshot(`
    "$ kscli journal show 
    ! Error: /dev/null cannot be read: a part of the path is no directory
    exit 1"
  `);
});
