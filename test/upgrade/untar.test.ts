// One file out of a tar archive, however it is cut up and whatever else is in it.

import { expect, test } from 'bun:test';
import { type Entry, writeTar } from '../../src/archive/tar.ts';
import { readFileIn } from '../../src/archive/untar.ts';

const BLOCK = 512;
const WANTED = 'top/kscli';
const bytes = (text: string) => Buffer.from(text);
const file = (path: string, text: string): Entry => ({ path, mode: 0o755, bytes: bytes(text) });

async function* cut(archive: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < archive.length; at += size) yield archive.subarray(at, at + size);
}

async function read(archive: Uint8Array, path = WANTED, size = archive.length): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readFileIn(cut(archive, size), path)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** Another kind of entry, or another number, under a right checksum. */
function change(archive: Uint8Array, at: number, text: string): Buffer {
  const changed = Buffer.from(archive);
  changed.write(text, at, 'latin1');
  const start = Math.floor(at / BLOCK) * BLOCK;
  changed.write(' '.repeat(8), start + 148);
  const sum = changed.subarray(start, start + BLOCK).reduce((total, byte) => total + byte, 0);
  changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, start + 148);
  return changed;
}

test.each([1, 7, 511, 512, 513, 100_000])('in pieces of %d bytes', async (size) => {
  const long = 'k'.repeat(1500);
  const archive = writeTar(
    [{ path: 'top', mode: 0o755 }, file('top/a', 'a'), file(WANTED, long), file('top/z', 'z')],
    0,
  );
  expect(await read(archive, WANTED, size)).toBe(long);
  expect(await read(archive, 'top/z', size)).toBe('z');
  expect(await read(archive, 'top', size)).toBe('');
});

test('the first of two, and nothing by a name that only leads there', async () => {
  expect(await read(writeTar([file(WANTED, 'first'), file(WANTED, 'second')], 0))).toBe('first');
  const names = ['../top/kscli', '/top/kscli', './top/kscli', 'top//kscli', 'top/../top/kscli', 'top/kscli/x', 'kscli'];
  expect(
    await read(
      writeTar(
        names.map((name) => file(name, name)),
        0,
      ),
    ),
  ).toBe('');
});

test('a long name is in two parts', async () => {
  const archive = change(writeTar([file('kscli', 'here')], 0), 345, 'top');
  expect(await read(archive)).toBe('here');
});

test.each([...'123456xgLK'])('no file, though it has its name: an entry of type %s', async (type) => {
  expect(await read(change(writeTar([file(WANTED, 'no')], 0), 156, type))).toBe('');
  expect(await read(change(writeTar([file('x', 'y'), file(WANTED, 'yes')], 0), 156, type))).toBe('yes');
});

test('what is no archive', async () => {
  const archive = writeTar([file('x', 'y'), file(WANTED, 'yes')], 0);
  const cases: [Uint8Array, string][] = [
    [bytes(''), 'the archive ends too soon'],
    [archive.subarray(0, 700), 'the archive ends too soon'],
    [archive.subarray(0, 2 * BLOCK), 'the archive ends too soon'],
    [bytes('garbage'.repeat(100)), 'a number of the archive is none'],
    [Buffer.concat([archive.subarray(0, 1), archive]), 'a number of the archive is none'],
    [change(archive, 124, '\x80'), 'a number of the archive is none'],
    [change(archive, 124, '-0000000001'), 'a number of the archive is none'],
    [archive.map((byte, at) => (at === 0 ? 0x7a : byte)), 'a checksum of the archive is wrong'],
  ];
  for (const [broken, why] of cases) expect(read(broken)).rejects.toThrow(why);
});
