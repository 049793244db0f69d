// The tokens of a command line are those of node:util's parseArgs, whatever is typed.

import { expect, test } from 'bun:test';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { tokenize } from '../../src/argv/tokens.ts';

const OPTIONS = {
  format: { type: 'string', short: 'f' },
  'no-header': { type: 'boolean', short: 'H' },
  name: { type: 'string' },
  x: { type: 'string' },
  a: { type: 'boolean' },
} as const;

const PIECES = ['-', '--', 'f', 'H', 'x', 'a', 'name', 'format', '=', ' ', '1', 'no-', 'ä', 'toString', '__proto__'];
const word = fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join(''));

test('a command line has the tokens that node:util finds in it', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      const { tokens } = parseArgs({ args: argv, options: OPTIONS, strict: false, tokens: true });
      // Whether a value stood in the same word is asked nowhere.
      const expected: object[] = tokens.map((token) => ({ ...token, inlineValue: undefined }));
      expect<object[]>(tokenize(argv, OPTIONS)).toEqual(expected);
    }),
    { numRuns: 20_000 },
  );
});
