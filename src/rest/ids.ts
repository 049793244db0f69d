// The ids that a command takes one or several of: typed, or from standard input, one a line. All are known, and good, before
// anything is sent.

import { Failure } from '../errors.ts';
import { readContent } from '../files/read.ts';
import { decode, formatComplaint } from '../schema/decode.ts';
import type { Field } from '../schema/fields.ts';
import type { World } from '../world.ts';
import { STDIN } from './given.ts';

const LARGEST_MIB = 64;

/** @param words as typed, decoded but for `-` @throws Failure 'usage' for a line that is no value of the field, with its number */
export async function readIds(words: readonly string[], field: Field, world: World): Promise<string[]> {
  const dashes = words.filter((word) => word === STDIN).length;
  if (dashes > 1) throw new Failure('usage', 'Standard input can be read only once: one - is enough');
  const lines = dashes === 0 ? [] : await readLines(field, world);
  return words.flatMap((word) => (word === STDIN ? lines : [word]));
}

async function readLines(field: Field, world: World): Promise<string[]> {
  const text = new TextDecoder().decode(await readContent('Standard input', STDIN, LARGEST_MIB, world));
  return text.split(/\r\n?|\n/).flatMap((line, at) => {
    const word = line.trim();
    if (word === '') return [];
    const decoded = decode(word, { ...field, takesLines: false });
    if ('value' in decoded) return [String(decoded.value)];
    throw new Failure('usage', formatComplaint(`Standard input, line ${at + 1}`, word, decoded), {
      lines: ['Nothing was sent. One id a line is expected, as --format id-only prints them.'],
    });
  });
}
