// The install.sh of a release, and the signature of its sums.

import { expect, test } from 'bun:test';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stampInstaller } from '../../src/release/installer.ts';
import { requireKey, signFile } from '../../src/release/signature.ts';
import { parseSigner, type Signer } from '../../src/schema/signer.ts';
import { canSign, SIGNING, testWhere } from '../where.ts';

const SCRIPT = readFileSync(join(import.meta.dir, '../../install.sh'), 'utf8');
const KEY = `AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`;

test('a release without mirror and signers has the install.sh of the repository', () => {
  expect(stampInstaller(SCRIPT, { mirror: undefined, signers: [] })).toBe(SCRIPT);
});

test('mirror and signers stand in it, each in its line, and nothing else is changed', () => {
  const signers = [{ key: KEY }, { key: KEY, validAfter: '20270101', validBefore: '20280101' }];
  const stamped = stampInstaller(SCRIPT, { mirror: 'https://mirror.example.com/kscli', signers });
  const changed = stamped.split('\n').filter((line) => !SCRIPT.includes(line));
  expect(changed).toEqual([
    "RELEASES='https://mirror.example.com/kscli'",
    `SIGNERS='ssh-ed25519 ${KEY}`,
    `valid-after="20270101",valid-before="20280101" ssh-ed25519 ${KEY}'`,
  ]);
});

test('a script without the line is refused, and so is one that has it twice', () => {
  const stamp = { mirror: 'https://mirror.example.com', signers: [] };
  expect(() => stampInstaller('#!/bin/sh\n', stamp)).toThrow("install.sh has 0 lines RELEASES='…' instead of one");
  expect(() => stampInstaller(`${SCRIPT}${SCRIPT}`, stamp)).toThrow(
    "install.sh has 2 lines RELEASES='…' instead of one",
  );
});

testWhere(canSign(), SIGNING, 'a file is signed, by one of the signers or not at all', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kscli-sign-'));
  try {
    const [key, other, file] = ['key', 'other', 'SHA256SUMS'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ];
    for (const path of [key, other]) Bun.spawnSync(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', path]);
    writeFileSync(file, 'sums\n');
    signFile(file, key, readSigners(other, key));
    expect(readFileSync(`${file}.sig`, 'utf8')).toStartWith('-----BEGIN SSH SIGNATURE-----\n');
    expect(() => signFile(file, key, readSigners(other))).toThrow('the key is none of those that --signer names');
    expect(existsSync(`${file}.sig`)).toBe(false);
    expect(() => signFile(file, file, [])).toThrow('ssh-keygen -Y sign exits 255');
  } finally {
    rmSync(directory, { recursive: true });
  }
});

testWhere(canSign(), SIGNING, 'a key that cannot sign the release is refused before anything is built', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kscli-key-'));
  try {
    const [key, other] = [join(directory, 'key'), join(directory, 'other')];
    for (const path of [key, other]) Bun.spawnSync(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', path]);
    for (const half of [key, `${key}.pub`]) {
      expect(() => requireKey(half, readSigners(other, key))).not.toThrow();
      expect(() => requireKey(half, [])).not.toThrow();
      expect(() => requireKey(half, readSigners(other))).toThrow(
        `--sign: ${half} is none of the keys that --signer names`,
      );
    }
    expect(() => requireKey(join(directory, 'none'), [])).toThrow(`--sign: there is no ${directory}/none`);
    // The signature will tell.
    rmSync(`${key}.pub`);
    expect(() => requireKey(key, readSigners(other))).not.toThrow();
  } finally {
    rmSync(directory, { recursive: true });
  }
});

function readSigners(...keys: readonly string[]): readonly Signer[] {
  return keys.flatMap((key) => parseSigner(readFileSync(`${key}.pub`, 'utf8')) ?? []);
}
