// Signatures of ssh-keygen, verified without it.

import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSigner, type Signer } from '../../src/schema/signer.ts';
import { findFault } from '../../src/upgrade/signature.ts';
import { canSign, SIGNING, sayNotRun } from '../where.ts';

const MESSAGE = Buffer.from('sums\n');
const NOW = Date.UTC(2026, 5, 15);

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'kscli-signature-'));
  writeFileSync(join(directory, 'message'), MESSAGE);
});
afterAll(() => rmSync(directory, { recursive: true }));

function makeKey(name: string, type = 'ed25519'): Signer {
  const key = join(directory, name);
  Bun.spawnSync(['ssh-keygen', '-q', '-t', type, '-N', '', '-f', key]);
  return parseSigner(readFileSync(`${key}.pub`, 'utf8')) ?? { key: '' };
}

function sign(name: string, namespace = 'kscli-release', ...options: readonly string[]): string {
  const message = join(directory, 'message');
  rmSync(`${message}.sig`, { force: true });
  Bun.spawnSync(['ssh-keygen', '-Y', 'sign', '-n', namespace, ...options, '-f', join(directory, name), message]);
  return readFileSync(`${message}.sig`, 'utf8');
}

function run(): void {
  test('good, by either hash, and by one of two signers', async () => {
    const [mine, next] = [makeKey('mine'), makeKey('next')];
    expect(await findFault(MESSAGE, sign('mine'), [mine], NOW)).toBeUndefined();
    expect(
      await findFault(MESSAGE, sign('mine', 'kscli-release', '-O', 'hashalg=sha256'), [mine], NOW),
    ).toBeUndefined();
    expect(await findFault(MESSAGE, sign('next'), [mine, next], NOW)).toBeUndefined();
    expect(await findFault(MESSAGE, sign('next').replaceAll('\n', '\r\n'), [next], NOW)).toBeUndefined();
  });

  test('wrong signer, namespace, contents, kind of key, form', async () => {
    const [mine] = [makeKey('owner'), makeKey('stranger'), makeKey('rsa', 'rsa')];
    const good = sign('owner');
    const cases: [armored: string, fault: string][] = [
      [sign('stranger'), 'it was made by somebody else'],
      [sign('rsa'), 'it was made by somebody else'],
      [sign('owner', 'git'), 'it was made for something else'],
      ['', 'it is no SSH signature'],
      ['<html>', 'it is no SSH signature'],
      [`x${good}`, 'it is no SSH signature'],
      [`${good}${good}`, 'it is no SSH signature'],
      [good.replace(/\n.*(?=\n-----END)/, ''), 'it is broken'],
    ];
    for (const [armored, fault] of cases) expect(await findFault(MESSAGE, armored, [mine as Signer], NOW)).toBe(fault);
    expect(await findFault(Buffer.from('sums'), good, [mine as Signer], NOW)).toBe('it belongs to other contents');
  });

  test('no bit of a signature can be changed', async () => {
    const signer = makeKey('bits');
    const lines = sign('bits').trim().split('\n');
    const blob = Buffer.from(lines.slice(1, -1).join(''), 'base64');
    for (let bit = 0; bit < blob.length * 8; bit += 5) {
      const changed = Buffer.from(blob);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const armored = [lines[0], changed.toString('base64'), lines.at(-1), ''].join('\n');
      expect([bit, await findFault(MESSAGE, armored, [signer], NOW)]).not.toEqual([bit, undefined]);
    }
  });

  test.each([
    [{ validBefore: '20260616' }, undefined],
    [{ validBefore: '20260614' }, 'the time of its key is over, or has not begun'],
    [{ validAfter: '20260614' }, undefined],
    [{ validAfter: '20260617Z' }, 'the time of its key is over, or has not begun'],
    [{ validBefore: '202606150000Z' }, 'the time of its key is over, or has not begun'],
    [{ validBefore: '20260615000001Z' }, undefined],
  ])('a key in its time: %j', async (limits, fault) => {
    const signer = makeKey(JSON.stringify(limits).replace(/\W/g, ''));
    const name = JSON.stringify(limits).replace(/\W/g, '');
    expect(await findFault(MESSAGE, sign(name), [{ ...signer, ...limits } as Signer], NOW)).toBe(fault);
  });
}

if (canSign()) describe('ssh-keygen', run);
else sayNotRun(SIGNING, 'signatures of ssh-keygen, verified without it');
