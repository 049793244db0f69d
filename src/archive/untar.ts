// One file out of a tar archive, as the archive comes by: nothing is written anywhere, and never more than a piece is held.
// Names are compared and never followed; what an archive says of links, owners, modes and longer names is passed over.

const BLOCK = 512;

/** @property size bytes */
type Header = { readonly path: string; readonly size: number; readonly isFile: boolean };

/**
 * The contents of the first regular file of that path, up to 255 bytes long; nothing where there is none.
 * @throws Error for pieces that are no tar archive, or end too soon
 */
export async function* readFileIn(pieces: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const block = Buffer.alloc(BLOCK);
  let filled = 0;
  let [wanted, left] = [0, 0];
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + (left || BLOCK - filled));
      at += part.length;
      if (left > 0) {
        left -= part.length;
        if (wanted > 0) yield part.subarray(0, wanted);
        if (wanted > 0 && wanted <= part.length) return;
        wanted = Math.max(0, wanted - part.length);
        continue;
      }
      block.set(part, filled);
      filled = (filled + part.length) % BLOCK;
      if (filled > 0) continue;
      const header = readHeader(block);
      if (header === undefined) return;
      left = Math.ceil(header.size / BLOCK) * BLOCK;
      wanted = header.isFile && header.path === path ? header.size : 0;
    }
  }
  throw new Error('the archive ends too soon');
}

/** POSIX.1-1988 ustar, and what older and newer ones share with it. undefined for the empty block at the end. */
function readHeader(block: Buffer): Header | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  // The checksum counts itself as spaces.
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (readOctal(block, 148, 8) !== sum) throw new Error('a checksum of the archive is wrong');
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? readText(block, 345, 155) : '';
  const name = readText(block, 0, 100);
  const type = block.toString('latin1', 156, 157);
  return { path: prefix ? `${prefix}/${name}` : name, size: readOctal(block, 124, 12), isFile: '0\0'.includes(type) };
}

function readText(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

function readOctal(block: Buffer, start: number, length: number): number {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(block.toString('latin1', start, start + length))?.[1];
  if (digits === undefined) throw new Error('a number of the archive is none');
  return Number.parseInt(digits, 8);
}
