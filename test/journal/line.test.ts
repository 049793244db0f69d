// A line as bytes: whatever it says, its hash is that of its bytes, and no other bytes pass for it.

import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { BEGINNING, type Entry, encodeLine, readFrame } from '../../src/journal/line.ts';
import { sha256 } from './chain.ts';

const ENTRY = fc.record(
  {
    event: fc.constantFrom('request', 'refused', 'token.printed') as fc.Arbitrary<Entry['event']>,
    operator: fc.string({ unit: 'binary' }),
    reason: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(',"hash":"0"}'), fc.constant('\ud800')),
    flags: fc.array(fc.string()),
    status: fc.nat(),
  },
  { requiredKeys: ['event'] },
);

test('any text gives a line whose hash sed and sha256sum would find, and whose values come back', () => {
  fc.assert(
    fc.property(ENTRY, fc.nat(), (entry, seq) => {
      const { text, head } = encodeLine(entry, { ...BEGINNING, seq }, 0);
      const line = text.slice(0, -1);
      expect(line).not.toContain('\n');
      expect(head.hash).toBe(sha256(line.replace(/,"hash":"[0-9a-f]*"}$/, '}')));
      expect(JSON.parse(line)).toMatchObject(JSON.parse(JSON.stringify({ ...entry, seq: seq + 1 })));
      expect(readFrame(Buffer.from(line))).toMatchObject({ ...head, prev: BEGINNING.hash, event: entry.event });
    }),
  );
});

test('a line of which any byte is another is none', () => {
  fc.assert(
    fc.property(ENTRY, fc.nat(), fc.integer({ min: 1, max: 255 }), (entry, at, difference) => {
      const bytes = Buffer.from(encodeLine(entry, BEGINNING, 0).text.slice(0, -1));
      const place = at % bytes.length;
      bytes[place] = (bytes[place] ?? 0) ^ difference;
      expect(readFrame(bytes)).toBeUndefined();
    }),
  );
});

test('any bytes are looked at without harm', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(readFrame(Buffer.from(bytes))).toBeUndefined();
    }),
  );
});
