// Signed releases: a key, the signature of SHA256SUMS by the real ssh-keygen, and the install.sh that the build stamps.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stampInstaller } from '../../src/release/installer.ts';
import { parseSigner, type Signer } from '../../src/schema/signer.ts';
import type { Machine } from './machine.ts';

/** Makes a key pair in the machine's root, and gives back the line that names it as a signer. */
export function makeSigner(machine: Machine, name: string, limits = ''): string {
  run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(machine.root, name)]);
  return `${limits}${readFileSync(join(machine.root, `${name}.pub`), 'utf8').trim()}`;
}

/** Writes SHA256SUMS.sig in the mirror. */
export function signSums(machine: Machine, name: string, namespace = 'kscli-release'): void {
  const sums = join(machine.mirror, 'SHA256SUMS');
  rmSync(`${sums}.sig`, { force: true });
  run(['ssh-keygen', '-q', '-Y', 'sign', '-n', namespace, '-f', join(machine.root, name), sums]);
}

/** The hash of the signature gets another name, which ssh-keygen repeats when it refuses it. */
export function renameHash(machine: Machine, hash: string): void {
  const path = join(machine.mirror, 'SHA256SUMS.sig');
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const blob = Buffer.from(lines.slice(1, -1).join(''), 'base64');
  const name = Buffer.from('\0\0\0\u0006sha512');
  const at = blob.indexOf(name);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(hash.length);
  const forged = Buffer.concat([blob.subarray(0, at), length, Buffer.from(hash), blob.subarray(at + name.length)]);
  writeFileSync(path, [lines[0], forged.toString('base64'), lines.at(-1), ''].join('\n'));
}

/** The machine's install.sh trusts these signers from now on. */
export function trust(machine: Machine, ...lines: readonly string[]): void {
  const signers = lines.map(parseSigner).filter((signer): signer is Signer => signer !== undefined);
  const script = readFileSync(machine.script, 'utf8');
  writeFileSync(machine.script, stampInstaller(script, { mirror: undefined, signers }));
}

function run(command: readonly string[]): void {
  const { exitCode, stderr } = Bun.spawnSync([...command], { stdin: 'ignore' });
  if (exitCode !== 0) throw new Error(`${command.join(' ')} exits ${exitCode}: ${stderr}`);
}
