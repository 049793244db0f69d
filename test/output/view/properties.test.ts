// Whatever the rows are: conditions, order and columns give what the same gives when it is done in memory by hand.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import fc from 'fast-check';
import { createHome, type Home } from '../../kscli.ts';
import { anyColumns, anyCondition, anyOrder, anyRows, FULL, maybe, type Sent } from './any-rows.ts';
import { compareRows, holds, write } from './reference.ts';

const PAGE = 3;
const RUNS = { numRuns: 300 };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const quote = (word: string) => `'${word}'`;

/** All pages, and what was typed. Where a name is in no row, that is an error: it is in one more row here. */
async function run(rows: readonly Sent[], flags: readonly string[]): Promise<string[]> {
  const pages = Math.floor(rows.length / PAGE) + 1;
  const stubs = Object.fromEntries(
    Array.from({ length: pages }, (_, page) => {
      const items = rows.slice(page * PAGE, (page + 1) * PAGE).map(({ json }) => json);
      return [`GET /v1/tags?limit=${PAGE}&offset=${page * PAGE}`, { text: `{"items": [${items.join(',')}]}` }];
    }),
  );
  const shown = await home.kscli(['tags list --all -l', PAGE, '-f jsonl', ...flags].join(' '), stubs);
  expect(shown).toEndWith('exit 0');
  return shown.split('\n').filter((line) => line.startsWith('{'));
}

test('conditions, order and columns are what they are in memory', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRows,
      fc.array(anyCondition, { maxLength: 2 }),
      maybe(anyOrder),
      anyColumns,
      async (some, where, order, columns) => {
        const rows = [FULL, ...some];
        const flags = [
          ...where.map(({ key, operator, text: wanted }) => `--where ${quote(key + operator + wanted)}`),
          ...(order ? [`--sort-by ${quote(order.key + (order.isDescending ? ':desc' : ''))}`] : []),
          `--columns ${quote(columns.join(','))}`,
        ];
        const kept = rows.map(({ row }) => row).filter((row) => where.every((condition) => holds(row, condition)));
        const sorted = order ? kept.toSorted((a, b) => compareRows(a, b, order)) : kept;
        expect(await run(rows, flags)).toEqual(sorted.map((row) => write(row, columns)));
      },
    ),
    RUNS,
  );
});

test('without columns every row that holds is printed as it came', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyCondition, maybe(anyOrder), async (some, condition, order) => {
      const rows = [FULL, ...some];
      const flags = [
        `--where ${quote(condition.key + condition.operator + condition.text)}`,
        ...(order ? [`--sort-by ${quote(order.key + (order.isDescending ? ':desc' : ''))}`] : []),
      ];
      const kept = rows.filter(({ row }) => holds(row, condition));
      const sorted = order ? kept.toSorted((a, b) => compareRows(a.row, b.row, order)) : kept;
      expect(await run(rows, flags)).toEqual(sorted.map(({ json }) => json));
    }),
    RUNS,
  );
});
