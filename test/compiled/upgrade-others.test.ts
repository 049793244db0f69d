// kscli upgrade where other users may write, and what it finds beside itself: it runs nothing that they could have put there.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { canMount, hasTool, testWhere } from '../where.ts';
import { OWN, type Placed, placeKscli } from './placed.ts';

let placed: Placed;
beforeEach(() => {
  placed = placeKscli();
});
afterEach(() => placed.remove());

const pwned = () => existsSync(join(placed.machine.home, 'pwned'));

test('a kscli.previous that others could have written is not run', async () => {
  const previous = `${placed.program}.previous`;
  writeFileSync(previous, '#!/bin/sh\necho > ~/pwned\necho "kscli 1.9.0 (old)"\n');
  chmodSync(previous, 0o777);
  expect(await placed.kscli('upgrade --rollback')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --rollback
    ! Error: Refused: ~/bin/kscli.previous can be written by other users
    ! It was not run. Nothing was changed.
    exit 1"
  `);
  const elsewhere = join(placed.machine.home, 'elsewhere');
  Bun.spawnSync(['mv', previous, elsewhere]);
  symlinkSync('../elsewhere', previous);
  expect(await placed.kscli('upgrade --rollback --dry-run')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --rollback --dry-run
    ! Error: Refused: ~/elsewhere can be written by other users
    ! It was not run. Nothing was changed.
    exit 1"
  `);
  expect([pwned(), placed.isUntouched()]).toEqual([false, true]);
});

test.each([
  ['the directory', ''],
  ['the list of sums', 'SHA256SUMS'],
])('an unsigned source of the receipt is not believed where others can write %s', async (_, name) => {
  placed.release('98.0.0');
  placed.leaveReceipt({ source: placed.releases });
  chmodSync(join(placed.releases, name), 0o777);
  const shown = join('~/releases', name);
  expect(await placed.kscli('upgrade')).toBe(`$ ~/bin/kscli upgrade
! Error: Refused: the source of releases is not trusted: ${shown} can be written by other users
! Nothing there is signed. If it is right all the same, name it with --from.
exit 1`);
  expect(await placed.kscli('upgrade --from ~/releases')).toBe(`$ ~/bin/kscli upgrade --from ~/releases
Replaced kscli <own> by 98.0.0: ~/bin/kscli
To go back: kscli upgrade --rollback
! Warning: The source of releases is not verified: who can change the archive on its way can change SHA256SUMS too. ${shown} can be written by other users.
exit 0`);
});

testWhere(hasTool('ssh-keygen'), 'ssh-keygen', 'signed, it does not matter who can write there', async () => {
  placed.release('98.0.0');
  const key = join(placed.machine.home, 'key');
  Bun.spawnSync(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key]);
  Bun.spawnSync([
    'ssh-keygen',
    '-q',
    '-Y',
    'sign',
    '-n',
    'kscli-release',
    '-f',
    key,
    join(placed.releases, 'SHA256SUMS'),
  ]);
  placed.leaveReceipt({ source: placed.releases, signers: [readFileSync(`${key}.pub`, 'utf8').trim()] });
  chmodSync(placed.releases, 0o777);
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    Replaced kscli <own> by 98.0.0: ~/bin/kscli
    To go back: kscli upgrade --rollback
    exit 0"
  `);
});

test('the copy that a killed upgrade left goes with the next one; one that is at work stays', async () => {
  placed.release('98.0.0');
  const [old, young] = [`${placed.program}.0123456789abcdef.tmp`, `${placed.program}.fedcba9876543210.tmp`];
  for (const path of [old, young, `${placed.program}.notes.tmp`]) writeFileSync(path, '');
  utimesSync(old, 1_700_000_000, 1_700_000_000);
  await placed.kscli('upgrade');
  expect(readdirSync(join(placed.machine.home, 'bin')).sort()).toEqual([
    'kscli',
    'kscli.fedcba9876543210.tmp',
    'kscli.notes.tmp',
    'kscli.previous',
  ]);
});

testWhere(
  canMount(),
  'root that may mount',
  'a receipt that cannot be written is a warning: the new kscli is there',
  async () => {
    placed.release('98.0.0');
    const mount = 'mount --bind ~/.config ~/.config && mount -o remount,ro,bind ~/.config';
    const inside = async (words: string) =>
      (await placed.machine.shell(`unshare --mount sh -c '${mount} && ~/bin/kscli ${words}'`))
        .replace(/^.*\n/, '')
        .replaceAll(OWN, '<own>');
    expect(await inside('upgrade')).toMatchInlineSnapshot(`
      "Replaced kscli <own> by 98.0.0: ~/bin/kscli
      To go back: kscli upgrade --rollback
      ! Warning: The receipt ~/.config/kscli/kscli.receipt.json could not be written, and tells of the kscli before: the file system is read-only
      exit 0"
    `);
    rmSync(placed.program);
    writeFileSync(placed.program, readFileSync(`${placed.program}.previous`), { mode: 0o755 });
    expect(await inside('upgrade --rollback')).toMatchInlineSnapshot(`
      "Went back from kscli <own> to <own>: ~/bin/kscli
      ! Warning: The receipt ~/.config/kscli/kscli.receipt.json could not be written, and tells of the kscli before: the file system is read-only
      exit 0"
    `);
  },
);
