// kscli upgrade from a source whose files are not what their names say, though their sums are right.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeTar } from '../../src/archive/tar.ts';
import { type Placed, placeKscli, TARGET } from './placed.ts';

const TOP = `kscli-98.0.0-${TARGET}`;
const ARCHIVE = `${TOP}.tar.gz`;

let placed: Placed;
beforeEach(() => {
  placed = placeKscli();
});
afterEach(async () => {
  expect(placed.isUntouched()).toBe(true);
  expect(readdirSync(join(placed.machine.home, 'bin'))).toEqual(['kscli']);
  await placed.remove();
});

function vouch(): void {
  const sum = new Bun.CryptoHasher('sha256').update(readFileSync(join(placed.releases, ARCHIVE))).digest('hex');
  writeFileSync(join(placed.releases, 'SHA256SUMS'), `${sum}  ${ARCHIVE}\n`);
}

/** To 8 GiB, less a byte. */
function enlarge(header: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const large = Buffer.from(header);
  large.write('7'.repeat(11), 124);
  large.write(' '.repeat(8), 148);
  large.write(
    `${large
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return large;
}

test('an archive that is none', async () => {
  writeFileSync(join(placed.releases, ARCHIVE), 'garbage');
  vouch();
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Refused: kscli-98.0.0-<target>.tar.gz is no archive, though its SHA-256 is right
    exit 1"
  `);
});

test.each([
  ['a link', `${TOP}/kscli`, (path: string) => symlinkSync('/bin/sh', path)],
  ['a file by another name', `${TOP}/kscli.exe`, (path: string) => writeFileSync(path, 'x')],
  ['the program of another machine', 'kscli-98.0.0-plan9-x64/kscli', (path: string) => writeFileSync(path, 'x')],
])('an archive that holds %s', async (_, path, make) => {
  mkdirSync(join(placed.machine.home, dirname(path)));
  make(join(placed.machine.home, path));
  Bun.spawnSync(['tar', '-czf', join(placed.releases, ARCHIVE), '-C', placed.machine.home, dirname(path)]);
  vouch();
  expect(await placed.kscli('upgrade')).toBe(`$ ~/bin/kscli upgrade
! Error: Refused: kscli-98.0.0-<target>.tar.gz holds no kscli-98.0.0-<target>/kscli
exit 1`);
});

test('a program that talks without end', async () => {
  placed.release('98.0.0', 'yes');
  expect(await placed.kscli('upgrade')).toBe(`$ ~/bin/kscli upgrade
! Error: Refused: the new kscli does not start here. Nothing was changed
exit 1`);
});

test('a program that is none', async () => {
  const directory = join(placed.machine.home, TOP);
  mkdirSync(directory);
  writeFileSync(join(directory, 'kscli'), new Uint8Array(64));
  chmodSync(join(directory, 'kscli'), 0o755);
  Bun.spawnSync(['tar', '-czf', join(placed.releases, ARCHIVE), '-C', placed.machine.home, TOP]);
  vouch();
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Refused: the new kscli does not start here. Nothing was changed
    exit 1"
  `);
});

test('an archive that unpacks to more than any kscli is read no further', async () => {
  const header = writeTar([{ path: `${TOP}/kscli`, mode: 0o755, bytes: new Uint8Array(1) }], 0).subarray(0, 512);
  const zeros = Bun.gzipSync(new Uint8Array(32 << 20));
  writeFileSync(
    join(placed.releases, ARCHIVE),
    Buffer.concat([Bun.gzipSync(enlarge(header)), ...Array(9).fill(zeros)]),
  );
  vouch();
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Refused: kscli-98.0.0-<target>.tar.gz holds more than 256 MiB, though its SHA-256 is right
    exit 1"
  `);
});

test.each([
  ['a pipe', (path: string) => Bun.spawnSync(['mkfifo', path])],
  ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ['a directory', (path: string) => mkdirSync(path)],
])('a list of sums that is %s is refused at once', async (_, make) => {
  make(join(placed.releases, 'SHA256SUMS'));
  expect(await placed.kscli('upgrade --from ~/releases')).toBe(`$ ~/bin/kscli upgrade --from ~/releases
! Error: ~/releases/SHA256SUMS is no file
exit 1`);
});
