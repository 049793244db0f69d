// A view → the text for stdout, in the format that was asked for. Formats load when they are used.

import type { Format } from '../settings/parse.ts';
import { stripControls } from './plain.ts';
import type { View } from './view.ts';

export type Page = {
  readonly format: Format;
  readonly noHeader: boolean;
  /** Columns of the terminal; undefined in a pipe, where nothing is cut or cleaned. */
  readonly width: number | undefined;
  readonly isTerminal: boolean;
};

/** Ends with a line break. */
export async function render(view: View, page: Page): Promise<string> {
  const text = await FORMATTERS[page.format](view, page);
  const line = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return page.isTerminal ? stripControls(line) : line;
}

const FORMATTERS: Readonly<Record<Format, (view: View, page: Page) => Promise<string>>> = {
  table: async (view, page) => view.text ?? (await import('./table.ts')).formatTable(view, page),
  json: async ({ data }) => (await import('./json.ts')).formatJson(data),
  yaml: async ({ data }) => (await import('./yaml.ts')).formatYaml(data),
  'id-only': async (view) => (await import('./ids.ts')).formatIds(view),
  tree: async ({ data }) => (await import('./tree.ts')).formatTree(data),
};
