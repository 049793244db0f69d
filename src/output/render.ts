// A result → the text for stdout, in the format that was asked for. Formats load when they are used.

import { Failure } from '../errors.ts';
import type { Format } from '../schema/formats.ts';
import { stripControls } from '../terminal/sanitize.ts';
import { keepWordsOfLines } from '../terminal/wrap.ts';
import type { Page } from './page.ts';
import { findRows, type Show, type Whole } from './result.ts';

/** All at once, or in parts as they come. */
export type Output = string | Iterable<string> | AsyncIterable<string | Uint8Array>;

/** In UTF-16 units. */
const LONG = 64 * 1024;

/** Ends with a line break. */
export async function render(show: Show, page: Page): Promise<Output> {
  if ('raw' in show) return page.isTerminal ? (await import('./stream.ts')).cleaned(show.raw) : show.raw;
  if ('pages' in show) {
    const { collect, stream } = await import('./stream.ts');
    const parts = await stream(show, show.pages, page);
    return parts ?? render(await collect(show), page);
  }
  const text = await format(show, page);
  const shown = page.isTerminal && !isDrawn(show, page) ? stripControls(text) : text;
  if (text === '' || text.endsWith('\n')) return shown;
  // Put together, a long text would be copied for one character.
  return shown.length > LONG ? [shown, '\n'] : `${shown}\n`;
}

/** A table cleans its cells itself: the colors around them are its own. */
function isDrawn(show: Whole, { format }: Page): boolean {
  return format === 'table' && show.text === undefined && !show.drawsTree;
}

async function format(show: Whole, page: Page): Promise<string> {
  try {
    return await FORMATTERS[page.format](show, page);
  } catch (cause) {
    // No text of the runtime is so long.
    if (!(cause instanceof RangeError)) throw cause;
    throw new Failure('answer', `The answer is too large to be shown as ${page.format}`, { cause });
  }
}

const FORMATTERS: Readonly<Record<Format, (show: Whole, page: Page) => Promise<string>>> = {
  table: async (show, page) =>
    (show.text && keepWordsOfLines(show.text, page.width)) ??
    (show.drawsTree ? await FORMATTERS.tree(show, page) : undefined) ??
    (await import('./table.ts')).formatTable(asRows(show), page),
  json: async ({ data }) => (await import('../json/format.ts')).formatJson(data),
  jsonl: async (show) => (await import('./jsonl.ts')).formatLines(show),
  yaml: async ({ data }) => (await import('./yaml.ts')).formatYaml(data),
  csv: async (show, page) => (await import('./csv.ts')).formatSheet(asRows(show), 'csv', page),
  tsv: async (show, page) => (await import('./csv.ts')).formatSheet(asRows(show), 'tsv', page),
  'id-only': async (show) => (await import('./ids.ts')).formatIds(asRows(show)),
  // Rows that hang on nothing are no tree.
  tree: async (show, page) =>
    findRows(show) && !show.tree
      ? (await import('./table.ts')).formatTable(show, page)
      : (await import('./tree.ts')).formatTree(show, page.width),
};

function asRows(show: Whole): Whole {
  return show.rows ? { ...show, data: show.rows } : show;
}
