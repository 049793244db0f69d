// Small releases in the shape of dist/release: archives with one top directory, and SHA256SUMS with bare names.

import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PLATFORMS = ['linux-x64', 'linux-arm64', 'linux-x64-musl', 'linux-arm64-musl', 'darwin-arm64'];

export type Contents = {
  readonly version?: string;
  readonly platforms?: readonly string[];
  readonly extension?: 'tar.gz' | 'tar.xz';
  /** The kscli inside: a shell script stands in for the binary. */
  readonly program?: string;
};

/** Adds archives to the directory and their lines to its SHA256SUMS. */
export function addRelease(directory: string, contents: Contents = {}): void {
  const { version = '9.9.9', platforms = ['linux-x64'], extension = 'tar.gz' } = contents;
  const program = contents.program ?? `echo "kscli ${version} (test)"`;
  mkdirSync(directory, { recursive: true });
  for (const platform of platforms) {
    const top = `kscli-${version}-${platform}`;
    const name = `${top}.${extension}`;
    const archive = pack(name, top, `#!/bin/sh\n${program}\n`);
    writeFileSync(join(directory, name), archive);
    const sum = createHash('sha256').update(archive).digest('hex');
    appendFileSync(join(directory, 'SHA256SUMS'), `${sum}  ${name}\n`);
  }
}

/** By name and contents: nearly every test wants the same. */
const packed = new Map<string, Buffer>();

function pack(name: string, top: string, program: string): Buffer {
  const key = `${name}\n${program}`;
  const archive = packed.get(key) ?? runTar(name, top, program);
  packed.set(key, archive);
  return archive;
}

function runTar(name: string, top: string, program: string): Buffer {
  const staging = mkdtempSync(join(tmpdir(), 'kscli-release-'));
  mkdirSync(join(staging, top));
  writeFileSync(join(staging, top, 'kscli'), program);
  chmodSync(join(staging, top, 'kscli'), 0o755);
  writeFileSync(join(staging, top, 'README.md'), 'kscli\n');
  const { exitCode, stdout, stderr } = Bun.spawnSync([
    'tar',
    name.endsWith('xz') ? '-cJf' : '-czf',
    '-',
    '-C',
    staging,
    top,
  ]);
  rmSync(staging, { recursive: true });
  if (exitCode !== 0) throw new Error(`tar: ${stderr}`);
  return stdout;
}
