// Server-sent events by the rules of the HTML standard, however the bytes of a stream are cut.

import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { createEventReader, type ServerEvent } from '../../src/http/events.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** `event id data`, each event, with its own id marked. */
function describe(events: readonly ServerEvent[]): string[] {
  return events.map(({ event, id, data, hasOwnId }) => `${event} ${id}${hasOwnId ? '!' : ''} ${JSON.stringify(data)}`);
}

function readAll(bytes: Uint8Array, size = bytes.length): ServerEvent[] {
  const reader = createEventReader();
  const events: ServerEvent[] = [];
  for (let at = 0; at < bytes.length; at += size) events.push(...reader.read(bytes.subarray(at, at + size)));
  return events;
}

const CASES: readonly [what: string, text: string, events: string[]][] = [
  ['one line of data', 'data: a\n\n', ['message  "a"']],
  ['lines of data are joined', 'data: a\ndata: b\ndata:\n\n', ['message  "a\\nb\\n"']],
  ['one blank behind the colon is dropped', 'data:a\n\ndata:  b\n\n', ['message  "a"', 'message  " b"']],
  ['a type counts for one event', 'event: x\ndata: a\n\ndata: b\n\n', ['x  "a"', 'message  "b"']],
  ['an id stays', 'id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n', ['message 1! "a"', 'message 1 "b"', 'message  "c"']],
  ['an id with NUL is none', 'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n', ['message 1! "a"', 'message 1 "b"']],
  ['comments say nothing', ': hello\n:\n: data: a\n\ndata: b\n\n', ['message  "b"']],
  ['without data there is no event', 'event: x\nid: 7\n\ndata: a\n\n', ['message 7 "a"']],
  ['empty data is data', 'data\n\ndata:\n\n', ['message  ""', 'message  ""']],
  ['unknown fields say nothing', 'foo: bar\ndatax: a\n data: b\ndata: c\n\n', ['message  "c"']],
  [
    'CRLF, CR and LF end a line',
    'data: a\r\ndata: b\r\n\r\ndata: c\r\rdata: d\n\n',
    ['message  "a\\nb"', 'message  "c"', 'message  "d"'],
  ],
  ['a mark in front is dropped', '\ufeffdata: a\n\n', ['message  "a"']],
  ['what the end cuts off is no event', 'data: a\n\ndata: b\n', ['message  "a"']],
  ['characters of several bytes', 'data: é € 😀\n\n', ['message  "é € 😀"']],
];

test.each(CASES)('%s', (_what, text, events) => {
  const bytes = encode(text);
  expect(describe(readAll(bytes))).toEqual(events);
  for (let size = 1; size < Math.min(bytes.length, 12); size++) expect(describe(readAll(bytes, size))).toEqual(events);
});

test('cut anywhere, a stream says the same', () => {
  const line = fc.constantFrom(
    'data: x',
    'data',
    'id: 1',
    'id',
    'event: e',
    ': c',
    'retry: 5',
    'data: é😀',
    '',
    '',
    'no',
  );
  const end = fc.constantFrom('\n', '\r', '\r\n');
  const streams = fc.array(fc.tuple(line, end), { maxLength: 30 });
  fc.assert(
    fc.property(streams, fc.array(fc.nat(200), { maxLength: 10 }), (lines, cuts) => {
      const bytes = encode(lines.flat().join(''));
      const reader = createEventReader();
      const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
      const events = places.slice(1).flatMap((place, index) => reader.read(bytes.subarray(places[index], place)));
      expect(events).toEqual(readAll(bytes));
    }),
  );
});

test('the pause before the stream is opened again is in digits alone, and has a limit', () => {
  const reader = createEventReader();
  expect(reader.pause()).toBeUndefined();
  reader.read(encode('retry: 1500\nretry: 5s\nretry: -1\nretry:\n'));
  expect(reader.pause()).toBe(1500);
  reader.read(encode('retry: 0\n'));
  expect(reader.pause()).toBe(100);
  reader.read(encode('retry: 99999999999999999999\n'));
  expect(reader.pause()).toBe(60_000);
});

test('a long event comes whole, in pieces of any size', () => {
  const data = 'x'.repeat(4 * 1024 * 1024);
  const [event] = readAll(encode(`data: ${data}\ndata: ${data}\n\n`), 64 * 1024);
  expect(event?.data.length).toBe(2 * data.length + 1);
});

test.each(['data: x', `data: ${'x'.repeat(100)}\n`])('an event without an end has one: %j over and over', (text) => {
  const reader = createEventReader();
  const piece = encode(text.repeat(Math.ceil((1024 * 1024) / text.length)));
  const fill = () => {
    for (let count = 0; count < 100; count++) reader.read(piece);
  };
  expect(fill).toThrow('An event of the stream is longer than 32 MiB');
});
