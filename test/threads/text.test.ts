// The text of an answer: what is surely that is printed as it comes, and the text that the thread keeps has the last word.

import { expect, test } from 'bun:test';
import { createAnswerText } from '../../src/threads/text.ts';

const event = (data: unknown, name = 'message') => ({
  event: name,
  data: typeof data === 'string' ? data : JSON.stringify(data),
  id: '',
  hasOwnId: false,
});

const SURE: readonly [what: string, data: unknown, name: string][] = [
  ['a delta', { delta: 'a' }, 'message'],
  ['a delta with a text', { delta: { text: 'a' } }, 'content_block_delta'],
  ['a token', { token: 'a' }, 'token'],
  ['a piece by its type', { type: 'text_delta', text: 'a' }, 'message'],
  ['a chunk of content', { type: 'chunk', content: 'a' }, 'message'],
  ['all so far', { content: { text: 'a' } }, 'message'],
  ['a message', { message: { content: { text: 'a' } } }, 'message'],
];

test.each(SURE)('%s is text', (_what, data, name) => {
  expect(createAnswerText().take(event(data, name), true)).toBe('a');
});

const UNSURE: readonly [what: string, data: unknown, name: string][] = [
  ['plain text', 'a', 'message'],
  ['a number', '5', 'message'],
  ['broken JSON', '{"delta": "a', 'message'],
  ['a bare text', { text: 'a' }, 'message'],
  ['a thought', { type: 'reasoning_delta', delta: 'a' }, 'message'],
  ['a step', { delta: 'a' }, 'step'],
  ['a call of a tool', { kind: 'tool_call', delta: 'a' }, 'message'],
  ['the question', { role: 'USER', content: { text: 'a' } }, 'message'],
  ['a title', { type: 'title_delta', delta: 'a' }, 'message'],
  ['an error', { delta: 'a' }, 'error'],
  ['a delta that is a list', { delta: ['a'] }, 'message'],
];

test.each(UNSURE)('%s is not surely text', (_what, data, name) => {
  expect(createAnswerText().take(event(data, name), true)).toBe('');
});

test('a text that grows is printed by what is new', () => {
  const text = createAnswerText();
  const shown = ['a', 'ab', 'ab', 'abc'].map((soFar) => text.take(event({ content: { text: soFar } }), true));
  expect(shown).toEqual(['a', 'b', '', 'c']);
  expect(text.finish('abcd')).toEqual({ rest: 'd', isOther: false });
});

test('once events were lost nothing is sure any more, and the rest comes at the end', () => {
  const text = createAnswerText();
  expect(text.take(event({ delta: 'a' }), true)).toBe('a');
  expect(text.take(event({ delta: 'c' }), false)).toBe('');
  expect(text.take(event({ delta: 'd' }), true)).toBe('');
  expect(text.finish('abcd')).toEqual({ rest: 'bcd', isOther: false });
});

test('where the thread keeps another text, that one follows whole', () => {
  const text = createAnswerText();
  text.take(event({ delta: 'a' }), true);
  expect(text.finish('xyz')).toEqual({ rest: '\n\nxyz', isOther: true });
});
