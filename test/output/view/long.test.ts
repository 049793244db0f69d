// An answer of many megabytes goes through conditions and columns part by part: what is printed is the same as at once.

import { expect, test } from 'bun:test';
import { toPages } from '../../../src/http/pages.ts';
import { openLongList } from '../../../src/json/long-list.ts';
import { parseJson } from '../../../src/json/parse.ts';
import { render } from '../../../src/output/render.ts';
import type { Show } from '../../../src/output/result.ts';
import { applyView } from '../../../src/output/view/view.ts';
import type { Format } from '../../../src/schema/formats.ts';
import type { View } from '../../../src/schema/view.ts';

const ROWS = 20_000;
const rows = Array.from(
  { length: ROWS },
  (_, index) => `{"id":${index},"9":1.0,"name":"${'a word '.repeat(70)}${index % 7}"}`,
);
const TEXT = `{"limit":1,"items":[${rows.join(',')}],"total":${ROWS}}`;

const NOTHING: View = { columns: undefined, where: [], order: undefined, times: undefined };
const condition = (key: string, text: string) => ({ key, operator: '~', text }) as const;

const VIEWS: Readonly<Record<string, Partial<View>>> = {
  columns: { columns: ['9', 'id'] },
  conditions: { where: [condition('name', 'WORD 3')] },
  'conditions that no row holds': { where: [condition('name', 'nobody')], columns: ['id'] },
  'an order': { order: { key: 'name', isDescending: true }, columns: ['id'] },
  'all of them': { where: [condition('id', '77')], order: { key: 'id', isDescending: true }, columns: ['id', '9'] },
};

async function print(show: Show, view: View, format: Format): Promise<string> {
  const viewed = await applyView({ ...show, itemsKey: 'items' }, view);
  const page = { format, noHeader: false, width: undefined, isTerminal: false, hasColor: false };
  const output = await render(viewed.show, page);
  const parts: unknown[] = [];
  for await (const part of typeof output === 'string' ? [output] : output) parts.push(part);
  return `${parts.join('')}${viewed.notice() ?? ''}`;
}

test.each(Object.entries(VIEWS))(
  'a long list with %s',
  async (_name, some) => {
    const view = { ...NOTHING, ...some };
    const list = openLongList(TEXT, 'items');
    if (list === undefined) throw new Error('the list is not long');
    for (const format of ['json', 'csv', 'table', 'yaml'] as const) {
      const whole = await print({ data: parseJson(TEXT) }, view, format);
      const parts = await print({ pages: toPages(list) }, view, format);
      expect({ format, isSame: parts === whole, isEmpty: whole.length < 10 }).toEqual({
        format,
        isSame: true,
        isEmpty: false,
      });
    }
  },
  300_000,
);

test('a wrong name is told after the first part', async () => {
  const list = openLongList(TEXT, 'items');
  const show = list && applyView({ pages: toPages(list), itemsKey: 'items' }, { ...NOTHING, columns: ['nmae'] });
  await expect(show).rejects.toThrow("--columns: 'nmae' is not a column here");
});
