// The pages of a list, shown as they come: no format here holds more than one of them.

import type { Pages } from '../http/pages.ts';
import { formatItems, formatJson } from '../json/format.ts';
import { isObject, type Json, keysIn } from '../json/value.ts';
import { stripControls } from '../terminal/sanitize.ts';
import { createSheet, type SheetWriter } from './csv.ts';
import { formatIds } from './ids.ts';
import { formatLines } from './jsonl.ts';
import type { Page } from './page.ts';
import type { Layout, Whole } from './result.ts';

/** undefined for the formats that need all rows at once. */
export async function stream(layout: Layout, pages: Pages, page: Page): Promise<AsyncIterable<string> | undefined> {
  const parts = await toParts(layout, pages, page);
  return parts && page.isTerminal ? cleaned(parts) : parts;
}

async function toParts(layout: Layout, pages: Pages, page: Page): Promise<AsyncIterable<string> | undefined> {
  if (page.format === 'jsonl') return each(pages, (rows) => formatLines({ data: rows }));
  if (page.format === 'id-only') return each(pages, (rows) => formatIds({ ...layout, data: rows }));
  if (page.format === 'csv' || page.format === 'tsv') return sheetParts(createSheet(layout, page.format, page), pages);
  if (page.format === 'json') return jsonParts(pages, pages.long && layout.itemsKey);
  // Pages that come one by one cannot be gone through twice; a terminal wants its lines cut.
  const isTable = page.format === 'table' && pages.long !== undefined && page.width === undefined;
  return isTable ? (await import('./table.ts')).formatPages(layout, pages, page) : undefined;
}

async function* sheetParts(sheet: SheetWriter, pages: Pages): AsyncGenerator<string> {
  for await (const { rows } of pages) if (rows.length > 0) yield sheet.rows(rows);
  yield sheet.end();
}

async function* each(pages: Pages, format: (rows: Json[]) => string): AsyncGenerator<string> {
  for await (const { rows } of pages) if (rows.length > 0) yield format(rows);
}

/** One page of `items`, as the server would give it if it gave them all at once; or the one answer that they come from. */
async function* jsonParts(pages: Pages, key = 'items'): AsyncGenerator<string> {
  const frame = pages.long?.frame ?? (pages.isBare ? [] : undefined);
  const { before, indent } = surround(frame ?? { [key]: [] }, key);
  let count = 0;
  let total: Json | undefined;
  for await (const page of pages) {
    if (page.rows.length > 0) yield (count === 0 ? before : ',') + formatItems(page.rows, indent);
    count += page.rows.length;
    total = page.total;
  }
  const { after } = surround(frame ?? { [key]: [], total: total ?? count }, key);
  yield (count === 0 ? before : `\n${indent}`) + after;
}

type Surroundings = { readonly before: string; readonly after: string; readonly indent: string };

/** The text of a list around its rows, brackets and all. */
function surround(frame: Json, key: string): Surroundings {
  if (!isObject(frame)) return { before: '[', after: ']\n', indent: '' };
  const keys = keysIn(frame);
  const fields = keys.map(
    (name) => `  ${JSON.stringify(name)}: ${name === key ? '[' : formatJson(frame[name] ?? null, '  ')}`,
  );
  const rows = keys.indexOf(key) + 1;
  const others = fields.slice(rows).map((field) => `,\n${field}`);
  return { before: `{\n${fields.slice(0, rows).join(',\n')}`, after: `]${others.join('')}\n}\n`, indent: '  ' };
}

export async function* cleaned(parts: Iterable<string> | AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const part of parts) {
    yield stripControls(typeof part === 'string' ? part : decoder.decode(part, { stream: true }));
  }
}

/** For the formats that need all rows at once. */
export async function collect({ pages, ...layout }: Layout & { readonly pages: Pages }): Promise<Whole> {
  if (pages.long) return { ...layout, data: pages.long.whole() };
  const items: Json[] = [];
  let total: Json | undefined;
  for await (const page of pages) {
    for (const row of page.rows) items.push(row);
    total = page.total;
  }
  return { ...layout, data: pages.isBare ? items : { items, total: total ?? items.length } };
}
