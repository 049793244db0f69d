// A file that is made only where nothing is yet: whole, for its owner alone, and without leftovers.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFile } from '../../src/files/replace.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kscli-create-'));
  path = join(directory, 'new');
});
afterEach(() => rmSync(directory, { recursive: true }));

const bytes = (text: string) => Buffer.from(text);

test('mode 0600 whatever the umask, and nothing else in the directory', () => {
  createFile(path, bytes('first'));
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777, readdirSync(directory)]).toEqual([
    'first',
    0o600,
    ['new'],
  ]);
});

test('what is there stays: a file, a directory, a link that leads nowhere', () => {
  createFile(path, bytes('first'));
  mkdirSync(join(directory, 'directory'));
  symlinkSync('nowhere', join(directory, 'link'));
  for (const name of ['new', 'directory', 'link']) {
    expect(() => createFile(join(directory, name), bytes('second'))).toThrow('EEXIST');
  }
  expect([readFileSync(path, 'utf8'), readdirSync(directory).sort()]).toEqual(['first', ['directory', 'link', 'new']]);
});

test('a directory that is not there is not made', () => {
  expect(() => createFile(join(directory, 'nowhere/new'), bytes('first'))).toThrow('ENOENT');
  expect(readdirSync(directory)).toEqual([]);
});
