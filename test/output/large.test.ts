// Answers that nobody expects: what they take grows with their size, and no faster, in every format.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { render } from '../../src/output/render.ts';
import { createHome, type Home } from '../kscli.ts';
import { processorTime } from '../processor-time.ts';

const ID = '00000000-0000-0000-0003-000000000001';
const FORMATS = ['table', 'json', 'jsonl', 'yaml', 'csv', 'tsv', 'id-only', 'tree'];
const PLACES = [{}, { isTerminal: true, width: 80 }];
/** Milliseconds of computing for one command. Most of these took minutes once. */
const LIMIT = 10_000;

/** Keys of digits go the long way through the parser and every format. */
function nest(value: unknown, levels: number): unknown {
  return levels === 0 ? value : { 1: nest(value, levels - 1) };
}

const SHAPES: Readonly<Record<string, unknown>> = {
  'a row of 200,000 keys': Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`key ${index}`, index])),
  'a cell of 10 MB': { id: ID, name: 'x'.repeat(10_000_000), color: 'ff8800' },
  'words of 10 MB': { id: ID, name: 'word and '.repeat(1_100_000) },
  'wide characters of 9 MB': { id: ID, name: '漢'.repeat(3_000_000) },
  'a cell of 500,000 lines': { id: ID, name: 'a\n'.repeat(500_000) },
  'a cell of 10 MB under 900 keys of digits': nest('x'.repeat(10_000_000), 900),
  'a million sequences without an end': { id: ID, name: '\x1b]'.repeat(1_000_000) },
};

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

/** The end of what is printed in each format and place, once it was printed in time. */
async function expectInTime(line: string, route: string, answer: unknown): Promise<void> {
  const json = JSON.stringify(answer);
  for (const format of FORMATS) {
    for (const place of PLACES) {
      const started = processorTime();
      const shown = await home.kscli(`${line} -f ${format}`, { [route]: { text: json } }, place);
      const time = processorTime() - started;
      expect({ format, place, exit: shown.slice(-6), isInTime: time < LIMIT }).toEqual({
        format,
        place,
        exit: 'exit 0',
        isInTime: true,
      });
    }
  }
}

test.each(Object.entries(SHAPES))(
  '%s is shown in time',
  async (_name, shape) => {
    await expectInTime(`tags describe ${ID}`, `GET /v1/tags/${ID}`, shape);
  },
  300_000,
);

test('a list with one cell of 10 MB among 100 rows is shown in time', async () => {
  const items = Array.from({ length: 100 }, (_, index) => ({
    id: ID,
    name: index === 7 ? 'x'.repeat(10_000_000) : 'a',
  }));
  await expectInTime('tags list', 'GET /v1/tags?limit=20&offset=0', { items, total: 100 });
}, 300_000);

const FLAT = '{"a":1},'.repeat(5000);

test.each([
  '['.repeat(10_000) + ']'.repeat(10_000),
  `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  `${'{"},{":'.repeat(2000)}1${'}'.repeat(2000)}`,
  `{"items":[${FLAT}${'[{"a":['.repeat(400)}{}${']}]'.repeat(400)}]}`,
])('an answer that is nested too deeply is an error in every format (%#)', async (text) => {
  for (const format of FORMATS) {
    const shown = await home.kscli(`tags describe ${ID} -f ${format}`, { [`GET /v1/tags/${ID}`]: { text } });
    expect(shown).toEndWith('! Error: The server answered 200 with JSON that is nested too deeply\nexit 1');
  }
});

test('rows that hang in a long chain end the tree with an error, and are data in the other formats', async () => {
  const items = Array.from({ length: 20_000 }, (_, at) => ({
    id: ID,
    path_part_id: `${at}`,
    parent_path_part_id: `${at - 1}`,
    name: 'n',
  }));
  const stubs = { 'GET /v1/folders?limit=20&offset=0': { json: { items, total: items.length } } };
  expect(await home.kscli('folders list -f tree', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders list -f tree
    > GET /v1/folders?limit=20&offset=0 | cookie: ks_uat=<token>
    ! Error: The tree is more than 1000 levels deep
    ! --format json shows it.
    exit 1"
  `);
  expect((await home.kscli('folders list -f id-only', stubs)).split('\n')).toHaveLength(20_000 + 3);
});

test('what is larger than any text can be is an error', async () => {
  const data = {
    get id(): string {
      throw new RangeError('Out of memory');
    },
  };
  const page = { format: 'table', noHeader: false, width: undefined, isTerminal: false, hasColor: false } as const;
  await expect(render({ data }, page)).rejects.toThrow('The answer is too large to be shown as table');
});
