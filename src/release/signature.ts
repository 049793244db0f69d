// Signs a file with an SSH key, by OpenSSH's own tool: the key may be in an agent or on a security key.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatSigner, parseSigner, SIGNATURE_NAMESPACE, type Signer } from '../schema/signer.ts';

/**
 * What can be told of a key before the minutes that a release takes.
 * @param key as for `signFile` @throws Error where it cannot sign, or is none of the signers
 */
export function requireKey(key: string, signers: readonly Signer[]): void {
  if (Bun.which('ssh-keygen') === null) throw new Error('--sign needs ssh-keygen, which is not installed');
  if (!existsSync(key)) throw new Error(`--sign: there is no ${key}`);
  // Where the public half does not lie beside the private one, the signature itself will tell.
  const [own] = [key, `${key}.pub`].filter(existsSync).flatMap((path) => parseSigner(readFileSync(path, 'utf8')) ?? []);
  if (own && signers.length > 0 && !signers.some((signer) => signer.key === own.key))
    throw new Error(`--sign: ${key} is none of the keys that --signer names`);
}

/**
 * Writes `<file>.sig`, and makes sure that one of the signers made it: a release that nobody can verify is no release.
 * @param key the private key's file, or the public one where an agent holds the private one
 * @throws Error with the words of ssh-keygen
 */
export function signFile(file: string, key: string, signers: readonly Signer[]): void {
  rmSync(`${file}.sig`, { force: true });
  run(['ssh-keygen', '-Y', 'sign', '-f', key, '-n', SIGNATURE_NAMESPACE, file], 'inherit');
  if (signers.length > 0) requireSigner(file, signers);
}

function requireSigner(file: string, signers: readonly Signer[]): void {
  const directory = mkdtempSync(join(tmpdir(), 'kscli-signers-'));
  try {
    const allowed = join(directory, 'allowed');
    writeFileSync(allowed, signers.map((signer) => `${SIGNATURE_NAMESPACE} ${formatSigner(signer)}\n`).join(''));
    const who = ['-f', allowed, '-I', SIGNATURE_NAMESPACE, '-n', SIGNATURE_NAMESPACE, '-s', `${file}.sig`];
    run(['ssh-keygen', '-Y', 'verify', ...who], readFileSync(file));
  } catch (error) {
    rmSync(`${file}.sig`, { force: true });
    throw new Error(
      `--sign: the key is none of those that --signer names: ${error instanceof Error ? error.message : error}`,
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function run(command: readonly string[], stdin: 'inherit' | Uint8Array): void {
  const { exitCode, stderr } = Bun.spawnSync([...command], { stdin, stdout: 'ignore' });
  if (exitCode !== 0)
    throw new Error(`${command.slice(0, 3).join(' ')} exits ${exitCode}: ${stderr.toString().trim()}`);
}
