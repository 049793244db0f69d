// A kscli that install.sh did not place is not touched by kscli upgrade: it goes by the receipt, if that is to be believed.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, chownSync, rmSync, writeFileSync } from 'node:fs';
import { IS_ROOT, testWhere } from '../where.ts';
import { type Placed, placeKscli } from './placed.ts';

let placed: Placed;
beforeEach(() => {
  placed = placeKscli();
});
afterEach(() => placed.remove());

test('no receipt', async () => {
  rmSync(placed.receipt);
  placed.release('98.0.0');
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Refused: there is no receipt of install.sh for ~/bin/kscli, so upgrade does not touch it
    ! Upgrade it the way it came: its package, its image, or a build of its own.
    ! Or place a kscli with the install.sh of a release: from then on kscli upgrade keeps it up to date.
    exit 1"
  `);
  expect(placed.mirror.requests).toEqual([]);
});

testWhere(IS_ROOT, 'root', 'no receipt, as another user placed it', async () => {
  rmSync(placed.receipt);
  chownSync(placed.program, 12345, 12345);
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Refused: there is no receipt of install.sh for ~/bin/kscli, so upgrade does not touch it
    ! It belongs to another user: if they ran install.sh, upgrade it as that user.
    ! Upgrade it the way it came: its package, its image, or a build of its own.
    ! Or place a kscli with the install.sh of a release: from then on kscli upgrade keeps it up to date.
    exit 1"
  `);
});

test('the receipt of another one', async () => {
  placed.leaveReceipt({ path: '/usr/local/bin/kscli' });
  expect(await placed.kscli('upgrade --rollback')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --rollback
    ! Error: Refused: the receipt of install.sh is for /usr/local/bin/kscli, so upgrade does not touch ~/bin/kscli
    ! A receipt is of the kscli that was placed last. For this one, run install.sh again, with --dir.
    exit 1"
  `);
});

test('a receipt that others can write', async () => {
  chmodSync(placed.receipt, 0o666);
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Refused: the receipt ~/.config/kscli/kscli.receipt.json is not trusted: ~/.config/kscli/kscli.receipt.json can be written by other users
    ! It decides what is run as kscli. Remove it, and run install.sh again.
    exit 1"
  `);
});

test.each([
  '',
  '{',
  '[]',
  '{"version": 1}',
  '{"version":"2.0.0","path":"p","source":"/s","sha256":"x","signers":["who"]}',
  '{"version":"2.0.0","path":"p","source":"releases","sha256":"x","signers":[]}',
  '{"version":"2.0.0","path":"p","source":"s3://bucket/releases","sha256":"x","signers":[]}',
])('a broken receipt: %s', async (text) => {
  writeFileSync(placed.receipt, text);
  expect(await placed.kscli('upgrade')).toContain(
    '! Error: The receipt ~/.config/kscli/kscli.receipt.json is broken\n',
  );
});
