// Writes entries as a zip archive whose bytes depend on nothing else. The layout is that of PKWARE's APPNOTE.TXT 6.3,
// sections 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (its end).

import { crc32 } from 'node:zlib';
import type { Entry } from '../archive/tar.ts';
import { deflate } from './compress.ts';

const VERSION = 20; // 2.0: directories and deflate.
const MADE_ON_UNIX = 3 << 8; // The upper half of the external attributes is then a Unix mode.
const DEFLATE = 8;
const DOS_DIRECTORY = 0x10;

/**
 * @param time seconds since 1970, for every entry; zip has room for 1980 to 2107, and counts every other second
 * @throws Error for a file of 4 GiB, which would need zip64
 */
export function writeZip(entries: readonly Entry[], time: number): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, common, data, attributes } = encode(entry, time);
    const local = Buffer.concat([encodeText('PK\x03\x04'), common, u16(0), name, data]);
    central.push(encodeText('PK\x01\x02'), u16(MADE_ON_UNIX | VERSION), common);
    central.push(u16(0, 0, 0, 0), u32(attributes, offset), name);
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const count = entries.length;
  const end = [encodeText('PK\x05\x06'), u16(0, 0, count, count), u32(directory.length, offset), u16(0)];
  return Buffer.concat([...locals, directory, ...end]);
}

/** `common` stands in the local header and in the central directory: from the version needed to the name's length. */
function encode(entry: Entry, time: number) {
  const content = entry.bytes ?? Buffer.alloc(0);
  const name = encodeText(entry.bytes === undefined ? `${entry.path}/` : entry.path);
  const method = entry.bytes === undefined ? 0 : DEFLATE;
  const data = method === 0 ? content : deflate(content);
  const common = Buffer.concat([
    u16(VERSION, 0, method, ...toDosTime(time)),
    u32(crc32(content), data.length, content.length),
    u16(name.length),
  ]);
  const type = entry.bytes === undefined ? 0o040000 : 0o100000;
  const attributes = (type | entry.mode) * 0x10000 + (entry.bytes === undefined ? DOS_DIRECTORY : 0);
  return { name, common, data, attributes };
}

/** [time, date] in UTC: the time zone of the machine must not show. */
function toDosTime(time: number): [number, number] {
  const date = new Date(Math.max(time, Date.UTC(1980, 0) / 1000) * 1000);
  return [
    (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1),
    ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
  ];
}

function encodeText(text: string): Buffer {
  return Buffer.from(text);
}

function u16(...values: number[]): Buffer {
  const buffer = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => {
    buffer.writeUInt16LE(value, 2 * index);
  });
  return buffer;
}

function u32(...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    buffer.writeUInt32LE(value, 4 * index);
  });
  return buffer;
}
