// Files of lines in order: the same as sorting in memory, however little of them is held.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOwnFile, readLinesOf } from '../../src/files/own-file.ts';
import { createSortedLines } from '../../src/files/sorted-lines.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kscli-lines-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const KEYS = ['a', 'b', 'a\0b', 'a\tb', 'a\nb', 'é', 'Z', '', '\ud83d\ude00', '"', '\\', '0', '00'];

test.each([
  [1, 64],
  [1, 2],
  [64, 3],
  [1e6, 64],
])('with %d units held and %d files at once, it is as sorted in memory, with the last of each key', (held, fan) => {
  const path = join(directory, 'rows');
  const lines = createSortedLines(path, held, fan);
  const expected = new Map<string, string>();
  for (let count = 0; count < 200; count++) {
    const key = `${KEYS[(count * 7) % KEYS.length]}${(count * 31) % 5}`;
    lines.add(key, `{"count":${count},"text":"é\ud83d\ude00"}`);
    expected.set(key, `{"count":${count},"text":"é\ud83d\ude00"}`);
  }
  const sum = lines.end();
  const sorted = [...expected].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`);
  const bytes = readFileSync(path);
  expect(bytes.toString()).toBe(sorted.join(''));
  const sha256 = new Bun.CryptoHasher('sha256').update(bytes).digest('hex');
  expect(sum).toEqual({ rows: sorted.length, bytes: bytes.length, sha256 });
  expect(readdirSync(directory)).toEqual(['rows']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('no lines are an empty file', () => {
  expect(createSortedLines(join(directory, 'rows')).end()).toMatchObject({ rows: 0, bytes: 0 });
  expect(readFileSync(join(directory, 'rows'), 'utf8')).toBe('');
});

test('lines are read one by one, also where a piece ends within one, or within a character', () => {
  const path = join(directory, 'rows');
  const lines = ['', 'x'.repeat(65_535), 'é'.repeat(70_000), '', 'end'];
  writeFileSync(path, lines.join('\n'));
  expect([...readLinesOf(path)]).toEqual(lines);
  writeFileSync(path, `${lines.join('\n')}\n`);
  expect([...readLinesOf(path)]).toEqual(lines);
});

test('what is there already is never written to, nor what a link leads to', () => {
  const [path, link] = [join(directory, 'there'), join(directory, 'link')];
  writeFileSync(path, 'old');
  symlinkSync(join(directory, 'elsewhere'), link);
  for (const place of [path, link]) expect(() => createOwnFile(place)).toThrow('EEXIST');
  expect(readdirSync(directory).sort()).toEqual(['link', 'there']);
  expect(readFileSync(path, 'utf8')).toBe('old');
});
