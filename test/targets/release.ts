// The binaries of the other targets: out of the release in dist, which is built anew where the source is younger.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from '../../src/release/targets.ts';
import { makeScratch } from './scratch.ts';

const ROOT = join(import.meta.dir, '../..');
const RELEASE = join(ROOT, 'dist/release');

/** @param wanted all that this run needs: one build replaces the last one @throws Error with what failed */
export function unpack(target: Target, wanted: readonly Target[]): string {
  if (find(target) === undefined) build(wanted);
  const archive = find(target) ?? '';
  const directory = makeScratch();
  const command = archive.endsWith('.zip')
    ? ['unzip', '-q', archive, '-d', directory]
    : ['tar', '-xzf', archive, '-C', directory];
  const { exitCode, stderr } = Bun.spawnSync(command);
  if (exitCode !== 0) throw new Error(`${command[0]}: ${stderr}`);
  const [binary] = new Bun.Glob(`*/${target.binary}`).scanSync(directory);
  return join(directory, binary ?? '');
}

/** The archive, where it is younger than all that went into it. */
function find({ name }: Target): string | undefined {
  if (!existsSync(RELEASE)) return undefined;
  const [archive] = new Bun.Glob(`kscli-*-${name}.{tar.gz,zip}`).scanSync({ cwd: RELEASE, absolute: true });
  if (archive === undefined) return undefined;
  const made = statSync(archive).mtimeMs;
  const sources = [...new Bun.Glob('src/**/*').scanSync({ cwd: ROOT, absolute: true }), join(ROOT, 'package.json')];
  return sources.every((source) => statSync(source).mtimeMs < made) ? archive : undefined;
}

function build(wanted: readonly Target[]): void {
  const names = wanted.map(({ name }) => name).join(',');
  console.log(`building ${names}`);
  const { exitCode } = Bun.spawnSync([process.execPath, 'build.ts', '--release', '--no-xz', '--only', names], {
    cwd: ROOT,
    stdout: 'inherit',
    stderr: 'inherit',
  });
  if (exitCode !== 0) throw new Error(`the release build exits ${exitCode}`);
}
