// What kscli upgrade refuses: a release that nothing vouches for, and what does not fit in here.

import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addRelease } from '../install/release.ts';
import { canMount, testWhere } from '../where.ts';
import { type Placed, placeKscli, TARGET } from './placed.ts';

let placed: Placed;
beforeEach(() => {
  placed = placeKscli();
});
afterEach(() => placed.remove());

describe('nothing is changed', () => {
  afterEach(() => {
    expect(placed.isUntouched()).toBe(true);
    expect(readdirSync(join(placed.machine.home, 'bin'))).toEqual(['kscli']);
  });

  test('where the sum is wrong', async () => {
    placed.release('98.0.0');
    appendFileSync(join(placed.releases, `kscli-98.0.0-${TARGET}.tar.gz`), 'x');
    expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Refused: the SHA-256 of kscli-98.0.0-<target>.tar.gz in <mirror> is wrong
      ! It should be <sha256>
      ! and is        <sha256>
      ! Nothing of it was used. Fetch it again.
      exit 1"
    `);
  });

  test('where the sums are old and the archive is new', async () => {
    placed.release('98.0.0');
    const sums = readFileSync(join(placed.releases, 'SHA256SUMS'));
    placed.release('98.0.0', 'echo "kscli 98.0.0 (another)"');
    writeFileSync(join(placed.releases, 'SHA256SUMS'), sums);
    expect(await placed.kscli('upgrade')).toContain(
      `! Error: Refused: the SHA-256 of kscli-98.0.0-<target>.tar.gz in <mirror> is wrong`,
    );
  });

  test('where one archive has two sums', async () => {
    placed.release('98.0.0');
    appendFileSync(join(placed.releases, 'SHA256SUMS'), `${'b'.repeat(64)}  kscli-98.0.0-${TARGET}.tar.gz\n`);
    expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Refused: SHA256SUMS of <mirror> lists kscli-98.0.0-<target>.tar.gz with more than one sum
      exit 1"
    `);
  });

  test('where there is nothing for this machine, or no sums at all', async () => {
    expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Not found: there is no SHA256SUMS in <mirror>
      exit 3"
    `);
    addRelease(placed.releases, { version: '98.0.0', platforms: ['plan9-x64'] });
    expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Not found: <mirror> has no kscli for <target>
      exit 3"
    `);
    expect(await placed.kscli('upgrade --version 98.0.1')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade --version 98.0.1
      ! Error: Not found: <mirror> has no kscli 98.0.1 for <target>
      exit 3"
    `);
  });

  test('where the new kscli does not start, or is another version', async () => {
    placed.release('98.0.0', 'exit 1');
    expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Refused: the new kscli does not start here. Nothing was changed
      exit 1"
    `);
    placed.release('99.0.0', 'echo "kscli 1.0.0 (old)"');
    expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Refused: the new kscli says that it is version 1.0.0, not 99.0.0. The old one stays
      exit 1"
    `);
  });

  testWhere(
    canMount(),
    'root that may mount',
    'where the directory cannot be written: before anything is fetched',
    async () => {
      placed.release('98.0.0');
      const mount = 'mount --bind ~/bin ~/bin && mount -o remount,ro,bind ~/bin';
      const text = await placed.machine.shell(`unshare --mount sh -c '${mount} && ~/bin/kscli upgrade'`);
      expect(text).toMatchInlineSnapshot(`
        "$ unshare --mount sh -c 'mount --bind ~/bin ~/bin && mount -o remount,ro,bind ~/bin && ~/bin/kscli upgrade'
        ! Error: ~/bin cannot be written: the file system is read-only
        ! Run this as a user who may write there. Nothing was changed.
        exit 1"
      `);
      expect(placed.mirror.requests).toEqual([]);
    },
  );

  testWhere(canMount(), 'root that may mount', 'where there is no room', async () => {
    placed.release('98.0.0', `echo "kscli 98.0.0 (test)"; exit\n${'#'.repeat(64 << 20)}`);
    const mount = 'cp ~/bin/kscli ~/copy && mount -t tmpfs -o size=160m none ~/bin && cp ~/copy ~/bin/kscli';
    const text = await placed.machine.shell(`unshare --mount sh -c '${mount} && ~/bin/kscli upgrade; ls ~/bin'`);
    expect(text).toMatchInlineSnapshot(`
      "$ unshare --mount sh -c 'cp ~/bin/kscli ~/copy && mount -t tmpfs -o size=160m none ~/bin && cp ~/copy ~/bin/kscli && ~/bin/kscli upgrade; ls ~/bin'
      kscli
      ! Error: ~/bin/kscli cannot be replaced: no space left on the device
      ! The old kscli is as it was.
      exit 0"
    `);
  });

  test.each([
    '--version latest',
    '--version ../1',
    '--url ftp://mirror.example.com',
    '--url https://a@mirror.example.com',
    '--from nowhere',
    '--from bin/kscli',
    '--from releases --url https://mirror.example.com',
    '--rollback --version 1.0.0',
    'extra',
  ])('where the words are wrong: upgrade %s', async (words) => {
    expect(await placed.kscli(`upgrade ${words}`)).toEndWith('exit 64');
  });
});

test('of two upgrades at once the second leaves what the first one put there, and the way back', async () => {
  placed.release('98.0.0', 'echo first > ~/bin/new; mv ~/bin/new ~/bin/kscli; echo "kscli 98.0.0 (test)"');
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Refused: ~/bin/kscli was replaced meanwhile, perhaps by another upgrade. It stays as it is
    exit 1"
  `);
  expect(readFileSync(placed.program, 'utf8')).toBe('first\n');
  expect(readdirSync(join(placed.program, '..'))).toEqual(['kscli']);
});
