// Writes entries as a tar archive whose bytes depend on nothing else: POSIX.1-1988 ustar, owned by user and group 0, one
// time for all. Bun.Archive would write the present time and modes of its own.

/** A file, or without bytes a directory. Paths are relative, with forward slashes. */
export type Entry = { readonly path: string; readonly mode: number; readonly bytes?: Uint8Array };

const BLOCK = 512;

/**
 * @param time seconds since 1970, for every entry
 * @throws Error for a path over 100 bytes or a file of 8 GiB, which ustar has no room for
 */
export function writeTar(entries: readonly Entry[], time: number): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  for (const entry of entries) {
    blocks.push(writeHeader(entry, time));
    if (entry.bytes === undefined) continue;
    blocks.push(entry.bytes, Buffer.alloc(-entry.bytes.length & (BLOCK - 1)));
  }
  // Two empty blocks end the archive.
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function writeHeader({ path, mode, bytes }: Entry, time: number): Uint8Array {
  const name = bytes === undefined ? `${path}/` : path;
  if (Buffer.byteLength(name) > 100) throw new Error(`the path is too long for ustar: ${name}`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write(formatOctal(mode, 8), 100);
  block.write(formatOctal(0, 8), 108); // uid
  block.write(formatOctal(0, 8), 116); // gid
  block.write(formatOctal(bytes?.length ?? 0, 12), 124);
  block.write(formatOctal(time, 12), 136);
  block.write(' '.repeat(8), 148); // The checksum counts itself as spaces.
  block.write(bytes === undefined ? '5' : '0', 156);
  block.write('ustar\x0000', 257);
  block.write(formatOctal(0, 8), 329); // devmajor
  block.write(formatOctal(0, 8), 337); // devminor
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${formatOctal(checksum, 7)} `, 148);
  return block;
}

/** Zero-padded to `width` bytes, the final NUL among them. */
function formatOctal(value: number, width: number): string {
  const digits = value.toString(8).padStart(width - 1, '0');
  if (digits.length >= width) throw new Error(`${value} does not fit into a ustar field of ${width} bytes`);
  return `${digits}\0`;
}
