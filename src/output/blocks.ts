// Records that are too wide for a table: one a block, a line or more for each of their keys.

import { type Lines, pad, wrap } from '../terminal/wrap.ts';
import { measureNeed } from './lines.ts';

/** A key and its value. */
export type Entry = readonly [key: string, value: Lines];

type Sizes = {
  /** Of the terminal. */
  readonly width: number;
  /** Of the keys that values stand beside. */
  readonly keyWidth: number;
  /** By the entry's place in a record: the value does not fit beside its key, and stands below. */
  readonly isBelow: readonly boolean[];
};

const GAP = 2;

/** Each under a line with its number. */
export function formatBlocks(records: readonly (readonly Entry[])[], width: number): string {
  const sizes = measure(records, width);
  return records.map((record, index) => drawRule(index + 1, width) + drawEntries(record, sizes)).join('');
}

/** The one record that an object is. */
export function formatBlock(record: readonly Entry[], width: number): string {
  return drawEntries(record, measure([record], width));
}

/** In all records alike, so that the eye finds a key where it was before. */
function measure(records: readonly (readonly Entry[])[], width: number): Sizes {
  const most = Math.floor(width / 2);
  const widths = (records[0] ?? []).map(([key]) => Bun.stringWidth(key));
  const keyWidth = widths.reduce((widest, one) => (one > most ? widest : Math.max(widest, one)), 0);
  const isBelow = widths.map((one) => one > most);
  for (const record of records) {
    for (const [index, [, value]] of record.entries()) {
      isBelow[index] ||= value.some((line) => measureNeed(line) > width - keyWidth - GAP);
    }
  }
  return { width, keyWidth, isBelow };
}

function drawRule(number: number, width: number): string {
  const start = `── ${number} `;
  return `${start}${'─'.repeat(Math.max(0, width - start.length))}\n`;
}

function drawEntries(record: readonly Entry[], { width, keyWidth, isBelow }: Sizes): string {
  const lines: string[] = [];
  for (const [index, [key, value]] of record.entries()) {
    const margin = isBelow[index] ? GAP : keyWidth + GAP;
    const [first = '', ...others] = wrap(value, width - margin);
    if (isBelow[index]) lines.push(key, ' '.repeat(margin) + first);
    else lines.push(pad(key, margin) + first);
    for (const line of others) lines.push(line === '' ? '' : ' '.repeat(margin) + line);
  }
  return lines.map((line) => `${line}\n`).join('');
}
