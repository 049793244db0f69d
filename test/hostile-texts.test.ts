// Texts of one character over and over, as a server could send them: whatever looks at them takes no longer than they are long.

import { expect, test } from 'bun:test';
import { parseTime } from '../src/auth/time.ts';
import { dataOf, failureOf, isEmpty } from '../src/http/answer.ts';
import type { Answer } from '../src/http/request.ts';
import { pauseBeforeRetry } from '../src/http/retry.ts';
import { parseJson } from '../src/json/parse.ts';
import { formatYaml } from '../src/output/yaml.ts';
import { createRedactor } from '../src/terminal/redact.ts';
import { firstLine, joinLines, stripControls } from '../src/terminal/sanitize.ts';
import { processorTime } from './processor-time.ts';

const LENGTH = 200_000;
/** Each takes milliseconds; if it took the square of them, it would be minutes. */
const LIMIT_MS = 2000;

const UNITS = [
  ...[' ', '\t', '\n', '\r\n', '\u2028', '0', '9', '1.', '-', '1e', 'a', 'a ', 'A-', '.', 'eyJ', 'eyJ.', '=', '/'],
  ...['"', '" ', '\\', '\\"', '\\u', '%', '%2', '%25', '&', '&amp;', '&#x', ',', ':', '[', '{', '[]', ', ', '[ 1'],
  ...['\x1b', '\x1b[', '\x1b]', '\x1b[0', '\x1b[ ', '\0', '\ud800', 'é', '👩‍👩‍👧'],
];
const BEGINNINGS = ['', '"', '[', '{"a":', '\x1b[', '\x1b]', 'eyJ', 'x', '2026-02-23T11:00:00.'];

const { conceal, redact } = createRedactor();
conceal('test-admin-key-0123456789');

function answer(text: string): Answer {
  return { status: 500, headers: new Headers(), body: Buffer.from(text) };
}

function busy(text: string): Answer {
  // A header holds no such characters.
  const value = text.replace(/[^\t\x20-\x7e]/g, '');
  return { status: 503, headers: new Headers({ 'retry-after': value, date: value }), body: new Uint8Array() };
}

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseJson: (text) => attempt(() => parseJson(text)),
  dataOf: (text) => attempt(() => dataOf(answer(text))),
  failureOf: (text) => failureOf(answer(text)),
  'failureOf of its detail': (text) => failureOf(answer(JSON.stringify({ detail: [{ loc: [text], msg: text }] }))),
  isEmpty: (text) => isEmpty(answer(text)),
  stripControls,
  joinLines,
  firstLine,
  // The log cuts before it redacts.
  redact: (text) => redact(text.slice(0, 64 * 1024)),
  formatYaml: (text) => formatYaml({ [text]: text }),
  parseTime,
  pauseBeforeRetry: (text) => pauseBeforeRetry(busy(text), 1),
};

test.each(Object.entries(READERS))('%s', (_name, read) => {
  const slow: string[] = [];
  for (const unit of UNITS) {
    for (const beginning of BEGINNINGS) {
      const text = beginning + unit.repeat(LENGTH / unit.length);
      const started = processorTime();
      read(text);
      if (processorTime() - started > LIMIT_MS) slow.push(JSON.stringify([beginning, unit]));
    }
  }
  expect(slow).toEqual([]);
});

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}
