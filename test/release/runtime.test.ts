// Only the pinned runtime gets into a binary. A made-up package stands for the runtime, and nothing is fetched.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTar } from '../../src/archive/tar.ts';
import { gzip } from '../../src/release/compress.ts';
import { nameTarball, unpackRuntime } from '../../src/release/runtime.ts';
import { RUNTIME_VERSION, TARGETS } from '../../src/release/targets.ts';

const ROOT = join(import.meta.dir, '../..');
const PACKAGE = '@oven/bun-test';
const directory = mkdtempSync(join(tmpdir(), 'kscli-runtime-'));
const tarball = join(directory, nameTarball(PACKAGE));
const executable = join(directory, 'unpacked/bun');
const source = { directory, mayFetch: false };
let pinned = { name: 'test', runtime: PACKAGE, integrity: '', sha256: '' };

beforeAll(async () => {
  const bytes = await packRuntime(['package/bin/bun', 'package/package.json']);
  writeFileSync(tarball, bytes);
  pinned = { ...pinned, ...hashes(bytes) };
});
afterAll(() => rmSync(directory, { recursive: true }));

test('the pinned runtime is unpacked, and can be executed', async () => {
  await unpackRuntime(pinned, source, executable);
  expect(readFileSync(executable, 'utf8')).toBe('package/bin/bun');
  expect(statSync(executable).mode & 0o777).toBe(0o755);
});

test('another runtime of the same name is refused, and not unpacked', async () => {
  const other = join(directory, 'other');
  const nowhere = join(other, 'bun');
  mkdirSync(other);
  writeFileSync(join(other, nameTarball(PACKAGE)), Buffer.concat([readFileSync(tarball), Buffer.alloc(1)]));
  const attempt = unpackRuntime(pinned, { directory: other, mayFetch: false }, nowhere);
  await expect(attempt).rejects.toThrow('is not the pinned runtime: its SHA-256 is ');
  expect(await Bun.file(nowhere).exists()).toBe(false);
});

test('either hash alone is not enough', async () => {
  for (const half of [{ sha256: '0'.repeat(64) }, { integrity: 'sha512-AAAA' }]) {
    await expect(unpackRuntime({ ...pinned, ...half }, source, executable)).rejects.toThrow(
      'is not the pinned runtime',
    );
  }
});

test('a package with two executables is refused', async () => {
  const bytes = await packRuntime(['package/bin/bun', 'package/bin/more']);
  const two = { ...pinned, ...hashes(bytes), runtime: '@oven/bun-two' };
  writeFileSync(join(directory, nameTarball(two.runtime)), bytes);
  await expect(unpackRuntime(two, source, executable)).rejects.toThrow('holds 2 executables instead of one');
});

test('an air-gapped build names the missing file, and the command that writes it', async () => {
  const missing = unpackRuntime({ ...pinned, runtime: '@oven/bun-absent' }, source, executable);
  await expect(missing).rejects.toThrow(
    `'npm pack @oven/bun-absent@${RUNTIME_VERSION}' writes oven-bun-absent-${RUNTIME_VERSION}.tgz for --runtimes.`,
  );
});

test('build.ts fails with exit code 1 on a runtime that is not the pinned one', () => {
  writeFileSync(join(directory, nameTarball('@oven/bun-linux-x64')), 'not a runtime');
  const command = [
    process.execPath,
    join(ROOT, 'build.ts'),
    '--release',
    '--only',
    'linux-x64',
    '--runtimes',
    directory,
  ];
  const { exitCode, stdout, stderr } = Bun.spawnSync(command, { cwd: ROOT });
  expect(stderr.toString()).toContain('build: linux-x64: ');
  expect(stderr.toString()).toContain('is not the pinned runtime');
  expect([exitCode, stdout.toString()]).toEqual([1, '']);
});

test('the pins belong to the Bun that package.json pins', async () => {
  const manifest = await Bun.file(join(ROOT, 'package.json')).json();
  expect(manifest.packageManager).toBe(`bun@${RUNTIME_VERSION}`);
});

test('no two targets share a name, a runtime or a pin, and every pin is a whole hash', () => {
  for (const key of ['name', 'runtime', 'integrity', 'sha256', 'compile'] as const) {
    expect(new Set(TARGETS.map((target) => target[key])).size).toBe(TARGETS.length);
  }
  for (const { integrity, sha256 } of TARGETS) {
    expect(integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
});

function packRuntime(paths: readonly string[]): Promise<Uint8Array> {
  return gzip(
    writeTar(
      paths.map((path) => ({ path, mode: 0o644, bytes: Buffer.from(path) })),
      0,
    ),
  );
}

function hashes(bytes: Uint8Array): { integrity: string; sha256: string } {
  return {
    integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
