// A view → the text for stdout, in the format that was asked for. Formats load when they are used.

import type { Format } from '../schema/formats.ts';
import { stripControls } from '../terminal/sanitize.ts';
import type { Page } from './page.ts';
import type { View, Whole } from './result.ts';

/** All at once, or in parts as they come. */
export type Output = string | Iterable<string> | AsyncIterable<string | Uint8Array>;

/** Ends with a line break. */
export async function render(view: View, page: Page): Promise<Output> {
  if ('raw' in view) return page.isTerminal ? (await import('./stream.ts')).cleaned(view.raw) : view.raw;
  if ('pages' in view) {
    const { collect, stream } = await import('./stream.ts');
    const parts = stream(view, view.pages, page);
    return parts ?? render(await collect(view), page);
  }
  const text = await FORMATTERS[page.format](view, page);
  const line = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return page.isTerminal ? stripControls(line) : line;
}

const FORMATTERS: Readonly<Record<Format, (view: Whole, page: Page) => Promise<string>>> = {
  table: async (view, page) => view.text ?? (await import('./table.ts')).formatTable(view, page),
  json: async ({ data }) => (await import('../json/format.ts')).formatJson(data),
  jsonl: async (view) => (await import('./jsonl.ts')).formatLines(view),
  yaml: async ({ data }) => (await import('./yaml.ts')).formatYaml(data),
  'id-only': async (view) => (await import('./ids.ts')).formatIds(view),
  tree: async (view) => (await import('./tree.ts')).formatTree(view),
};
