// Where a text may be broken on a terminal: between words and never within one, so that an id can be copied.

/** A text, line by line. */
export type Lines = readonly string[];

/** Scripts that are written without blanks, and pictures: each of their characters is a word. */
const WIDE = /[\u1100-\u115f\u2190-\uffff]/;

type Word = { readonly text: string; readonly at: number };

export function* listWords(line: string): Generator<Word> {
  for (let at = 0; at < line.length; ) {
    if (line[at] === ' ') {
      at++;
      continue;
    }
    const space = line.indexOf(' ', at);
    const text = line.slice(at, space === -1 ? undefined : space);
    if (WIDE.test(text)) yield* splitWide(text, at);
    else yield { text, at };
    at += text.length;
  }
}

/** Text between wide characters stays whole. */
function* splitWide(word: string, offset: number): Generator<Word> {
  let start = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(word)) {
    if (!WIDE.test(segment)) continue;
    if (index > start) yield { text: word.slice(start, index), at: offset + start };
    yield { text: segment, at: offset + index };
    start = index + segment.length;
  }
  if (start < word.length) yield { text: word.slice(start), at: offset + start };
}

/** Blanks up to so many places. */
export function pad(line: string, places: number): string {
  return line.padEnd(line.length + places - Bun.stringWidth(line));
}

/** Lines of so many places; longer ones only where a word is. Drops nothing but blanks where it breaks. */
export function wrap(lines: Lines, width: number): Lines {
  return lines.flatMap((line) => (Bun.stringWidth(line) <= width ? line : wrapLine(line, width)));
}

/** Not Bun.wrapAnsi: it counts an emoji with a variation selector as one place, where all else counts two. */
function wrapLine(line: string, width: number): Lines {
  const lines: string[] = [];
  let start = 0;
  let end = 0;
  let used = 0;
  for (const { text, at } of listWords(line)) {
    const places = Bun.stringWidth(text);
    const blanks = at - end;
    if (used + blanks + places <= width || (used === 0 && blanks === 0)) used += blanks + places;
    else {
      if (end > start) lines.push(line.slice(start, end));
      start = at;
      used = places;
    }
    end = at + text.length;
  }
  return [...lines, line.slice(start, end)];
}

/** Of all rows of a message but the first: no other message begins like this. */
const INDENT = 2;

/**
 * A line for a terminal that breaks it where it is full: blanks fill each row up, so that this is between words. It stays
 * one line, and can be pasted as one. @param width columns of the terminal; undefined for a line as it is
 */
export function keepWords(line: string, width: number | undefined): string {
  if (width === undefined || Bun.stringWidth(line) <= width) return line;
  const rows = wrapLine(line, width - INDENT).map((row, index) => ' '.repeat(index === 0 ? 0 : INDENT) + row);
  const fill = (row: string) => pad(row, Math.ceil(Bun.stringWidth(row) / width) * width);
  return [...rows.slice(0, -1).map(fill), rows.at(-1) ?? ''].join('');
}

/** Each line by itself. */
export function keepWordsOfLines(text: string, width: number | undefined): string {
  return text
    .split('\n')
    .map((line) => keepWords(line, width))
    .join('\n');
}
