// kscli upgrade from a source whose files are not what their names say, though their sums are right.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('an archive that is none', async () => {
  writeFileSync(join(placed.releases, ARCHIVE), 'garbage');
  vouch();
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Refused: kscli-98.0.0-<target>.tar.gz is no archive, though its SHA-256 is right
    exit 1"
  `);
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
