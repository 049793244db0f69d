// The smallest Mach-O file with a code signature, for the tests of signatures.

const HEADER = 32;
const SEGMENT = 72;
const X64 = 0x1000007;

/** Where the signature begins: four pages and a bit, so that the last page is a short one. */
export const CODE_SIZE = 4 * 4096 + 160;
const LINK_EDIT = 4 * 4096;

/** A file with `content` in the code, and `signatureSize` empty bytes in place of the signature. */
export function machOFile(content: string, signatureSize = 64): Buffer {
  const file = Buffer.alloc(CODE_SIZE + signatureSize);
  file.fill(0xc3, 1024, LINK_EDIT);
  file.write(content, 2048);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(X64, 4);
  file.writeUInt32LE(2, 12); // an executable
  file.writeUInt32LE(3, 16);
  file.writeUInt32LE(2 * SEGMENT + 16, 20);
  writeSegment(file, HEADER, '__TEXT', 0, LINK_EDIT);
  writeSegment(file, HEADER + SEGMENT, '__LINKEDIT', LINK_EDIT, CODE_SIZE + signatureSize - LINK_EDIT);
  const command = HEADER + 2 * SEGMENT;
  [0x1d, 16, CODE_SIZE, signatureSize].forEach((word, index) => {
    file.writeUInt32LE(word, command + 4 * index);
  });
  return file;
}

function writeSegment(file: Buffer, at: number, name: string, offset: number, size: number): void {
  file.writeUInt32LE(0x19, at);
  file.writeUInt32LE(SEGMENT, at + 4);
  file.write(name, at + 8);
  file.writeBigUInt64LE(BigInt(0x100000000 + offset), at + 24);
  file.writeBigUInt64LE(BigInt(size), at + 32);
  file.writeBigUInt64LE(BigInt(offset), at + 40);
  file.writeBigUInt64LE(BigInt(size), at + 48);
}
