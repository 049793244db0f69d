// JSON is read and printed as JSON.parse does, whatever it holds.

import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { formatJson } from '../../src/json/format.ts';
import { JsonSyntaxError, parseJson } from '../../src/json/parse.ts';
import { anyJson } from '../any-json.ts';

const RUNS = { numRuns: 300 };

test('json is read as JSON.parse reads it, and printed back to the same value', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const text = JSON.stringify(value);
      expect(JSON.parse(formatJson(parseJson(text)))).toEqual(JSON.parse(text));
    }),
    RUNS,
  );
});

test('a text is JSON exactly when JSON.parse says so', () => {
  const nearJson = fc.oneof(
    fc.string(),
    fc.tuple(anyJson, fc.nat(), fc.string({ maxLength: 2 })).map(([value, at, noise]) => {
      const text = JSON.stringify(value);
      const place = at % (text.length + 1);
      return text.slice(0, place) + noise + text.slice(place);
    }),
  );
  fc.assert(
    fc.property(nearJson, (text) => {
      expect(isAccepted(() => parseJson(text))).toBe(isAccepted(() => JSON.parse(text)));
    }),
    { numRuns: 1000 },
  );
});

function isAccepted(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof JsonSyntaxError)) throw error;
    return false;
  }
}
