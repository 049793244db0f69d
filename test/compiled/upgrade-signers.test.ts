// From one signing key to the next by kscli upgrade: whoever may sign today names in a release who may tomorrow.

import { afterEach, beforeEach, describe, expect } from 'bun:test';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stampInstaller } from '../../src/release/installer.ts';
import { formatSigner, parseSigner, type Signer } from '../../src/schema/signer.ts';
import { canSign, SIGNING, testWhere } from '../where.ts';
import { OWN, type Placed, placeKscli } from './placed.ts';

type Key = { readonly file: string; readonly signer: Signer; readonly line: string; readonly fingerprint: string };

let placed: Placed;
let today: Key;
let next: Key;

beforeEach(() => {
  placed = placeKscli();
  if (!canSign()) return;
  [today, next] = [makeKey('today'), makeKey('next')];
  placed.leaveReceipt({ signers: [today.line] });
});
afterEach(() => placed.remove());

describe('whom install.sh of a signed release names', () => {
  testWithKeys('is in the receipt from then on, and the last key is out once it is named no more', async () => {
    release('98.0.0', today, [today, next]);
    expect(await kscli('upgrade --dry-run')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade --dry-run
      Would replace kscli <own> by 98.0.0
        from       <mirror>
        archive    kscli-98.0.0-<target>.tar.gz
        sha256     <sha256>
        signature  verified
        signers    <today> or <next>
        path       ~/bin/kscli
      Nothing was changed.
      exit 0"
    `);
    expect(listSigners()).toEqual([today.line]);
    expect(await kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      Replaced kscli <own> by 98.0.0: ~/bin/kscli
      From now on releases are signed by <today> or <next>
      To go back: kscli upgrade --rollback
      exit 0"
    `);
    expect(listSigners()).toEqual([today.line, next.line]);
    // The stand-in for the new kscli is no kscli: the one of this build takes its place again.
    await placed.machine.shell('cp ~/bin/kscli.previous ~/bin/kscli');
    release('99.0.0', next, [next]);
    expect(await kscli('upgrade -f json')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade -f json
      {
        "outcome": "upgraded",
        "version": "99.0.0",
        "before": "<own>",
        "path": "~/bin/kscli"
      }
      exit 0"
    `);
    expect(listSigners()).toEqual([next.line]);
    await placed.machine.shell('cp ~/bin/kscli.previous ~/bin/kscli');
    release('99.0.1', today, [today]);
    expect(await kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Refused: the signature of SHA256SUMS in <mirror> is wrong: it was made by somebody else
      ! Nothing of it was used. Ask whoever makes your releases.
      exit 1"
    `);
  });

  testWithKeys('counts for nothing in a release that somebody else signed', async () => {
    release('98.0.0', next, [today, next]);
    expect(await kscli('upgrade')).toContain('is wrong: it was made by somebody else\n');
    expect(listSigners()).toEqual([today.line]);
    expect(placed.isUntouched()).toBe(true);
  });

  testWithKeys('counts for nothing in a script that is not the one of the release', async () => {
    release('98.0.0', today, [today]);
    writeInstaller([next]);
    expect(await kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Refused: the SHA-256 of install.sh in <mirror> is wrong
      ! It says who may sign the next release. Nothing was changed.
      exit 1"
    `);
    expect(listSigners()).toEqual([today.line]);
    expect(placed.isUntouched()).toBe(true);
  });

  testWithKeys('counts for nothing in an older release, which names older keys', async () => {
    release('1.0.0', today, [next]);
    expect(await kscli('upgrade --allow-downgrade')).toContain(`Replaced kscli ${OWN} by 1.0.0`.replace(OWN, '<own>'));
    expect(listSigners()).toEqual([today.line]);
  });
});

describe('the signers stay', () => {
  testWithKeys('where the script was not carried along', async () => {
    release('98.0.0', today, [next]);
    rmSync(join(placed.releases, 'install.sh'));
    expect(await kscli('upgrade --from ~/releases')).toContain('Replaced kscli');
    expect(listSigners()).toEqual([today.line]);
  });

  testWithKeys('where the script names none', async () => {
    release('98.0.0', today, []);
    expect(await kscli('upgrade')).toContain('Replaced kscli');
    expect(listSigners()).toEqual([today.line]);
  });

  testWithKeys('where this kscli cannot read one of them', async () => {
    release('98.0.0', today, [next], (script) => script.replace(/^SIGNERS='/m, "SIGNERS='ssh-later AAAA\n"));
    expect(await kscli('upgrade')).toContain('Replaced kscli');
    expect(listSigners()).toEqual([today.line]);
  });

  testWithKeys('where there were none: whoever signs a release is not believed for that', async () => {
    placed.leaveReceipt({ signers: [] });
    release('98.0.0', next, [next]);
    expect(await kscli('upgrade')).toContain('Replaced kscli');
    expect(listSigners()).toEqual([]);
  });
});

function testWithKeys(name: string, body: () => Promise<void>): void {
  testWhere(canSign(), SIGNING, name, body);
}

function makeKey(name: string): Key {
  const file = join(placed.machine.home, name);
  Bun.spawnSync(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', file]);
  const signer = parseSigner(readFileSync(`${file}.pub`, 'utf8'));
  if (signer === undefined) throw new Error(`${file}.pub is no key`);
  const { stdout } = Bun.spawnSync(['ssh-keygen', '-l', '-f', file]);
  return { file, signer, line: formatSigner(signer), fingerprint: stdout.toString().split(' ')[1] ?? '' };
}

/** In place of the last one, signed by the key, with an install.sh that names the keys. */
function release(version: string, by: Key, named: readonly Key[], change = (script: string) => script): void {
  const sums = join(placed.releases, 'SHA256SUMS');
  rmSync(sums, { force: true });
  placed.release(version);
  const script = writeInstaller(named, change);
  appendFileSync(sums, `${new Bun.CryptoHasher('sha256').update(script).digest('hex')}  install.sh\n`);
  rmSync(`${sums}.sig`, { force: true });
  Bun.spawnSync(['ssh-keygen', '-q', '-Y', 'sign', '-n', 'kscli-release', '-f', by.file, sums]);
}

function writeInstaller(named: readonly Key[], change = (script: string) => script): string {
  const installer = readFileSync(join(import.meta.dir, '../../install.sh'), 'utf8');
  const script = change(stampInstaller(installer, { mirror: undefined, signers: named.map(({ signer }) => signer) }));
  writeFileSync(join(placed.releases, 'install.sh'), script);
  return script;
}

async function kscli(line: string): Promise<string> {
  const text = await placed.kscli(line);
  return text.replaceAll(today.fingerprint, '<today>').replaceAll(next.fingerprint, '<next>');
}

function listSigners(): string[] {
  return JSON.parse(readFileSync(placed.receipt, 'utf8')).signers;
}
