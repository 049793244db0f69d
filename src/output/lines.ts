// The text of a cell as lines, and how many places they need.

import { stripControls } from '../terminal/sanitize.ts';
import { type Lines, listWords } from '../terminal/wrap.ts';
import type { Page } from './page.ts';

/** A terminal gets no control characters. A tab would be as wide as its place says, so it is four blanks everywhere. */
export function splitLines(text: string, { isTerminal }: Pick<Page, 'isTerminal'>): Lines {
  // Most are one line as they are; to find that out takes a quarter of the time.
  if (!/[\x00-\x1f\x7f-\uffff]/.test(text)) return [text];
  return (isTerminal ? stripControls(text) : text).replaceAll('\t', '    ').split(/\r\n?|\n/);
}

/** A column of text that is narrower is hard to read. */
export const READABLE = 20;

/** Places that a line needs: for its longest word, and to be read with ease. */
export function measureNeed(line: string): number {
  const places = Bun.stringWidth(line);
  if (places <= READABLE) return places;
  let longest = READABLE;
  for (const { text } of listWords(line)) longest = Math.max(longest, Bun.stringWidth(text));
  return longest;
}
