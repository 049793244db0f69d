// The release accepts a signature only while its hashes are right, and replaces a stale one.

import { expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { CPU_ARM64, checkSignature, readLayout } from '../../src/release/mach-o.ts';
import { signAdHoc } from '../../src/release/sign.ts';
import { TARGETS, type Target } from '../../src/release/targets.ts';
import { requireTrust } from '../../src/release/trust.ts';
import { CODE_SIZE, machOFile } from './mach-o-file.ts';

const IDENTITY = { version: '1.2.3', commit: 'abcdef012345' };
const CONTENT = `${IDENTITY.version} ${IDENTITY.commit}`;

test('a signed file is accepted, with its identifier, flags and pages', () => {
  expect(checkSignature(signAdHoc(machOFile(CONTENT), 'kscli'))).toEqual({
    identifier: 'kscli',
    flags: 0x20002, // ad hoc, by a linker; no hardened runtime
    pages: 5,
  });
});

test('the page hashes lie where cs_blobs.h says, one for each page', () => {
  const signed = signAdHoc(machOFile(CONTENT), 'kscli');
  // The hashes follow the super blob (20 bytes), the code directory (88) and the identifier with its NUL (6).
  const hashes = signed.subarray(CODE_SIZE + 20 + 88 + 6);
  const pages = [0, 1, 2, 3, 4].map((page) => signed.subarray(page * 4096, Math.min((page + 1) * 4096, CODE_SIZE)));
  const expected = Buffer.concat(pages.map((page) => createHash('sha256').update(page).digest()));
  expect(hashes.subarray(0, expected.length).toString('hex')).toBe(expected.toString('hex'));
});

test('on arm64 the pages have 16 KiB, as the system has them there', () => {
  const file = withChange(machOFile(CONTENT), (plain) => plain.writeUInt32LE(CPU_ARM64, 4));
  const { bytes, notes } = requireTrust(file, target('darwin-arm64'), IDENTITY);
  expect(notes).toEqual(['ad-hoc signature of 2 pages is right (identifier kscli, flags 0x20002)']);
  const hashes = bytes.subarray(CODE_SIZE + 20 + 88 + 6);
  const pages = [bytes.subarray(0, 16384), bytes.subarray(16384, CODE_SIZE)];
  const expected = Buffer.concat(pages.map((page) => createHash('sha256').update(page).digest()));
  expect(hashes.subarray(0, expected.length).toString('hex')).toBe(expected.toString('hex'));
});

test('every byte of the code counts, in the first, a middle and the short last page', () => {
  const signed = signAdHoc(machOFile(CONTENT), 'kscli');
  for (const [offset, page] of [
    [1023, 0],
    [2 * 4096, 2],
    [CODE_SIZE - 1, 4],
  ] as const) {
    const flipped = Buffer.from(signed);
    flipped.writeUInt8(signed.readUInt8(offset) ^ 1, offset);
    expect(() => checkSignature(flipped)).toThrow(`page ${page} of 5 is not what was signed`);
  }
});

test('a file that grew after it was signed is refused', () => {
  const signed = signAdHoc(machOFile(CONTENT), 'kscli');
  expect(() => checkSignature(Buffer.concat([signed, Buffer.alloc(16)]))).toThrow('not the end of the file');
});

test('a file without a signature, and one that is no Mach-O file, are refused', () => {
  expect(() => checkSignature(machOFile(CONTENT))).toThrow('no signature blob');
  expect(() => checkSignature(Buffer.alloc(4096))).toThrow('not a 64-bit Mach-O file');
});

test('signing again repairs a stale signature, and leaves the code as it is', () => {
  const stale = signAdHoc(machOFile(CONTENT), 'another-name');
  stale.write('changed', 3 * 4096);
  const repaired = signAdHoc(stale, 'kscli');
  expect(checkSignature(repaired).identifier).toBe('kscli');
  expect(repaired.subarray(1024, CODE_SIZE).equals(stale.subarray(1024, CODE_SIZE))).toBe(true);
  const { signature, linkEdit } = readLayout(repaired);
  expect(signature.offset + signature.size).toBe(repaired.length);
  expect(linkEdit.fileOffset + linkEdit.fileSize).toBe(repaired.length);
});

test('signing is reproducible, and a second time changes nothing', () => {
  const signed = signAdHoc(machOFile(CONTENT), 'kscli');
  expect(signAdHoc(signed, 'kscli').equals(signed)).toBe(true);
});

test.each([
  ['no signature', machOFile(CONTENT)],
  ['a stale one', withChange(signAdHoc(machOFile(CONTENT), 'kscli'), (file) => file.write('changed', 3 * 4096))],
  ['one of another name', signAdHoc(machOFile(CONTENT), 'bun')],
  // The hardened runtime would forbid the JIT.
  [
    'the hardened runtime',
    withChange(signAdHoc(machOFile(CONTENT), 'kscli'), (file) => file.writeUInt32BE(0x10002, CODE_SIZE + 32)),
  ],
])('a darwin binary with %s is signed in the name of kscli', (_, file) => {
  const { bytes, notes } = requireTrust(file, target('darwin-x64'), IDENTITY);
  expect(notes).toEqual(['ad-hoc signature of 5 pages is right (identifier kscli, flags 0x20002)']);
  expect(requireTrust(bytes, target('darwin-x64'), IDENTITY).bytes.equals(bytes)).toBe(true);
});

test('a binary for another machine, or without its version and commit, is refused', () => {
  const file = machOFile(CONTENT);
  expect(() => requireTrust(file, target('darwin-arm64'), IDENTITY)).toThrow('made for machine 0x1000007');
  expect(() => requireTrust(file, target('linux-x64'), IDENTITY)).toThrow('not an executable of linux');
  expect(() => requireTrust(machOFile('1.2.3'), target('darwin-x64'), IDENTITY)).toThrow("'abcdef012345' is not in");
});

test("a Windows binary that still has the runtime maker's signature is refused", () => {
  const file = Buffer.alloc(1024);
  file.write('MZ');
  file.writeUInt32LE(128, 0x3c);
  file.write('PE\0\0', 128);
  file.writeUInt16LE(0x8664, 132);
  file.write(CONTENT, 900);
  expect(requireTrust(file, target('windows-x64'), IDENTITY).notes).toEqual([]);
  file.writeUInt32LE(10_000, 128 + 24 + 112 + 32 + 4);
  expect(() => requireTrust(file, target('windows-x64'), IDENTITY)).toThrow('Authenticode');
});

function withChange(file: Buffer, change: (file: Buffer) => void): Buffer {
  change(file);
  return file;
}

function target(name: string): Target {
  const found = TARGETS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no target ${name}`);
  return found;
}
