// What a line may hold, and what of it is shown.

import { expect, test } from 'bun:test';
import { createLog } from '../../src/terminal/log.ts';
import { createRedactor } from '../../src/terminal/redact.ts';
import type { World } from '../../src/world.ts';

const KEY = 'sk-canary-0123456789';

function present(line: string): string {
  const redactor = createRedactor();
  redactor.conceal(KEY);
  const stderr = { isTerminal: false, columns: undefined, write: async () => undefined };
  return createLog({ stderr, env: {} } as unknown as World, redactor).present(line);
}

test.each([
  ['as it is', `a ${KEY} b`],
  ['with control characters in it', `a ${KEY.slice(0, 5)}\x00${KEY.slice(5, 9)}\x1b[0m${KEY.slice(9)} b`],
  ['between sequences', `a \x1b[0m${KEY}\x1b[0m b`],
])('a secret %s is redacted', (_name, line) => {
  expect(present(line)).toBe('a [redacted] b');
});

test('the beginning of a secret at the end of what is looked at is not shown', () => {
  const token = 'eyJ'.padEnd(64 * 1024 - 10, 'a');
  expect(present(`${token} ${KEY}`)).not.toContain('sk-');
  expect(present(`${token.slice(10)}!${KEY}`)).not.toContain('sk-');
});

test('a line stays a line, and ends before the word that goes too far', () => {
  expect(present('a\r\nb\u2028c')).toBe('a b c');
  expect(present('word '.repeat(300))).toBe(`${'word '.repeat(199)}word…`);
});

test.each([
  [
    'at a terminal a message never begins in the middle of a line of the output',
    true,
    '\nWarning: a\nWarning: b\n\nWarning: c\n',
  ],
  ['elsewhere it is a line of its own anyway', false, 'Warning: a\nWarning: b\nWarning: c\n'],
])('%s', async (_, isTerminal, expected) => {
  let stderr = '';
  const write = async (text: string) => {
    stderr += text;
  };
  const world = { stdout: { isTerminal: true }, stderr: { isTerminal, columns: 80, write }, env: { NO_COLOR: '1' } };
  const log = createLog(world as unknown as World, createRedactor());
  log.follow('The answer ');
  log.follow('');
  await log.warn('a');
  await log.warn('b');
  log.follow('is 42.\n');
  log.follow(new TextEncoder().encode('Or 43.'));
  await log.warn('c');
  expect(stderr).toBe(expected);
});
