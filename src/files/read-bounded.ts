// The whole of a small file that a setting names, up to a limit and within a time: it may be a pipe (`<(pass show …)`), and
// a pipe or a device may have no end.

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { World } from '../world.ts';
import { locate } from './locate.ts';

type Bounds = {
  /** Bytes. */
  readonly limit: number;
  /** Until a pipe must have ended. */
  readonly seconds: number;
};

/**
 * Not checked for its owner, unlike the credentials.
 * @throws an error with the system's code, EFBIG for a larger one, ETIMEDOUT for a pipe that has no end in time
 */
export async function readBounded(path: string, bounds: Bounds, world: World): Promise<Buffer> {
  const place = locate(path, world.home);
  const stats = statSync(place);
  if (stats.isFIFO()) return readPipe(place, bounds, world);
  if (stats.isDirectory()) throw coded('EISDIR');
  // Devices and sockets.
  if (!stats.isFile()) throw coded('ENOTSUP');
  return readFile(place, bounds);
}

/** The synchronous way is the quickest, and a file on a disk keeps nobody waiting. */
function readFile(place: string, { limit }: Bounds): Buffer {
  // Non-blocking: by now it could be a pipe.
  const file = openSync(place, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = fstatSync(file);
    if (size > limit) throw coded('EFBIG');
    // Files of the system itself have no size.
    const bytes = Buffer.alloc((size || limit) + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < bytes.length; length += count) {
      count = readSync(file, bytes, length, bytes.length - length, null);
    }
    if (length > limit) throw coded('EFBIG');
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** Ctrl-C works meanwhile. */
async function readPipe(place: string, { limit, seconds }: Bounds, { leaveBehind }: World): Promise<Buffer> {
  const reader = Bun.file(place).stream().getReader();
  const expired = Promise.withResolvers<never>();
  const signal = AbortSignal.timeout(seconds * 1000);
  const expire = () => expired.reject(coded('ETIMEDOUT'));
  signal.addEventListener('abort', expire);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { value, done } = await Promise.race([reader.read(), expired.promise]);
      if (done) return Buffer.concat(pieces, length);
      length += value.length;
      if (length > limit) throw coded('EFBIG');
      pieces.push(value);
    }
  } catch (error) {
    // What still waits for the other end of a pipe would keep the process.
    leaveBehind();
    throw error;
  } finally {
    signal.removeEventListener('abort', expire);
  }
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
