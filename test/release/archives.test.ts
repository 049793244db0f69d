// The archives, read by the tools that people unpack them with.

import { afterAll, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Entry, writeTar } from '../../src/archive/tar.ts';
import { gzip, xz } from '../../src/release/compress.ts';
import { listContents } from '../../src/release/contents.ts';
import { writeZip } from '../../src/release/zip.ts';
import { hasTool, testWhere } from '../where.ts';

const TIME = 1_700_000_001; // 2023-11-14T22:13:21Z: odd, which zip has no room for.
const BINARY = Buffer.from('a binary\n'.repeat(1000));
const ENTRIES: Entry[] = [
  { path: 'kscli-1.0.0-test', mode: 0o755 },
  { path: 'kscli-1.0.0-test/README.md', mode: 0o644, bytes: Buffer.from('# kscli\n') },
  { path: 'kscli-1.0.0-test/empty', mode: 0o644, bytes: Buffer.alloc(0) },
  { path: 'kscli-1.0.0-test/kscli', mode: 0o755, bytes: BINARY },
];

const scratch = mkdtempSync(join(tmpdir(), 'kscli-archives-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('a tar archive is the same bytes everywhere', () => {
  expect(sha256(writeTar(ENTRIES, TIME))).toBe('8ec3011caaacca1896dd6770d5bc1f9b0463661bd5132346ae3aef93f3c623c4');
});

test('a zip archive is the same bytes everywhere, whatever the time zone', () => {
  const stored = ENTRIES.filter(({ bytes }) => bytes === undefined || bytes.length === 0);
  expect(sha256(writeZip(stored, TIME))).toBe('59160938e152e33e10388c1201ebc2508512282e642100644555a84cfdc7ac8f');
});

test('gzip has a fixed header and gives the bytes back', async () => {
  const compressed = Buffer.from(await gzip(BINARY));
  expect(compressed.subarray(0, 10).toString('hex')).toBe('1f8b08000000000002ff');
  expect(gunzipSync(compressed).equals(BINARY)).toBe(true);
});

testWhere(hasTool('tar'), 'tar', 'tar lists owner, mode and time, and unpacks', () => {
  const archive = write('a.tar', writeTar(ENTRIES, TIME));
  const listing = run(['tar', '--utc', '--full-time', '--numeric-owner', '-tvf', archive]);
  expect(listing.replace(/ +/g, ' ')).toBe(
    [
      'drwxr-xr-x 0/0 0 2023-11-14 22:13:21 kscli-1.0.0-test/',
      '-rw-r--r-- 0/0 8 2023-11-14 22:13:21 kscli-1.0.0-test/README.md',
      '-rw-r--r-- 0/0 0 2023-11-14 22:13:21 kscli-1.0.0-test/empty',
      '-rwxr-xr-x 0/0 9000 2023-11-14 22:13:21 kscli-1.0.0-test/kscli',
      '',
    ].join('\n'),
  );
  expect(run(['tar', '-xOf', archive, 'kscli-1.0.0-test/kscli'])).toBe(BINARY.toString());
});

testWhere(hasTool('xz'), 'xz', 'xz gives the bytes back, whatever XZ_OPT says', async () => {
  const plain = await xz(BINARY);
  process.env['XZ_OPT'] = '-0';
  const again = await xz(BINARY).finally(() => delete process.env['XZ_OPT']);
  expect(Buffer.compare(plain, again)).toBe(0);
  expect(run(['xz', '--decompress', '--stdout', write('a.xz', plain)])).toBe(BINARY.toString());
});

testWhere(hasTool('unzip'), 'unzip', 'unzip finds nothing wrong, and restores the modes', () => {
  const archive = write('a.zip', writeZip(ENTRIES, TIME));
  expect(run(['unzip', '-t', archive])).toContain('No errors detected');
  const directory = join(scratch, 'unzipped');
  run(['unzip', '-q', archive, '-d', directory]);
  expect(statSync(join(directory, 'kscli-1.0.0-test/kscli')).mode & 0o777).toBe(0o755);
  expect(statSync(join(directory, 'kscli-1.0.0-test/README.md')).mode & 0o777).toBe(0o644);
});

testWhere(hasTool('python3'), 'python3', 'Python reads the zip archive: names, times, sizes, checksums', () => {
  const archive = write('b.zip', writeZip(ENTRIES, TIME));
  const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    for i in z.infolist(): print(i.filename, i.date_time, i.file_size, oct(i.external_attr >> 16))`;
  expect(run(['python3', '-c', script, archive])).toBe(
    [
      'kscli-1.0.0-test/ (2023, 11, 14, 22, 13, 20) 0 0o40755',
      'kscli-1.0.0-test/README.md (2023, 11, 14, 22, 13, 20) 8 0o100644',
      'kscli-1.0.0-test/empty (2023, 11, 14, 22, 13, 20) 0 0o100644',
      'kscli-1.0.0-test/kscli (2023, 11, 14, 22, 13, 20) 9000 0o100755',
      '',
    ].join('\n'),
  );
});

test('a path or a time that does not fit into ustar is refused', () => {
  expect(() => writeTar([{ path: 'a'.repeat(101), mode: 0o644, bytes: BINARY }], TIME)).toThrow('too long for ustar');
  expect(() => writeTar(ENTRIES, 8 ** 11)).toThrow('does not fit');
});

test('an archive holds one top directory with the binary, the notices and the README', () => {
  const root = join(scratch, 'repository');
  const binary = { name: 'kscli', bytes: BINARY };
  mkdirSync(root);
  expect(() => listContents(root, 'top', binary, 'Notices')).toThrow(
    new Error(`${root}/README.md is missing, and belongs into every archive`),
  );
  writeFileSync(join(root, 'README.md'), 'read me', { mode: 0o600 });
  expect(listContents(root, 'top', binary, 'Notices')).toEqual([
    { path: 'top', mode: 0o755 },
    { path: 'top/NOTICES.txt', mode: 0o644, bytes: Buffer.from('Notices') },
    { path: 'top/README.md', mode: 0o644, bytes: Buffer.from('read me') },
    { path: 'top/kscli', mode: 0o755, bytes: BINARY },
  ]);
});

function write(name: string, bytes: Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  return path;
}

function run(command: string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(command);
  if (exitCode !== 0) throw new Error(`${command.join(' ')} exits ${exitCode}: ${stderr}`);
  return stdout.toString();
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
