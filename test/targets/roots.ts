// The roots in dist/.targets, each made once, by a script beside this file, and anew where it was left half made or its script is
// another one by now.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeScratch } from './scratch.ts';

const HERE = import.meta.dir;
/** Hidden: a look for tests in it would follow Wine's link to everything. */
const KEPT = join(HERE, '../../dist/.targets');

/** Scripts by what they call. */
const CALLED: Readonly<Record<string, readonly string[]>> = { 'musl-root.sh': ['musl-libstdcxx.sh', 'unpacked.sh'] };

/** @param name of the directory, and what the script is told @throws Error with what the script said */
export function makeRoot(script: string, name: string): string {
  const directory = join(KEPT, name);
  const mark = join(directory, '.done');
  const state = sumUp([script, ...(CALLED[script] ?? [])]);
  if (readIfThere(mark) === state) return directory;
  console.log(`making dist/.targets/${name}, which takes minutes`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const { exitCode, stderr } = Bun.spawnSync(['bash', join(HERE, script), directory, name], {
    env: { ...process.env, TMPDIR: makeScratch() },
    stdout: 'ignore',
    stderr: 'pipe',
  });
  if (exitCode !== 0) throw new Error(`${script} ${name} exits ${exitCode}: ${stderr.toString().trim().slice(-2000)}`);
  writeFileSync(mark, state);
  return directory;
}

function sumUp(scripts: readonly string[]): string {
  const hasher = new Bun.CryptoHasher('sha256');
  for (const script of scripts) hasher.update(readFileSync(join(HERE, script)));
  return hasher.digest('hex');
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
