// The answer among the newest messages of a thread: newer than all that was there before the question.

import { expect, test } from 'bun:test';
import type { JsonObject } from '../../src/json/value.ts';
import { findAnswer, readBefore } from '../../src/threads/answer.ts';

const message = (id: string, role: string, text: string, more: JsonObject = {}): JsonObject => ({
  id,
  role,
  content: { text },
  ...more,
});

const old = [message('m2', 'ASSISTANT', 'old', { sequence: 2 }), message('m1', 'USER', 'Why?', { sequence: 1 })];

test('an answer that was there before is none', () => {
  expect(findAnswer(old, 'Why?', readBefore(old))).toBeUndefined();
  const asked = [message('m3', 'USER', 'Why?', { sequence: 3 }), ...old];
  expect(findAnswer(asked, 'Why?', readBefore(old))).toBeUndefined();
});

test('it is the newest behind the question', () => {
  const rows = [
    message('m5', 'ASSISTANT', 'second', { sequence: 5 }),
    message('m4', 'ASSISTANT', 'first', { sequence: 4 }),
    message('m3', 'USER', 'Why?', { sequence: 3 }),
    ...old,
  ];
  expect(findAnswer(rows, 'Why?', readBefore(old))).toEqual({ id: 'm5', text: 'second', isError: false });
});

test('an answer to a question that somebody else asked before is none', () => {
  const rows = [
    message('m5', 'USER', 'Why?', { sequence: 5 }),
    message('m4', 'ASSISTANT', 'to another', { sequence: 4 }),
    message('m3', 'USER', 'How?', { sequence: 3 }),
    ...old,
  ];
  expect(findAnswer(rows, 'Why?', readBefore(old))).toBeUndefined();
});

test('without numbers the time counts, without both what was not there', () => {
  const at = (time: string) => ({ created_at: `2026-01-01T00:00:0${time}Z` });
  const before = readBefore([message('m2', 'ASSISTANT', 'old', at('2'))]);
  expect(findAnswer([message('m9', 'ASSISTANT', 'older', at('1'))], 'Why?', before)).toBeUndefined();
  expect(findAnswer([message('m9', 'ASSISTANT', 'newer', at('3'))], 'Why?', before)?.text).toBe('newer');
  const nothing = readBefore([message('m2', 'ASSISTANT', 'old')]);
  expect(findAnswer([message('m3', 'ASSISTANT', 'new'), message('m2', 'ASSISTANT', 'old')], 'Why?', nothing)?.id).toBe(
    'm3',
  );
});

test('odd messages harm nobody', () => {
  const rows = [
    null,
    5,
    {},
    { role: 'ASSISTANT' },
    { id: 'm3', role: 'ASSISTANT', content: 'text', sequence: 9 },
  ] as never;
  expect(findAnswer(rows, 'Why?', readBefore(old))).toEqual({ id: '', text: '', isError: false });
  expect(
    findAnswer([message('m3', 'ASSISTANT', '', { sequence: 3, content: { is_error: true } })], '', readBefore([])),
  ).toEqual({
    id: 'm3',
    text: '',
    isError: true,
  });
});
