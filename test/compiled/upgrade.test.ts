// kscli upgrade of the compiled binary: from a mirror and a directory, and back again.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINARY } from '../binary.ts';
import { OWN, type Placed, placeKscli, TARGET } from './placed.ts';

let placed: Placed;
beforeEach(() => {
  placed = placeKscli();
});
afterEach(() => placed.remove());

test('the newest release takes the place of this kscli, which is kept', async () => {
  placed.release('97.0.0');
  placed.release('98.0.0');
  placed.release('99.0.0-rc.1');
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    Replaced kscli <own> by 98.0.0: ~/bin/kscli
    To go back: kscli upgrade --rollback
    exit 0"
  `);
  expect(placed.mirror.requests).toEqual(['GET /kscli/SHA256SUMS', `GET /kscli/kscli-98.0.0-${TARGET}.tar.gz`]);
  expect(await placed.kscli('--version')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli --version
    kscli 98.0.0 (test)
    exit 0"
  `);
  expect(statSync(placed.program).mode & 0o777).toBe(0o755);
  expect(readdirSync(join(placed.machine.home, 'bin')).sort()).toEqual(['kscli', 'kscli.previous']);
  expect(readFileSync(`${placed.program}.previous`).equals(readFileSync(BINARY))).toBe(true);
  expect(JSON.parse(readFileSync(placed.receipt, 'utf8'))).toEqual({
    ...{ version: '98.0.0', path: placed.program, source: placed.mirror.url, signers: [] },
    sha256: new Bun.CryptoHasher('sha256').update(readFileSync(placed.program)).digest('hex'),
  });
});

test('--dry-run says what would be done, and changes nothing', async () => {
  placed.release('98.0.0');
  expect(await placed.kscli('upgrade --dry-run')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --dry-run
    Would replace kscli <own> by 98.0.0
      from       <mirror>
      archive    kscli-98.0.0-<target>.tar.gz
      sha256     <sha256>
      signature  no signer is known
      path       ~/bin/kscli
    Nothing was changed.
    exit 0"
  `);
  expect(await placed.kscli('upgrade --dry-run -f json')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --dry-run -f json
    {
      "outcome": "would-upgrade",
      "before": "<own>",
      "version": "98.0.0",
      "from": "<mirror>",
      "archive": "kscli-98.0.0-<target>.tar.gz",
      "sha256": "<sha256>",
      "signature": "no signer is known",
      "path": "~/bin/kscli"
    }
    exit 0"
  `);
  expect(readdirSync(join(placed.machine.home, 'bin'))).toEqual(['kscli']);
});

test('--rollback goes back, and forward again', async () => {
  expect(await placed.kscli('upgrade --rollback')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --rollback
    ! Error: Refused: there is no ~/bin/kscli.previous to go back to
    exit 1"
  `);
  writeFileSync(`${placed.program}.previous`, '#!/bin/sh\necho "kscli 1.9.0 (old)"\n');
  chmodSync(`${placed.program}.previous`, 0o755);
  expect(await placed.kscli('upgrade --rollback --dry-run')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --rollback --dry-run
    Would go back to kscli 1.9.0. Nothing was changed.
    exit 0"
  `);
  expect(await placed.kscli('upgrade --rollback')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --rollback
    Went back from kscli <own> to 1.9.0: ~/bin/kscli
    exit 0"
  `);
  expect(await placed.kscli('--version')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli --version
    kscli 1.9.0 (old)
    exit 0"
  `);
  expect(readFileSync(`${placed.program}.previous`).equals(readFileSync(BINARY))).toBe(true);
  expect(JSON.parse(readFileSync(placed.receipt, 'utf8')).version).toBe('1.9.0');
});

test('without a network: a directory, or one archive in it; the source stays what it was', async () => {
  placed.release('98.0.0');
  expect(await placed.kscli('upgrade --from ~/releases --dry-run')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --from ~/releases --dry-run
    Would replace kscli <own> by 98.0.0
      from       ~/releases
      archive    kscli-98.0.0-<target>.tar.gz
      sha256     <sha256>
      signature  no signer is known
      path       ~/bin/kscli
    Nothing was changed.
    exit 0"
  `);
  expect(await placed.kscli(`upgrade --from ~/releases/kscli-98.0.0-${TARGET}.tar.gz`)).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --from ~/releases/kscli-98.0.0-<target>.tar.gz
    Replaced kscli <own> by 98.0.0: ~/bin/kscli
    To go back: kscli upgrade --rollback
    exit 0"
  `);
  expect(placed.mirror.requests).toEqual([]);
  expect(JSON.parse(readFileSync(placed.receipt, 'utf8')).source).toBe(placed.mirror.url);
});

test('another version is taken by its name, an older one only where that is allowed, and the same one leaves all as it is', async () => {
  for (const version of ['1.0.0', OWN, '98.0.0', '99.0.0-rc.1']) placed.release(version);
  expect(await placed.kscli('upgrade --version 99.0.0-rc.1 --dry-run -f id-only')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --version 99.0.0-rc.1 --dry-run -f id-only
    99.0.0-rc.1
    exit 0"
  `);
  expect(await placed.kscli('upgrade --version v98.0.0 --dry-run -f id-only')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --version v98.0.0 --dry-run -f id-only
    98.0.0
    exit 0"
  `);
  expect(await placed.kscli('upgrade --version 98.0.1')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --version 98.0.1
    ! Error: Not found: <mirror> has no kscli 98.0.1 for <target>
    ! It has 99.0.0-rc.1, 98.0.0, <own>, 1.0.0.
    exit 3"
  `);
  expect(await placed.kscli(`upgrade --version ${OWN}`)).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --version <own>
    This is kscli <own> already. Nothing was changed.
    exit 0"
  `);
  expect(await placed.kscli('upgrade --version 1.0.0')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --version 1.0.0
    ! Error: Refused: kscli 1.0.0 is older than this one, <own>
    ! To install it all the same, add --allow-downgrade. kscli upgrade --rollback goes back to the one before.
    exit 1"
  `);
  expect(await placed.kscli('upgrade --version 1.0.0 --allow-downgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --version 1.0.0 --allow-downgrade
    Replaced kscli <own> by 1.0.0: ~/bin/kscli
    To go back: kscli upgrade --rollback
    exit 0"
  `);
});

test('where this one is the newest, it says of which mirror', async () => {
  placed.release(OWN);
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    This is kscli <own> already, the newest in <mirror>. Nothing was changed.
    exit 0"
  `);
  expect(readdirSync(join(placed.machine.home, 'bin'))).toEqual(['kscli']);
});

test('the new kscli is tried without the key', async () => {
  placed.release('98.0.0', `env > "${placed.machine.home}/seen"; echo "kscli 98.0.0 (test)"`);
  await placed.kscli('upgrade', { ADMIN_API_KEY: 'canary', KS_UAT: 'canary', KSCLI_API_KEY: 'canary' });
  expect(readFileSync(join(placed.machine.home, 'seen'), 'utf8')).not.toContain('canary');
  expect(existsSync(`${placed.program}.previous`)).toBe(true);
});
