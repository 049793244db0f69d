// The properties of the .exe are kscli's, and nothing else of it changes.

import { expect, test } from 'bun:test';
import { setProperties } from '../../src/release/properties.ts';
import { listResources, peFile, readSection } from './pe-file.ts';

const ICON = { type: 3, data: Buffer.alloc(0x290, 'icon') };
const ICON_GROUP = { type: 14, data: Buffer.from('icon group') };
const VERSION = { type: 16, data: Buffer.from('Bun, by Oven'.padEnd(20)) };
const MANIFEST = { type: 24, data: Buffer.from('<assembly/>') };
const RUNTIME = peFile([ICON, ICON_GROUP, VERSION, MANIFEST], 'kscli');

test('name, version and company are those of kscli', () => {
  const block =
    listResources(setProperties(RUNTIME, '2.10.3')).find(({ type }) => type === 16)?.data ?? Buffer.alloc(0);
  expect(block.readUInt16LE(0)).toBe(block.length);
  // Version of the file, then of the product: 2.10 and 3.0, each half of a 32-bit word.
  expect([48, 52, 56, 60].map((at) => block.readUInt32LE(at).toString(16))).toEqual([
    '2000a',
    '30000',
    '2000a',
    '30000',
  ]);
  const texts = block.toString('utf16le').match(/[ -~]{3,}/g);
  expect(texts?.join('\n')).toMatchInlineSnapshot(`
    "VS_VERSION_INFO
    StringFileInfo
    040904b0
    CompanyName
    Knowledge Stack
    FileDescription
    kscli
    FileVersion
    2.10.3
    InternalName
    kscli
    OriginalFilename
    kscli.exe
    ProductName
    kscli
    ProductVersion
    2.10.3
    VarFileInfo
    Translation"
  `);
});

test('the manifest stays; icon and the words of the runtime are gone', () => {
  const named = setProperties(RUNTIME, '2.10.3');
  expect(listResources(named).map(({ type }) => type)).toEqual([16, 24]);
  expect(listResources(named)[1]?.data.toString()).toBe('<assembly/>');
  expect(named.includes('Oven') || named.includes('iconicon')).toBe(false);
});

test('nothing moves: beside the resources only the checksum changes, which is right', () => {
  const named = setProperties(RUNTIME, '2.10.3');
  const headers = named.subarray(0, 0x400);
  const checksum = headers.readUInt32LE(0x40 + 24 + 64);
  headers.writeUInt32LE(0, 0x40 + 24 + 64);
  expect(headers.equals(RUNTIME.subarray(0, 0x400))).toBe(true);
  for (const index of [0, 2]) expect(readSection(named, index).equals(readSection(RUNTIME, index))).toBe(true);
  // Added up in one number, what exceeds 16 bits goes around: the remainder of a division by 65535.
  const all = new Uint16Array(Uint8Array.from(named).buffer).reduce((sum, word) => sum + word, 0);
  expect(checksum).toBe((all % 0xffff) + named.length);
});

test('the same bytes each time', () => {
  expect(setProperties(RUNTIME, '2.10.3').equals(setProperties(RUNTIME, '2.10.3'))).toBe(true);
});

test('a version with words after its number keeps them in the text', () => {
  const named = setProperties(RUNTIME, '2.0.0-rc.1');
  expect(named.toString('utf16le').includes('2.0.0-rc.1')).toBe(true);
});

test('a runtime that is laid out in another way is refused', () => {
  expect(() => setProperties(peFile([VERSION, MANIFEST], ''), '1.0.0')).toThrow('not exactly one resource of type 3');
  expect(() => setProperties(peFile([ICON, ICON_GROUP], ''), '1.0.0')).toThrow('not exactly one resource of type 16');
  const small = peFile([ICON_GROUP, { type: 3, data: Buffer.alloc(8) }, VERSION], '');
  expect(() => setProperties(small, '1.0.0')).toThrow("the properties do not fit into the room of the runtime's icon");
});
