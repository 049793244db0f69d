// The widths of a table's columns. Knows nothing of the drawing.

import type { Lines } from '../terminal/wrap.ts';
import { measureNeed, READABLE } from './lines.ts';

/** A line of a table, or of its head: a cell a column. */
export type Row = readonly Lines[];

/** Columns between a border and the text, on both sides together. */
export const PADDING = 2;

/** The widest line of each column. @param least of them, as far as they are known */
export function measureWidths(rows: readonly Row[], least: readonly number[]): number[] {
  const widths = [...least];
  for (const row of rows) {
    row.forEach((lines, column) => {
      for (const line of lines) widths[column] = Math.max(widths[column] ?? 1, Bun.stringWidth(line));
    });
  }
  return widths;
}

/** The width that each column needs, so that no word is broken. */
export function measureNeeds(rows: readonly Row[]): number[] {
  const needs: number[] = [];
  for (const row of rows) {
    for (const [column, lines] of row.entries()) {
      for (const line of lines) {
        const need = needs[column] ?? 0;
        needs[column] = Bun.stringWidth(line) > need ? Math.max(need, measureNeed(line)) : need;
      }
    }
  }
  return needs;
}

/** Places of the whole table, borders and all. */
export function sumPlaces(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + PADDING + 1, 1);
}

/** Takes from the widest columns until the table fits into so many places; undefined where their needs do not. */
export function fit(widths: readonly number[], needs: readonly number[], places: number): number[] | undefined {
  const narrow = (limit: number) => widths.map((width, column) => Math.min(width, Math.max(limit, needs[column] ?? 0)));
  const fits = (limit: number) => sumPlaces(narrow(limit)) <= places;
  if (!fits(0)) return undefined;
  let fitting = 0;
  for (let most = places; fitting < most; ) {
    const middle = Math.ceil((fitting + most) / 2);
    if (fits(middle)) fitting = middle;
    else most = middle - 1;
  }
  return narrow(fitting);
}

/** Characters of a column, and of one of its lines, up to which all of its cells are made as wide as the widest. */
const LARGEST = 32 * 1024 * 1024;
const WIDEST = 100_000;

/** Where nothing is cut: a cell that would make the table many times as large as its data sticks out. */
export function limitWidths(widths: readonly number[], lines: number): number[] {
  const most = Math.max(2 * READABLE, Math.min(WIDEST, Math.floor(LARGEST / Math.max(1, lines))));
  return widths.map((width) => Math.min(width, most));
}
