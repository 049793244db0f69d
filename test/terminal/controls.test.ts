// Control characters in the data: a terminal gets none, a pipe gets all of them as they came.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

const FOLDERS = 'GET /v1/folders?limit=20&offset=0';
const ALL = 'GET /v1/folders?limit=1&offset';
/** Sequences that never end, one that does, and one that would end what is open before it. */
const NAMES = [
  '\x1b]0;open',
  '\x1bPopen',
  'b\x1b[31',
  '\x9d0;open',
  '\x1b]0;title\x07shut',
  'last\x1b\\',
  '\u{e001b}]x',
];
const ROWS = NAMES.map((name, index) => ({ id: `id-${index}`, path_part_id: `p-${index}${name}`, name }));

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test.each(['table', 'json', 'jsonl', 'yaml', 'id-only', 'tree'])(
  'on a terminal a sequence without an end hides nothing as %s',
  async (format) => {
    const rows = ROWS.map((row) => ({ ...row, id: `${row.id}${row.name}` }));
    const stubs = { [FOLDERS]: { json: { items: rows, total: rows.length } } };
    const shown = await home.kscli(`folders list -f ${format}`, stubs, { isTerminal: true, width: 250 });
    expect(shown).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(shown).toMatchSnapshot();
    const pages = Object.fromEntries(
      rows.map((row, at) => [`${ALL}=${at}`, { json: { items: [row], total: rows.length } }]),
    );
    const all = await home.kscli(`folders list --all -l 1 -f ${format}`, pages, { isTerminal: true, width: 250 });
    const data = (text: string) => text.split('\n').filter((line) => !/^[$>]|"limit"|"offset"/.test(line));
    expect(data(all)).toEqual(data(shown));
  },
);

test.each([
  ['table', 3],
  ['id-only', 1],
  ['tree', 1],
] as const)('in a pipe %s has every byte of the data, %d times', async (format, times) => {
  const rows = ROWS.map((row) => ({ ...row, id: `${row.id}${row.name}` }));
  const stubs = { [FOLDERS]: { json: { items: rows, total: rows.length } } };
  const shown = await home.kscli(`folders list -f ${format}`, stubs);
  for (const name of NAMES) expect(shown.split(name).length).toBeGreaterThan(times);
  const escapes = (text: string) => text.split('\x1b').length - 1;
  expect(escapes(shown)).toBe(times * escapes(NAMES.join('')));
});

test('what api shows on a terminal hides nothing', async () => {
  const stubs = { 'GET /v1/a': { text: `one ${NAMES.join('\ntwo ')}\nend` } };
  const shown = await home.kscli('api /v1/a', stubs, { isTerminal: true, width: 80 });
  expect(shown).toMatchInlineSnapshot(`
    "$ kscli api /v1/a
    > GET /v1/a | cookie: ks_uat=<token>
    one ]0;open
    two Popen
    two b[31
    two 0;open
    two shut
    two last
    two 󠀛]x
    end
    exit 0"
  `);
});

test('a message that is too long is cut before an id, and not within one', async () => {
  const id = '00000000-0000-0000-0003-000000000001';
  const start = 'Server error: 500: ';
  const detail = `${'x'.repeat(960)} ${id} ${id}`;
  const shown = await home.kscli('api /v1/a', { 'GET /v1/a': { status: 500, json: { detail } } });
  expect(shown.split('\n').at(-2)).toBe(`! Error: ${start}${'x'.repeat(960)}…`);
  const long = 'x'.repeat(2000);
  const cut = await home.kscli('api /v1/a', { 'GET /v1/a': { status: 500, json: { detail: long } } });
  expect(cut.split('\n').at(-2)).toBe(`! Error: ${(start + long).slice(0, 1000)}…`);
});
