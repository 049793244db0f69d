// One line more: chained to the line before, and on the disk before anybody goes on. For whoever holds the journal's lock, in
// a directory that trustedDirectory gave.

import { closeSync, constants, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { removeIfPossible } from '../files/replace.ts';
import type { World } from '../world.ts';
import { type End, findEnd, type Warn } from './end.ts';
import { readHead, writeHead } from './head.ts';
import { type Entry, encodeLine } from './line.ts';
import { HEAD, LOCKED, listFiles, nameFile } from './names.ts';
import { openOwn } from './own-file.ts';

/** Whole, or not there at all. @throws UntrustedPath; the system's error otherwise */
export function appendLine(directory: string, entry: Entry, world: World, warn: Warn): void {
  const at = world.now();
  atEnd(directory, at, world, warn, ({ file, size }, end) => {
    const opening = end.isOpen ? undefined : encodeLine(toOpening(entry, end.previous), end.head, at);
    const line = encodeLine(entry, opening?.head ?? end.head, at);
    writeWhole(file, size, (opening?.text ?? '') + line.text);
    writeHead(directory, line.head, world.userId);
  });
}

/** Whether a line could be written. @throws as `appendLine` would */
export function tryLine(directory: string, world: World, warn: Warn): void {
  atEnd(directory, world.now(), world, warn, ({ size }) => {
    // One that is missing shall be missed.
    if (readHead(directory) !== 'missing') closeSync(openOwn(join(directory, HEAD), world.userId).file);
    writeTrial(directory, size);
  });
}

type Opened = { readonly file: number; readonly size: number };

function atEnd(
  directory: string,
  at: number,
  { userId }: World,
  warn: Warn,
  work: (opened: Opened, end: End) => void,
): void {
  const { files } = listFiles(directory);
  const newest = files.at(-1) ?? '';
  // A clock that was set back opens no file before the newest one.
  const name = [nameFile(at), newest].sort().at(-1) ?? newest;
  const end = findEnd(directory, files, name, userId, warn);
  const opened = openOwn(join(directory, name), userId, true);
  try {
    work(opened, end);
  } finally {
    closeSync(opened.file);
  }
}

function toOpening({ operator, os_user, host }: Entry, previous: string | undefined): Entry {
  return { event: 'file.open', previous, operator, os_user, host };
}

function writeWhole(file: number, size: number, text: string): void {
  const bytes = Buffer.from(text);
  try {
    // In one call: whoever is killed before or after it leaves a whole line or none.
    if (writeSync(file, bytes) < bytes.length) throw withoutRoom();
    fdatasyncSync(file);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}

function withoutRoom(): Error {
  return Object.assign(new Error('It does not fit'), { code: 'ENOSPC' });
}

/** Longer than a line. */
const TRIAL = 16 * 1024;

/** @param size of the file that would grow: there may be a limit for the length of files */
export function writeTrial(directory: string, size: number): void {
  const path = join(directory, `${LOCKED}.trial`);
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
  try {
    if (writeSync(file, Buffer.alloc(TRIAL), 0, TRIAL, size) < TRIAL) throw withoutRoom();
  } finally {
    closeSync(file);
    // Where no lock is to be had, another process may have removed it.
    removeIfPossible(path);
  }
}
