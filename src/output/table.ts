// Tables for people: objects as Key/Value, lists with a column a key. What is too wide for the terminal becomes blocks.

import Table, { type CharName } from 'cli-table3';
import type { Pages } from '../http/pages.ts';
import { listLeaves, lookUpIn } from '../json/look-up.ts';
import { type Json, keysIn } from '../json/value.ts';
import { stripControls } from '../terminal/sanitize.ts';
import { keepWords, type Lines, pad, wrap } from '../terminal/wrap.ts';
import { type Entry, formatBlock, formatBlocks } from './blocks.ts';
import { formatCell } from './cell.ts';
import { fit, limitWidths, measureNeeds, measureWidths, PADDING, type Row, sumPlaces } from './columns.ts';
import { splitLines } from './lines.ts';
import type { Page } from './page.ts';
import { asObject, findRows, findTotal, type Layout, type Whole } from './result.ts';
import { colorState } from './state.ts';
import { showTime } from './time.ts';

const KEY_WIDTH = 11;

/** For a terminal without control characters, but for the colors of states. */
export function formatTable(show: Whole, page: Page): string {
  const { data, columns, footer: last } = show;
  const rows = findRows(show);
  if (rows === undefined) return formatObject(data, page);
  const footer = formatFooter(show, findTotal(show), page);
  if (rows.length === 0) return `No results.\n${last === undefined ? '' : footer}`;
  return formatList(rows, columns ?? keysIn(asObject(rows[0] ?? null)), page) + footer;
}

function formatFooter({ footer, hidesTotal }: Layout, total: Json | undefined, page: Page): string {
  const sum = footer ?? (total === undefined || hidesTotal ? undefined : `Total: ${formatCell(total)}`);
  return sum === undefined ? '' : `\n${keepWords(clean(sum, page), page.width)}\n`;
}

/** In a pipe, where nothing is cut. Goes through the pages twice, for the widths and for the rows: no more than one is held. */
export async function* formatPages(layout: Layout, pages: Pages, page: Page): AsyncGenerator<string> {
  let keys = layout.columns;
  let widths: readonly number[] = [1];
  let lines = 0;
  let total: Json | undefined;
  for await (const { rows, total: counted } of pages) {
    if (rows.length > 0) keys ??= keysIn(asObject(rows[0] ?? null));
    const cells = toCells(rows, keys ?? [], page);
    widths = measureWidths(cells, widths);
    lines += countLines(cells);
    total = counted;
  }
  if (lines === 0) return yield 'No results.\n';
  const head = toHead(keys ?? [], page);
  const limited = limitWidths(measureWidths(headRows(head), widths), lines);
  const { above, below } = drawFrame(head, limited);
  yield above.map((line) => `${line}\n`).join('');
  for await (const { rows } of pages) {
    if (rows.length > 0) yield `${drawRows(toCells(rows, keys ?? [], page), limited).join('\n')}\n`;
  }
  yield `${below}\n${formatFooter(layout, total, page)}`;
}

function formatList(rows: readonly Json[], keys: readonly string[], page: Page): string {
  const cells = toCells(rows, keys, page);
  const head = toHead(keys, page);
  const names = keys.map((key) => clean(key, page));
  const records = () => cells.map((row) => row.map((value, column): Entry => [names[column] ?? '', value]));
  return drawTable({ head, cells }, page) ?? formatBlocks(records(), page.width ?? 0);
}

function toCells(rows: readonly Json[], keys: readonly string[], page: Page): Row[] {
  return rows.map((row) => {
    const object = asObject(row);
    return keys.map((key) => toLines(key, lookUpIn(object, key), page));
  });
}

function toHead(keys: readonly string[], page: Page): string[] | undefined {
  return page.noHeader ? undefined : keys.map((key) => clean(key, page).toUpperCase());
}

/** A line a value: what is nested has its dotted name. */
function formatObject(data: Json, page: Page): string {
  const cells = listLeaves(asObject(data)).map(
    ([name, value]) => [splitLines(name, page), toLines(name, value, page)] as const,
  );
  const head = page.noHeader ? undefined : ['Key', 'Value'];
  const record = () => cells.map(([key, value]): Entry => [key.join(' '), value]);
  return drawTable({ head, cells, keyWidth: KEY_WIDTH }, page) ?? formatBlock(record(), page.width ?? 0);
}

function toLines(key: string, value: Json | undefined, page: Page): Lines {
  const shown = page.clock && typeof value === 'string' ? showTime(value, page.clock) : value;
  const lines = splitLines(formatCell(shown), page);
  return page.hasColor && lines.length === 1 ? lines.map((line) => colorState(key, line)) : lines;
}

function clean(text: string, { isTerminal }: Page): string {
  return isTerminal ? stripControls(text) : text;
}

type Grid = {
  /** Absent where none is wanted. */
  readonly head: readonly string[] | undefined;
  readonly cells: readonly Row[];
  /** The least of the first column, where its cells are keys, which stay whole. */
  readonly keyWidth?: number;
};

/** undefined where it does not fit into the terminal. */
function drawTable({ head, cells, keyWidth }: Grid, { width }: Page): string | undefined {
  const rows = [...headRows(head), ...cells];
  const natural = measureWidths(rows, [keyWidth ?? 1]);
  if (width === undefined) return draw(head, cells, limitWidths(natural, countLines(cells)));
  if (sumPlaces(natural) <= width) return draw(head, cells, natural);
  const needs = measureNeeds(rows);
  const widths = fit(natural, keyWidth ? [natural[0] ?? 0, ...needs.slice(1)] : needs, width);
  if (widths === undefined) return undefined;
  const wrapped = cells.map((row) => row.map((cell, column) => wrap(cell, widths[column] ?? 0)));
  return draw(head, wrapped, widths);
}

function headRows(head: readonly string[] | undefined): Row[] {
  return head ? [head.map((title) => [title])] : [];
}

function countLines(cells: readonly Row[]): number {
  return cells.reduce((sum, row) => sum + findHeight(row), 0);
}

function findHeight(row: Row): number {
  return row.reduce((height, { length }) => Math.max(height, length), 1);
}

function draw(head: readonly string[] | undefined, cells: readonly Row[], widths: readonly number[]): string {
  const { above, below } = drawFrame(head, widths);
  return [...above, ...drawRows(cells, widths), below, ''].join('\n');
}

function drawRows(cells: readonly Row[], widths: readonly number[]): string[] {
  const lines: string[] = [];
  for (const row of cells) {
    const height = findHeight(row);
    for (let at = 0; at < height; at++) lines.push(drawLine(row, at, widths));
  }
  return lines;
}

function drawLine(row: Row, at: number, widths: readonly number[]): string {
  return `│${widths.map((width, column) => ` ${pad(row[column]?.[at] ?? '', width)} │`).join('')}`;
}

/**
 * The borders and the head, of cli-table3's characters. It draws nothing itself: its first line takes a millisecond, later
 * ones longer the more there are, and it ends the colours that it finds.
 */
function drawFrame(head: readonly string[] | undefined, widths: readonly number[]): { above: string[]; below: string } {
  const { chars } = new Table({ style: { compact: true } }).options;
  const line = (row: 'top' | 'mid' | 'bottom', left: CharName, right: CharName) =>
    chars[left] + widths.map((width) => chars[row].repeat(width + PADDING)).join(chars[`${row}-mid`]) + chars[right];
  const titles = head?.length ? [head.map((title) => title.split('\n'))] : [];
  const above = [
    line('top', 'top-left', 'top-right'),
    ...titles.flatMap((row) => [...drawRows([row], widths), line('mid', 'left-mid', 'right-mid')]),
  ];
  return { above, below: line('bottom', 'bottom-left', 'bottom-right') };
}
