// The properties of an .exe, as Explorer and the task manager show them. Bun sets them only where it runs on Windows, so
// they are written over the runtime's. The layouts are those of Microsoft's "PE Format" (the .rsrc section) and of
// VS_VERSIONINFO; nothing in the file moves.

import { findPeHeader } from './trust.ts';

const ICON = 3; // RT_ICON, RT_GROUP_ICON and RT_VERSION
const ICON_GROUP = 14;
const VERSION = 16;
const DIRECTORY_SIZE = 16;
const ENTRY_SIZE = 8;
const SUBDIRECTORY = 0x80000000;
const ENGLISH = 0x0409;
const UTF_16 = 0x04b0;

/**
 * The same binary with the name and the version of kscli, and without the runtime's icon.
 * @param version as in package.json
 * @throws Error where the resources are not laid out as in the runtime
 */
export function setProperties(binary: Buffer, version: string): Buffer {
  const named = Buffer.from(binary);
  const section = findResources(named);
  const icon = findResource(section, ICON);
  const current = findResource(section, VERSION);
  const block = describe(version);
  if (block.length > icon.data.length) throw new Error("the properties do not fit into the room of the runtime's icon");
  removeTypes(section.bytes, [ICON, ICON_GROUP]);
  current.data.fill(0);
  icon.data.fill(0);
  block.copy(icon.data);
  section.bytes.writeUInt32LE(icon.address, current.at);
  section.bytes.writeUInt32LE(block.length, current.at + 4);
  writeChecksum(named);
  return named;
}

type Section = { readonly bytes: Buffer; readonly address: number };

function findResources(file: Buffer): Section {
  const header = findPeHeader(file);
  const optional = header + 24;
  // The third data directory of the PE32+ optional header.
  const address = file.readUInt32LE(optional + 112 + 2 * 8);
  const sections = optional + file.readUInt16LE(header + 20);
  for (let index = 0; index < file.readUInt16LE(header + 6); index += 1) {
    const at = sections + index * 40;
    if (file.readUInt32LE(at + 12) !== address) continue;
    const start = file.readUInt32LE(at + 20);
    return { bytes: file.subarray(start, start + file.readUInt32LE(at + 16)), address };
  }
  throw new Error('no section with resources');
}

/** `at` is where its address and length are written. */
type Found = { readonly at: number; readonly address: number; readonly data: Buffer };

/** A type's only resource: below the root one directory for its name, and one for its language. */
function findResource({ bytes, address }: Section, type: number): Found {
  let at = listEntries(bytes, 0).find(({ id }) => id === type)?.target;
  while (at !== undefined && at >= SUBDIRECTORY) {
    const [only, another] = listEntries(bytes, at - SUBDIRECTORY);
    at = another ? undefined : only?.target;
  }
  if (at === undefined) throw new Error(`not exactly one resource of type ${type}`);
  const place = bytes.readUInt32LE(at);
  const start = place - address;
  return { at, address: place, data: bytes.subarray(start, start + bytes.readUInt32LE(at + 4)) };
}

type ResourceEntry = { readonly id: number; readonly target: number };

function listEntries(bytes: Buffer, directory: number): ResourceEntry[] {
  const count = bytes.readUInt16LE(directory + 12) + bytes.readUInt16LE(directory + 14);
  return Array.from({ length: count }, (_, index) => {
    const at = directory + DIRECTORY_SIZE + index * ENTRY_SIZE;
    return { id: bytes.readUInt32LE(at), target: bytes.readUInt32LE(at + 4) };
  });
}

function removeTypes(bytes: Buffer, types: readonly number[]): void {
  const entries = listEntries(bytes, 0);
  const kept = entries.filter(({ id }) => !types.includes(id));
  bytes.writeUInt16LE(bytes.readUInt16LE(14) - (entries.length - kept.length), 14);
  bytes.fill(0, DIRECTORY_SIZE, DIRECTORY_SIZE + entries.length * ENTRY_SIZE);
  kept.forEach(({ id, target }, index) => {
    bytes.writeUInt32LE(id, DIRECTORY_SIZE + index * ENTRY_SIZE);
    bytes.writeUInt32LE(target, DIRECTORY_SIZE + index * ENTRY_SIZE + 4);
  });
}

function describe(version: string): Buffer {
  const [major = 0, minor = 0, patch = 0] = (version.match(/\d+/g) ?? []).map(Number);
  const number = [major * 0x10000 + minor, patch * 0x10000];
  // Signature, layout, version of file and product, mask of flags, flags, VOS_NT_WINDOWS32, VFT_APP, subtype, date.
  const fixed = words(0xfeef04bd, 0x10000, ...number, ...number, 0x3f, 0, 0x40004, 1, 0, 0, 0);
  const texts = Object.entries({
    CompanyName: 'Knowledge Stack',
    // The name in the task manager.
    FileDescription: 'kscli',
    FileVersion: version,
    InternalName: 'kscli',
    OriginalFilename: 'kscli.exe',
    ProductName: 'kscli',
    ProductVersion: version,
  }).map(([key, text]) => versionBlock(key, utf16(text), { isText: true }));
  const table = versionBlock('040904b0', Buffer.alloc(0), { isText: true, children: texts });
  const strings = versionBlock('StringFileInfo', Buffer.alloc(0), { isText: true, children: [table] });
  const languages = versionBlock('Translation', words(UTF_16 * 0x10000 + ENGLISH));
  const variables = versionBlock('VarFileInfo', Buffer.alloc(0), { isText: true, children: [languages] });
  return versionBlock('VS_VERSION_INFO', fixed, { children: [strings, variables] });
}

/** Length, the value's length (of a text in characters), kind, key, value, children; each part at a multiple of four. */
function versionBlock(key: string, value: Buffer, { isText = false, children = [] as readonly Buffer[] } = {}): Buffer {
  const head = Buffer.concat([Buffer.alloc(6), utf16(key)]);
  const block = [value, ...children].reduce((before, part) => Buffer.concat([align(before), part]), head);
  block.writeUInt16LE(block.length, 0);
  block.writeUInt16LE(isText ? value.length / 2 : value.length, 2);
  block.writeUInt16LE(isText ? 1 : 0, 4);
  return block;
}

function align(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

/** With the NUL at its end. */
function utf16(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}

function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    buffer.writeUInt32LE(value, 4 * index);
  });
  return buffer;
}

/** As IMAGEHLP's CheckSumMappedFile: the 16-bit words added up with their carries, and the length. */
function writeChecksum(file: Buffer): void {
  const at = findPeHeader(file) + 24 + 64;
  file.writeUInt32LE(0, at);
  let sum = 0;
  for (let offset = 0; offset < file.length; offset += 2) sum += file.readUInt16LE(offset);
  while (sum > 0xffff) sum = Math.floor(sum / 0x10000) + (sum % 0x10000);
  file.writeUInt32LE(sum + file.length, at);
}
