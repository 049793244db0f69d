// The pages of a list, shown as they come: no format here holds more than one of them.

import { formatJson } from '../json/format.ts';
import type { Json } from '../json/value.ts';
import { stripControls } from '../terminal/sanitize.ts';
import { formatIds } from './ids.ts';
import { formatLines } from './jsonl.ts';
import type { Page } from './page.ts';
import type { Layout, Pages, Whole } from './result.ts';

/** undefined for the formats that need all rows at once. */
export function stream(layout: Layout, pages: Pages, { format, isTerminal }: Page): AsyncIterable<string> | undefined {
  const parts = toParts(layout, pages, format);
  return parts && isTerminal ? cleaned(parts) : parts;
}

function toParts(layout: Layout, pages: Pages, format: string): AsyncIterable<string> | undefined {
  if (format === 'jsonl') return each(pages, (rows) => formatLines({ data: rows }));
  if (format === 'id-only') return each(pages, (rows) => formatIds({ ...layout, data: rows }));
  return format === 'json' ? jsonParts(pages) : undefined;
}

async function* each(pages: Pages, format: (rows: Json[]) => string): AsyncGenerator<string> {
  for await (const { rows } of pages) if (rows.length > 0) yield format([...rows]);
}

/** One page of `items`, as the server would give it if it gave them all at once. */
async function* jsonParts(pages: Pages): AsyncGenerator<string> {
  let count = 0;
  let total: Json | undefined;
  let head = '{\n  "items": [';
  for await (const page of pages) {
    const rows = page.rows.map((row, index) => `${count + index === 0 ? '' : ','}\n    ${formatJson(row, '    ')}`);
    yield head + rows.join('');
    head = '';
    count += rows.length;
    total = page.total;
  }
  yield `${count === 0 ? '' : '\n  '}],\n  "total": ${formatJson(total ?? count)}\n}\n`;
}

export async function* cleaned(parts: Iterable<string> | AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const part of parts) {
    yield stripControls(typeof part === 'string' ? part : decoder.decode(part, { stream: true }));
  }
}

/** For the formats that need all rows at once. */
export async function collect({ pages, ...layout }: Layout & { readonly pages: Pages }): Promise<Whole> {
  const items: Json[] = [];
  let total: Json | undefined;
  for await (const page of pages) {
    for (const row of page.rows) items.push(row);
    total = page.total;
  }
  return { ...layout, data: { items, total: total ?? items.length } };
}
