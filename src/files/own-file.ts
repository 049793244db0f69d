// A new file that only its owner can read, written piece by piece, with the sum of what is in it. Knows nothing of what it holds.

import { closeSync, constants, fchmodSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

/** @property sha256 64 digits in lower case, as sha256sum prints them */
export type Sum = { readonly bytes: number; readonly sha256: string };

export type OwnFile = {
  /** @throws the system's error, as `end` */
  readonly write: (text: string) => void;
  /** On the disk when it returns, unless it is not to last. */
  readonly end: (isLasting?: boolean) => Sum;
};

/** In UTF-16 units. */
const PIECE = 64 * 1024;

/** Never one that exists already, nor through a link. @throws the system's error */
export function createOwnFile(path: string): OwnFile {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  // The umask may have taken bits away that the owner needs.
  fchmodSync(file, 0o600);
  const hasher = new Bun.CryptoHasher('sha256');
  let waiting: string[] = [];
  let length = 0;
  let bytes = 0;
  const flush = () => {
    const piece = Buffer.from(waiting.join(''));
    waiting = [];
    length = 0;
    for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
    hasher.update(piece);
    bytes += piece.length;
  };
  return {
    write: (text) => {
      waiting.push(text);
      length += text.length;
      if (length >= PIECE) flush();
    },
    end: (isLasting = true) => {
      flush();
      if (isLasting) fsyncSync(file);
      closeSync(file);
      return { bytes, sha256: hasher.digest('hex') };
    },
  };
}

const LINE_FEED = 0x0a;

/** Without their ends, one at a time: never more than a piece and a line are held. @throws the system's error */
export function* readLinesOf(path: string): Generator<string> {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const piece = Buffer.alloc(PIECE);
    let rest: Buffer[] = [];
    for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
      let start = 0;
      for (let end = find(piece, start, count); end !== -1; end = find(piece, start, count)) {
        yield Buffer.concat([...rest, piece.subarray(start, end)]).toString();
        rest = [];
        start = end + 1;
      }
      if (start < count) rest.push(Buffer.from(piece.subarray(start, count)));
    }
    if (rest.length > 0) yield Buffer.concat(rest).toString();
  } finally {
    closeSync(file);
  }
}

function find(piece: Buffer, start: number, count: number): number {
  const at = piece.indexOf(LINE_FEED, start);
  return at < count ? at : -1;
}
