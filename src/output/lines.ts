// A text as lines: where it ends them itself, and where one may be broken on a terminal. That is between words and never
// within one, so that an id can be copied.

import { stripControls } from '../terminal/sanitize.ts';
import type { Page } from './page.ts';

/** The text of a cell, line by line. */
export type Lines = readonly string[];

/** A terminal gets no control characters. A tab would be as wide as its place says, so it is four blanks everywhere. */
export function splitLines(text: string, { isTerminal }: Pick<Page, 'isTerminal'>): Lines {
  return (isTerminal ? stripControls(text) : text).replaceAll('\t', '    ').split(/\r\n?|\n/);
}

/** Scripts that are written without blanks, and pictures: each of their characters is a word. */
const WIDE = /[\u1100-\u115f\u2190-\uffff]/;

/** A column of text that is narrower is hard to read. */
export const READABLE = 20;

type Word = { readonly text: string; readonly at: number };

function* listWords(line: string): Generator<Word> {
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

/** Places that a line needs: for its longest word, and to be read with ease. */
export function measureNeed(line: string): number {
  const places = Bun.stringWidth(line);
  if (places <= READABLE) return places;
  let longest = READABLE;
  for (const { text } of listWords(line)) longest = Math.max(longest, Bun.stringWidth(text));
  return longest;
}

/** Blanks up to so many places. */
export function pad(line: string, places: number): string {
  return line + ' '.repeat(Math.max(0, places - Bun.stringWidth(line)));
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
