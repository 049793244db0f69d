// A file as something to upload, looked at before anything is sent. What comes through a pipe is held in memory.

import { accessSync, constants, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import type { World } from '../world.ts';
import type { Digest } from './digest.ts';
import { locate } from './locate.ts';
import { readContent } from './read.ts';

export type Upload = {
  /** Absolute. */
  readonly path: string;
  /** Bytes */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** All of it, where it has come already. */
  readonly content?: Uint8Array<ArrayBuffer>;
  /** As the server sees it. */
  readonly name: string;
  readonly type: string;
  /** Told how many bytes have been handed over so far. */
  readonly onProgress?: (sent: number) => void;
  /** Told of all that is read, from the first byte on at each attempt. */
  readonly digest?: Digest;
};

const UNKNOWN_TYPE = 'application/octet-stream';
const LARGEST_PIPE_MIB = 256;
const PIPE_ADVICE =
  'The server is told the length first, so what comes through a pipe is held in memory. Write it to a file, and name that.';

/** @param path absolute @param subject begins the sentence that refuses it @throws Failure 'usage' for what is no readable file */
export function lookAtUpload(path: string, subject: string, name = basename(path)): Upload {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Failure('usage', `${subject} is no file`);
    accessSync(path, constants.R_OK);
    return { path, name, size: stats.size, modified: stats.mtimeMs, type: guessType(path, name) };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('usage', `${subject} cannot be read: ${describeCause(cause)}`, { cause });
  }
}

/** @property name for the server, in place of the file's own @property flag that would give one */
type Naming = { readonly name?: unknown; readonly flag?: string };

/**
 * A file, or a pipe: `-`, `/dev/stdin`, `<(…)`.
 * @param source the flag that names it @throws Failure 'usage', also for a pipe that nobody gave a name
 */
export async function takeUpload(
  source: string,
  typed: string,
  { name: given, flag }: Naming,
  world: Pick<World, 'stdin' | 'home'>,
): Promise<Upload> {
  const name = typeof given === 'string' ? given : undefined;
  const path = locate(typed, world.home);
  if (typed !== '-' && !isPipe(path)) return lookAtUpload(path, `${source} names ${typed}, which`, name);
  if (name === undefined)
    throw new Failure('usage', `${source}: '${typed}' is a pipe and has no name. ${adviseName(flag)}`);
  const content = await readContent(source, typed, LARGEST_PIPE_MIB, world, PIPE_ADVICE);
  return { path, name, content, size: content.length, modified: 0, type: guessType(name, name) };
}

function adviseName(flag: string | undefined): string {
  return flag === undefined ? 'Write it to a file, and name that' : `Give the document one with --${flag}`;
}

/** `/dev/stdin` may lead to a file, but not to the name of one. */
function isPipe(path: string): boolean {
  if (/^\/(dev|proc\/self)\/(stdin|fd\/\d+)$/.test(path)) return true;
  try {
    const stats = statSync(path);
    return stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice();
  } catch {
    // Whoever opens it tells why.
    return false;
  }
}

/** Of the contents, whatever the document is to be called; by its name where the file's own says nothing. */
function guessType(path: string, name: string): string {
  const { type } = Bun.file(resolve(path));
  return type === UNKNOWN_TYPE ? Bun.file(resolve(name)).type : type;
}
