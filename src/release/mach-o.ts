// Reads a 64-bit Mach-O file as far as its code signature, and checks the page hashes in it. The layouts are those of
// Apple's mach-o/loader.h (little-endian) and cs_blobs.h (big-endian). Knows no certificates: a signer is not verified.

import { createHash } from 'node:crypto';

export const CODE_DIRECTORY_MAGIC = 0xfade0c02;
export const SUPER_BLOB_MAGIC = 0xfade0cc0;
/** Flags: without a certificate; made by a linker; with the hardened runtime, which forbids a JIT without entitlements. */
export const CS_ADHOC = 0x2;
export const CS_LINKER_SIGNED = 0x20000;
export const CS_RUNTIME = 0x10000;
/** In the header's cputype. */
export const CPU_ARM64 = 0x100000c;
export const SHA256 = { type: 2, size: 32 } as const;

const MACH_O_64 = 0xfeedfacf;
const HEADER_SIZE = 32;
const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;

/** Offsets are in bytes from the start of the file; `at` is where the load command lies. */
export type Segment = { readonly at: number; readonly fileOffset: number; readonly fileSize: number };
export type Layout = {
  readonly text: Segment;
  readonly linkEdit: Segment;
  readonly signature: { readonly at: number; readonly offset: number; readonly size: number };
};

export type Signature = { readonly identifier: string; readonly flags: number; readonly pages: number };

/** @throws Error when the file is not a 64-bit Mach-O file whose last part is a code signature. */
export function readLayout(file: Buffer): Layout {
  if (file.length < HEADER_SIZE || file.readUInt32LE(0) !== MACH_O_64) throw new Error('not a 64-bit Mach-O file');
  const segments = new Map<string, Segment>();
  let signature: Layout['signature'] | undefined;
  let at = HEADER_SIZE;
  for (let left = file.readUInt32LE(16); left > 0; left -= 1) {
    const command = file.readUInt32LE(at);
    if (command === LC_SEGMENT_64) {
      const name = file.toString('latin1', at + 8, at + 24).replace(/\0+$/, '');
      segments.set(name, { at, fileOffset: readSize(file, at + 40), fileSize: readSize(file, at + 48) });
    }
    if (command === LC_CODE_SIGNATURE) {
      signature = { at, offset: file.readUInt32LE(at + 8), size: file.readUInt32LE(at + 12) };
    }
    at += file.readUInt32LE(at + 4);
  }
  const text = segments.get('__TEXT');
  const linkEdit = segments.get('__LINKEDIT');
  if (!text || !linkEdit || !signature) throw new Error('no __TEXT, __LINKEDIT or LC_CODE_SIGNATURE');
  const ends = [signature.offset + signature.size, linkEdit.fileOffset + linkEdit.fileSize];
  if (ends.some((end) => end !== file.length)) throw new Error('the code signature is not the end of the file');
  return { text, linkEdit, signature };
}

/**
 * Compares every page with its hash, as the kernel does when it loads the page.
 * @throws Error naming the first difference
 */
export function checkSignature(file: Buffer): Signature {
  const { signature } = readLayout(file);
  const directory = findCodeDirectory(file.subarray(signature.offset));
  const flags = directory.readUInt32BE(12);
  const hashes = directory.readUInt32BE(16);
  const identifier = directory.readUInt32BE(20);
  const pages = directory.readUInt32BE(28);
  const limit = directory.readUInt32BE(32);
  const pageSize = 2 ** directory.readUInt8(39);
  if (directory.readUInt8(36) !== SHA256.size || directory.readUInt8(37) !== SHA256.type) {
    throw new Error('the pages are not hashed with SHA-256');
  }
  if (limit !== signature.offset) throw new Error(`the hashes end at ${limit}, the code at ${signature.offset}`);
  if (pages !== Math.ceil(limit / pageSize)) throw new Error(`${pages} hashes for ${limit} bytes of code`);
  for (let page = 0; page < pages; page += 1) {
    const slot = hashes + page * SHA256.size;
    if (!hashPage(file, page, pageSize, limit).equals(directory.subarray(slot, slot + SHA256.size))) {
      throw new Error(`page ${page} of ${pages} is not what was signed`);
    }
  }
  return { identifier: directory.toString('latin1', identifier, directory.indexOf(0, identifier)), flags, pages };
}

/** The SHA-256 of one page. The last one ends at `limit`, and may be short. */
export function hashPage(file: Buffer, page: number, pageSize: number, limit: number): Buffer {
  const bytes = file.subarray(page * pageSize, Math.min((page + 1) * pageSize, limit));
  return createHash('sha256').update(bytes).digest();
}

function findCodeDirectory(superBlob: Buffer): Buffer {
  if (superBlob.length < 12 || superBlob.readUInt32BE(0) !== SUPER_BLOB_MAGIC) throw new Error('no signature blob');
  for (let index = 0; index < superBlob.readUInt32BE(8); index += 1) {
    const blob = superBlob.subarray(superBlob.readUInt32BE(12 + 8 * index + 4));
    if (blob.readUInt32BE(0) === CODE_DIRECTORY_MAGIC) return blob.subarray(0, blob.readUInt32BE(4));
  }
  throw new Error('no code directory in the signature');
}

function readSize(file: Buffer, offset: number): number {
  return Number(file.readBigUInt64LE(offset));
}
