// The whole of a file, a pipe or standard input, for what is sent out of memory. Never without a limit: a pipe may have no end.

import { describeCause, Failure } from '../errors.ts';
import type { World } from '../world.ts';
import { locate } from './locate.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Not the synchronous way: Ctrl-C works while a pipe has nothing to read.
 * @param source the flag, which begins the sentence that refuses it @param path `-` for standard input @param limit MiB @param advice for what is larger
 * @throws Failure 'usage'
 */
export async function readContent(
  source: string,
  path: string,
  limit: number,
  { stdin, home }: Pick<World, 'stdin' | 'home'>,
  advice = '',
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of path === '-' ? stdin.pieces() : Bun.file(locate(path, home)).stream()) {
      length += piece.length;
      if (length > limit * MEBIBYTE)
        throw new Failure('usage', `${source}: '${path}' is larger than ${limit} MiB`, {
          lines: advice ? [advice] : [],
        });
      pieces.push(piece);
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('usage', `${source} names ${path}, which cannot be read: ${describeCause(cause)}`, { cause });
  }
  return Buffer.concat(pieces, length);
}
