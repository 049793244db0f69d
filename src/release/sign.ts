// Replaces the code signature of a 64-bit Mach-O file by an ad-hoc one, as a linker signs: one code directory, no
// certificate, no entitlements, no hardened runtime (without entitlements that would forbid Bun's JIT).

import {
  CODE_DIRECTORY_MAGIC,
  CPU_ARM64,
  CS_ADHOC,
  CS_LINKER_SIGNED,
  hashPage,
  type Layout,
  readLayout,
  SHA256,
  SUPER_BLOB_MAGIC,
} from './mach-o.ts';

/** Pages of 16 KiB on arm64, as the kernel's own and as Bun's signature has them: hashes do not compress. */
const ARM64_PAGE_BITS = 14;
const PAGE_BITS = 12;
/** Segments are mapped in pages of this size on arm64, and a multiple of the page on x64. */
const SEGMENT_ALIGNMENT = 0x4000;
const SIGNATURE_ALIGNMENT = 16;
const SUPER_BLOB_SIZE = 20; // With one blob in it.
const CODE_DIRECTORY_SIZE = 88; // Of version 0x20400, which has the executable segment.
const CODE_DIRECTORY_VERSION = 0x20400;
const CS_EXECSEG_MAIN_BINARY = 1;

/**
 * The same file with the right page hashes.
 * @throws Error when the file does not end with a signature to replace
 */
export function signAdHoc(file: Buffer, identifier: string): Buffer {
  const layout = readLayout(file);
  const limit = layout.signature.offset;
  const name = Buffer.from(`${identifier}\0`);
  const pageBits = file.readUInt32LE(4) === CPU_ARM64 ? ARM64_PAGE_BITS : PAGE_BITS;
  const pages = Math.ceil(limit / 2 ** pageBits);
  const length = SUPER_BLOB_SIZE + CODE_DIRECTORY_SIZE + name.length + pages * SHA256.size;
  const size = alignUp(length, SIGNATURE_ALIGNMENT);
  const signed = Buffer.concat([file.subarray(0, limit), Buffer.alloc(size)]);
  // Before hashing: the load commands are on the first page.
  resizeSignature(signed, layout, size);
  const superBlob = signed.subarray(limit);
  writeWords(superBlob, [SUPER_BLOB_MAGIC, length, 1, 0, SUPER_BLOB_SIZE]);
  const directory = superBlob.subarray(SUPER_BLOB_SIZE);
  writeCodeDirectory(directory, { length: length - SUPER_BLOB_SIZE, name, pages, pageBits, layout });
  for (let page = 0; page < pages; page += 1) {
    const slot = CODE_DIRECTORY_SIZE + name.length + page * SHA256.size;
    hashPage(signed, page, 2 ** pageBits, limit).copy(directory, slot);
  }
  return signed;
}

function resizeSignature(file: Buffer, { linkEdit, signature }: Layout, size: number): void {
  file.writeUInt32LE(size, signature.at + 12);
  const fileSize = signature.offset + size - linkEdit.fileOffset;
  file.writeBigUInt64LE(BigInt(alignUp(fileSize, SEGMENT_ALIGNMENT)), linkEdit.at + 32);
  file.writeBigUInt64LE(BigInt(fileSize), linkEdit.at + 48);
}

type Facts = {
  readonly length: number;
  readonly name: Buffer;
  readonly pages: number;
  readonly pageBits: number;
  readonly layout: Layout;
};

function writeCodeDirectory(directory: Buffer, { length, name, pages, pageBits, layout }: Facts): void {
  const hashes = CODE_DIRECTORY_SIZE + name.length;
  const flags = CS_ADHOC | CS_LINKER_SIGNED;
  const specialSlots = 0;
  const start = [CODE_DIRECTORY_MAGIC, length, CODE_DIRECTORY_VERSION, flags, hashes, CODE_DIRECTORY_SIZE];
  writeWords(directory, [...start, specialSlots, pages, layout.signature.offset]);
  directory.writeUInt8(SHA256.size, 36);
  directory.writeUInt8(SHA256.type, 37);
  directory.writeUInt8(pageBits, 39);
  directory.writeBigUInt64BE(BigInt(layout.text.fileOffset), 64);
  directory.writeBigUInt64BE(BigInt(layout.text.fileSize), 72);
  directory.writeBigUInt64BE(BigInt(CS_EXECSEG_MAIN_BINARY), 80);
  name.copy(directory, CODE_DIRECTORY_SIZE);
}

function writeWords(buffer: Buffer, words: readonly number[]): void {
  words.forEach((word, index) => {
    buffer.writeUInt32BE(word, 4 * index);
  });
}

function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}
