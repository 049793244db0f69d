// Text in the width of a terminal: words are kept whole, what belongs under each other is aligned.

const NARROWEST = 40;
/** Longer lines are hard to read. */
const WIDEST = 100;
const USUAL = 80;

/** @param columns of the terminal; undefined in a pipe */
export function chooseWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns ?? USUAL, NARROWEST), WIDEST);
}

/** A text in words, where `default: 20` is one. */
export function splitWords(text: string): string[] {
  return text.split(/(?<!default:|env:) /);
}

/**
 * Lines of at most so many columns; a word that is longer stands alone. @param words those with a blank in them are kept
 * together where they fit @param indent of all lines but the first
 */
export function wrapWords(words: readonly string[], width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.flatMap((text) => (indent.length + text.length > width ? text.split(' ') : [text]))) {
    const longer = line === '' ? word : `${line} ${word}`;
    const isFull = line.trim() !== '' && longer.length > width;
    if (isFull) lines.push(line);
    line = isFull ? indent + word : longer;
  }
  return [...lines, line];
}

export type Row = readonly [left: string, right: string];

const INDENT = 2;
const GAP = 2;
/** Of what stands under its left side, where both do not fit beside each other. */
const STACKED = 8;
/** Columns that the right side needs at least. */
const READABLE = 24;

/** The width of the left column; undefined where the right side goes under the left one. */
export function chooseColumn(rows: readonly Row[], width: number): number | undefined {
  const most = Math.floor(width * 0.4);
  const column = Math.max(0, ...rows.map(([left]) => left.length).filter((length) => length <= most));
  const places = width - INDENT - column - GAP;
  const longest = Math.max(...rows.flatMap(([, right]) => right.split(' ').map(({ length }) => length)));
  return column > 0 && places >= READABLE && places >= longest ? column : undefined;
}

/** A title and its rows; nothing without rows. @param column as chooseColumn gives it */
export function formatSection(
  title: string,
  rows: readonly Row[],
  width: number,
  column: number | undefined,
): string[] {
  return rows.length === 0 ? [] : [`${title}:`, ...rows.flatMap((row) => formatRow(row, width, column))];
}

function formatRow([left, right]: Row, width: number, column: number | undefined): string[] {
  const start = ' '.repeat(INDENT) + left;
  const at = column === undefined ? STACKED : INDENT + column + GAP;
  const lines = wrapWords(splitWords(right), width - at).map((line) => ' '.repeat(at) + line);
  const isBeside = column !== undefined && left.length <= column;
  return isBeside ? [start.padEnd(at) + (lines[0] ?? '').trimStart(), ...lines.slice(1)] : [start, ...lines];
}

/** A line for a shell: continued with a backslash where it is too long, so that it can still be pasted. */
export function formatExample(line: string, width: number): string[] {
  const start = ' '.repeat(INDENT);
  if (start.length + line.length <= width) return [start + line];
  // An id fits into the narrowest line only without more indentation.
  const indent = width < NARROWEST + INDENT + GAP ? start : start + start;
  const places = width - ' \\'.length;
  const lines = wrapWords(joinValues(line), places - INDENT, indent.slice(INDENT));
  return lines.map((text, at) => start + text + (at < lines.length - 1 ? ' \\' : ''));
}

/** The words of a shell, an option and its value as one. */
function joinValues(line: string): string[] {
  const joined: string[] = [];
  for (const word of line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []) {
    const before = joined.at(-1) ?? '';
    if (/^-\S+$/.test(before) && !word.startsWith('-')) joined[joined.length - 1] = `${before} ${word}`;
    else joined.push(word);
  }
  return joined;
}
