// Small releases in the shape of dist/release: archives with one top directory, and SHA256SUMS with bare names.

import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
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
  const program = `#!/bin/sh\n${contents.program ?? `echo "kscli ${version} (test)"`}\n`;
  for (const platform of platforms) {
    addArchive(directory, `kscli-${version}-${platform}`, extension, (path) => writeFileSync(path, program));
  }
}

/** Adds an archive of kscli 9.9.9 for linux-x64 with that many zeros in the place of a program. */
export function addZeros(directory: string, bytes: number): void {
  addArchive(directory, 'kscli-9.9.9-linux-x64', 'tar.gz', (path) => {
    writeFileSync(path, '');
    truncateSync(path, bytes);
  });
}

function addArchive(directory: string, top: string, extension: string, writeProgram: (path: string) => void): void {
  const staging = mkdtempSync(join(tmpdir(), 'kscli-release-'));
  mkdirSync(join(staging, top));
  writeProgram(join(staging, top, 'kscli'));
  chmodSync(join(staging, top, 'kscli'), 0o755);
  writeFileSync(join(staging, top, 'README.md'), 'kscli\n');
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${top}.${extension}`);
  const compress = extension === 'tar.xz' ? '-cJf' : '-czf';
  const { exitCode, stderr } = Bun.spawnSync(['tar', compress, file, '-C', staging, top]);
  rmSync(staging, { recursive: true });
  if (exitCode !== 0) throw new Error(`tar: ${stderr}`);
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex');
  appendFileSync(join(directory, 'SHA256SUMS'), `${sum}  ${top}.${extension}\n`);
}
