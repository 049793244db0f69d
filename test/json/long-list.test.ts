// A long list is read part by part, and shown as if it had been read as a whole; whatever stands in it.

import { expect, test } from 'bun:test';
import { toPages } from '../../src/http/pages.ts';
import { openLongList } from '../../src/json/long-list.ts';
import { parseJson } from '../../src/json/parse.ts';
import { type Output, render } from '../../src/output/render.ts';
import type { Show } from '../../src/output/result.ts';
import type { Format } from '../../src/schema/formats.ts';

/** Beyond the length from which a list is read in parts, and several parts of it. */
const LENGTH = 9_000_000;

/** Rows one behind the other, until they are many. */
function repeat(row: (index: number) => string, separator = ','): string {
  const rows: string[] = [];
  for (let length = 0; length < LENGTH; length += row(0).length) rows.push(row(rows.length));
  return rows.join(separator);
}

const words = 'a word '.repeat(100);
const plain = repeat((index) => `{"id":"${index}","name":"${words}"}`);

const LISTS: Readonly<Record<string, string>> = {
  'with other fields around its rows': `{"limit":1,"items":[${plain}],"total":12,"offset":{"items":[1.0]}}`,
  'with blanks everywhere': ` { "items" : [ ${repeat((index) => `{ "id" : "${index}", "name" : "${words}" }`, ' ,\n ')} ] } `,
  'with texts that look like rows': `{"items":[${repeat(() => `{"id":"},{\\"id\\":[","x":"},{","y":"\\\\","z":"${words}"}`)}]}`,
  'with rows within rows': `{"items":[${repeat((index) => `{"id":${index},"parts":[{"id":1},{"id":2},{"id":"${words}"}]}`)}],"total":1}`,
  'with numbers and keys that need care': `{"items":[${repeat(() => `{"id":1.0,"10":-0,"9":12345678901234567890,"z":"${words}"}`)}],"2":1,"1":2}`,
  'of one long row among short ones': `{"items":[{"id":1},{"id":2,"name":"${'x'.repeat(LENGTH)}"},{"id":3}]}`,
  'of other characters': `{"items":[${repeat((index) => `{"id":"${index}","name":"räksmörgås 漢字 ${words}\\n\\u0041"}`)}]}`,
};

async function print(show: Show, format: Format): Promise<string> {
  const page = { format, noHeader: false, width: undefined, isTerminal: false, hasColor: false };
  const output: Output = await render(show, page);
  const parts: unknown[] = [];
  for await (const part of typeof output === 'string' ? [output] : output) parts.push(part);
  return parts.join('');
}

const FORMATS = ['json', 'jsonl', 'csv', 'id-only', 'table', 'yaml', 'tree'] as const;

test.each(Object.entries(LISTS))(
  'a list %s is shown the same in parts',
  async (_name, text) => {
    const list = openLongList(text, 'items');
    expect(list?.count).toBeGreaterThan(1);
    if (list === undefined) return;
    for (const format of FORMATS) {
      const whole = await print({ data: parseJson(text), itemsKey: 'items' }, format);
      expect((await print({ pages: toPages(list), itemsKey: 'items' }, format)) === whole, format).toBe(true);
    }
  },
  60_000,
);

test('a bare array is shown the same in parts', async () => {
  const list = openLongList(`[${plain}]`, undefined);
  const whole = await print({ data: parseJson(`[${plain}]`) }, 'json');
  expect(list && (await print({ pages: toPages(list) }, 'json')) === whole).toBe(true);
});

test('only one part is held as values', () => {
  const sizes = [...(openLongList(`[${plain}]`, undefined)?.parts() ?? [])].map((rows) => JSON.stringify(rows).length);
  expect(sizes.length).toBeGreaterThan(3);
  expect(Math.max(...sizes)).toBeLessThan(2.2 * 1024 * 1024);
});

test.each([
  ['a short list', '{"items":[{"id":1},{"id":2}]}'],
  ['an object', `{"id":1,"rows":[${plain}]}`],
  ['a list of texts', `{"items":["${words}",${repeat(() => `"${words}"`)}]}`],
  ['a list of empty objects', `{"items":[${repeat(() => '{}     ')}]}`],
  ['a list within the list', `{"more":{"items":[${plain}]}}`],
  ['two lists of one key', `{"items":[${plain}],"items":[{"id":1}]}`],
  ['a list with a row that is not JSON', `{"items":[${plain},{"id":},${plain}]}`],
  ['a list without an end', `{"items":[${plain}`],
  ['a list with something behind it', `{"items":[${plain}]} and more`],
  [
    'a list with a row of too many levels',
    `{"items":[${plain},{"id":${'['.repeat(1001)}${']'.repeat(1001)}},${plain}]}`,
  ],
])('%s is left to be read as a whole', (_name, text) => {
  expect(openLongList(text, 'items')).toBeUndefined();
});
