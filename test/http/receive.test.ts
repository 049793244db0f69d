// The body of an answer, in every way in which a server can send it, and beyond what is taken.

import { expect, test } from 'bun:test';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { findCode } from '../../src/errors.ts';
import { bodyText } from '../../src/http/answer.ts';
import { receiveBody } from '../../src/http/receive.ts';

const HOST = 'api.example.com';
const MEBIBYTE = 1024 * 1024;
const TEXT = JSON.stringify({ names: ['räksmörgås', 'x'.repeat(100_000)] });

type Row = readonly [name: string, headers: Record<string, string>, body: Uint8Array | ReadableStream | null];

function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + size));
      else controller.close();
      at += size;
    },
  });
}

function receive(
  headers: Record<string, string>,
  body: Uint8Array | ReadableStream | null,
): ReturnType<typeof receiveBody> {
  return receiveBody(new Response(body, { headers }), { host: HOST });
}

const WHOLE: readonly Row[] = [
  ['of a known length', { 'content-length': `${Buffer.byteLength(TEXT)}` }, Buffer.from(TEXT)],
  ['of an unknown length', {}, inPieces(Buffer.from(TEXT), 1000)],
  [
    'in chunks, whatever length was announced',
    { 'transfer-encoding': 'chunked', 'content-length': '1' },
    Buffer.from(TEXT),
  ],
  ['packed with gzip', { 'content-encoding': 'gzip' }, gzipSync(TEXT)],
  ['packed with gzip, in pieces of one byte', { 'content-encoding': 'gzip' }, inPieces(gzipSync(TEXT), 1)],
  ['packed with gzip under its old name', { 'content-encoding': 'X-GZip' }, gzipSync(TEXT)],
  ['packed with deflate', { 'content-encoding': 'deflate' }, deflateSync(TEXT)],
  ['packed with brotli', { 'content-encoding': 'br' }, brotliCompressSync(TEXT)],
  ['packed with zstd', { 'content-encoding': 'zstd' }, zstdCompressSync(TEXT)],
  ['expressly not packed', { 'content-encoding': 'identity' }, Buffer.from(TEXT)],
];

test.each(WHOLE)('a body %s arrives whole', async (_name, headers, body) => {
  expect(bodyText({ body: await receive(headers, body) })).toBe(TEXT);
});

test.each([
  ['of a known length', { 'content-length': '2' }],
  ['of an unknown length', {}],
])('a body %s that is no UTF-8 is kept byte for byte, where bytes are wanted', async (_name, headers) => {
  const bytes = new Uint8Array([0xff, 0xfe]);
  expect(await receiveBody(new Response(bytes, { headers }), { host: HOST, wantsBytes: true })).toEqual(bytes);
});

test.each([
  ['without a body', {}, null],
  ['with an empty body', { 'content-length': '0' }, new Uint8Array()],
  ['that calls nothing packed', { 'content-encoding': 'gzip', 'content-length': '0' }, new Uint8Array()],
  ['that calls nothing packed, in chunks', { 'content-encoding': 'gzip' }, inPieces(new Uint8Array(), 1)],
] satisfies Row[])('an answer %s is empty', async (_name, headers, body) => {
  expect(await receive(headers, body)).toHaveLength(0);
});

const broken = (format: string) => `The answer of ${HOST} cannot be unpacked: its compression (${format}) is broken`;
const LONG = `The answer of ${HOST} is longer than 256 MiB`;
const blanks = Buffer.alloc(257 * MEBIBYTE, ' ');
const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(MEBIBYTE)) });

test.each([
  ['that is no gzip', { 'content-encoding': 'gzip' }, Buffer.from('hello'), broken('gzip')],
  ['whose gzip is cut', { 'content-encoding': 'gzip' }, gzipSync(TEXT).subarray(0, -9), broken('gzip')],
  [
    'whose gzip has something behind it',
    { 'content-encoding': 'gzip' },
    Buffer.concat([gzipSync(TEXT), Buffer.from('x')]),
    broken('gzip'),
  ],
  ['that is no brotli', { 'content-encoding': 'br' }, Buffer.from('hello, hello, hello'), broken('brotli')],
  ['whose zstd is cut', { 'content-encoding': 'zstd' }, zstdCompressSync(TEXT).subarray(0, -3), broken('zstd')],
  [
    'packed in an unknown way',
    { 'content-encoding': 'compress' },
    Buffer.from('hello'),
    `The answer of ${HOST} is packed as 'compress', which was not asked for`,
  ],
  [
    'packed twice',
    { 'content-encoding': 'gzip, gzip' },
    gzipSync(gzipSync(TEXT)),
    `The answer of ${HOST} is packed as 'gzip, gzip', which was not asked for`,
  ],
  [
    'packed as a key that every object has',
    { 'content-encoding': 'constructor' },
    Buffer.from('x'),
    `The answer of ${HOST} is packed as 'constructor', which was not asked for`,
  ],
  ['of more than is taken, as announced', { 'content-length': `${256 * MEBIBYTE + 1}` }, Buffer.from('x'), LONG],
  ['without an end', {}, endless, LONG],
  [
    'that unpacks from gzip to more than is taken',
    { 'content-encoding': 'gzip' },
    gzipSync(blanks, { level: 1 }),
    LONG,
  ],
  ['that unpacks from zstd to more than is taken', { 'content-encoding': 'zstd' }, zstdCompressSync(blanks), LONG],
] satisfies [...Row, string][])('a body %s is refused', async (_name, headers, body, message) => {
  const failure = await receive(headers, body).catch((error) => error);
  expect([failure.kind, failure.message]).toEqual(['answer', message]);
});

test('a connection that is lost inside of a packed body is no broken compression', async () => {
  const lost = Object.assign(new Error('words of the runtime'), { code: 'ECONNRESET' });
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(gzipSync(TEXT).subarray(0, 50)),
    pull: (controller) => controller.error(lost),
  });
  const failure = await receive({ 'content-encoding': 'gzip' }, body).catch((error) => error);
  expect(findCode(failure)).toBe('ECONNRESET');
  expect(failure).toBe(lost);
});
