// Whatever the rows hold, at any width: no UUID is broken, no character is lost, and a table keeps to the width.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import fc from 'fast-check';
import { createHome, type Home } from '../kscli.ts';

const TAGS = 'GET /v1/tags?limit=20&offset=0';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const anyText = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.lorem({ maxCount: 4 }) },
      fc.uuid(),
      fc.uuid().map((uuid) => `s3://bucket/${uuid}/a.pdf`),
      fc.constantFrom('二零二六年度财务报告', '✔️✔️✔️', '👩‍👩‍👧', 'e\u0301', '\n', '   ', '\ud800', 'x'.repeat(50)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(' '));

const anyRow = fc.record({ id: fc.uuid(), name: anyText, color: fc.constant('ff8800'), description: anyText });
const COLUMNS = ['id', 'name', 'color', 'description', 'created_at'] as const;

type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

/** Without what separates: what is left must be the same. */
function squeeze(text: string): string {
  return text.replace(/[\s─]/g, '').replaceAll('\ud800', '\ufffd');
}

function readTable(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith('│'));
  expect(new Set(lines.map((line) => Bun.stringWidth(line))).size).toBe(1);
  return COLUMNS.map((_, column) => squeeze(lines.map((line) => line.split('│')[column + 1]).join('')));
}

test('at any width every UUID is whole, every character is there, and a table keeps to the width', async () => {
  const shape = fc.tuple(fc.array(anyRow, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 250 }));
  await fc.assert(
    fc.asyncProperty(shape, async ([rows, width]) => {
      const items: Row[] = rows;
      const shown = await home.kscli('tags list', { [TAGS]: { json: { items } } }, { isTerminal: true, width });
      const text = shown
        .split('<token>')
        .slice(1)
        .join('')
        .replace(/exit 0$/, '');
      for (const [uuid] of JSON.stringify(items).matchAll(UUID)) expect(text).toContain(uuid);
      const cells = COLUMNS.map((key) => items.map((row) => row[key] || '-'));
      if (text.includes('┌')) {
        expect(Bun.stringWidth(text.trim().split('\n')[0] ?? '')).toBeLessThanOrEqual(width);
        expect(readTable(text)).toEqual(
          cells.map((column, at) => `${COLUMNS[at]?.toUpperCase()}${squeeze(column.join(''))}`),
        );
      } else {
        const blocks = items.map((_, row) => `${row + 1}${COLUMNS.map((key, at) => key + cells[at]?.[row]).join('')}`);
        expect(squeeze(text)).toBe(squeeze(blocks.join('')));
      }
    }),
    { numRuns: 500 },
  );
});
