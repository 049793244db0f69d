// How far a word may be from the one that was meant.

import { expect, test } from 'bun:test';
import { askIfMeant, nearest } from '../../src/schema/suggest.ts';

const COMMANDS = ['folders', 'documents', 'tags', 'threads', 'thread-messages', 'whoami', 'logout', 'api'];

test.each([
  ['folders', 'folders'],
  ['FOLDERS', 'folders'],
  ['folder', 'folders'],
  ['fodlers', 'folders'],
  ['foldres', 'folders'],
  ['flders', 'folders'],
  ['folderss', 'folders'],
  ['fxlxers', 'folders'],
  ['fxlxexs', 'folders'],
  ['whoam', 'whoami'],
  ['tag', 'tags'],
  ['ap', 'api'],
  ['aip', 'api'],
  ['doc', 'documents'],
  ['docu', 'documents'],
  ['thread', 'threads'],
  ['thread-me', 'thread-messages'],
  ['documnetz', 'documents'],
])('%s is near to %s', (word, expected) => {
  expect(nearest(word, COMMANDS)).toBe(expected);
});

test.each([
  '',
  'x',
  'do',
  'tga',
  'zzz',
  'fxlxxxs',
  'users',
  'login',
  'toString',
  '__proto__',
  'folders folders',
  'f'.repeat(100_000),
])('%s is near to nothing', (word) => {
  expect(nearest(word, COMMANDS)).toBeUndefined();
});

test('of several the nearest, and of those the first', () => {
  expect(nearest('tabs', ['tubs', 'tags', 'tab'])).toBe('tubs');
  expect(nearest('tagz', ['tabby', 'tag', 'tags'])).toBe('tag');
  expect(nearest('anything', [])).toBeUndefined();
});

test.each([
  [[], []],
  [[undefined], []],
  [['a'], ['Did you mean a?']],
  [['a', undefined, 'b'], ['Did you mean a or b?']],
])('the question for %p', (candidates, lines) => {
  expect(askIfMeant(candidates)).toEqual(lines);
});
