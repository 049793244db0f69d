// How wide the columns of a table are, and what its cells look like in them. Knows nothing of what draws it.

/** A cell, line by line. */
export type Lines = readonly string[];

/** Columns between a border and the text, on both sides together. */
export const PADDING = 2;

/** The widest line of each column. @param firstWidth the least of the first column */
export function measureWidths(
  rows: readonly (readonly Lines[])[],
  firstWidth: number,
  measure = Bun.stringWidth,
): number[] {
  const widths: number[] = [firstWidth];
  for (const row of rows) {
    for (const [column, lines] of row.entries()) {
      for (const line of lines) widths[column] = Math.max(widths[column] ?? 1, measure(line));
    }
  }
  return widths;
}

/** A character may take two places. */
const NARROWEST = 2;

/** Takes from the widest columns until the table fits into so many places. */
export function fit(widths: readonly number[], places: number): number[] {
  const fitted = [...widths];
  const borders = 1 + fitted.length * (PADDING + 1);
  for (let excess = fitted.reduce((sum, width) => sum + width, borders) - places; excess > 0; excess--) {
    const widest = Math.max(...fitted);
    if (widest <= NARROWEST) break;
    fitted[fitted.indexOf(widest)] = widest - 1;
  }
  return fitted;
}

/** Every character is kept, and none is broken. */
export function wrap(row: readonly Lines[], widths: readonly number[]): Lines[] {
  return row.map((lines, column) => lines.flatMap((line) => wrapLine(line, widths[column] ?? NARROWEST)));
}

/** Not Bun.wrapAnsi: it counts an emoji with a variation selector as one place, where all else counts two. */
function wrapLine(line: string, width: number): string[] {
  if (Bun.stringWidth(line) <= width) return [line];
  const lines: string[] = [];
  let start = 0;
  let used = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(line)) {
    const places = Bun.stringWidth(segment);
    if (used > 0 && used + places > width) {
      lines.push(line.slice(start, index));
      start = index;
      used = 0;
    }
    used += places;
  }
  return [...lines, line.slice(start)];
}

/** A line of each cell, from the top down; empty where a cell has no more. */
export function acrossCells(row: readonly Lines[]): string[][] {
  const height = Math.max(...row.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) => row.map((lines) => lines[at] ?? ''));
}
