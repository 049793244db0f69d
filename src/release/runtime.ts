// Where the Bun runtime of a target comes from: the package registry that the user's npm is set up for, or a directory
// of tarballs. Nothing leaves here that does not have the pinned hashes.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RUNTIME_VERSION, type Target } from './targets.ts';

type Pinned = Pick<Target, 'name' | 'runtime' | 'integrity' | 'sha256'>;

export type RuntimeSource = {
  readonly directory: string;
  /** False for an air-gapped build: then what is missing in the directory fails it. */
  readonly mayFetch: boolean;
};

/**
 * Writes the verified runtime of a target to the path `executable`.
 * @throws Error when it cannot be had, or is not the pinned one.
 */
export async function unpackRuntime(target: Pinned, source: RuntimeSource, executable: string): Promise<void> {
  const tarball = join(source.directory, tarballName(target.runtime));
  if (!existsSync(tarball)) {
    if (!source.mayFetch) throw new Error(`${target.name}: ${tarball} is missing. ${fetchHint(target)}`);
    fetchTarball(target, tarball);
  }
  const bytes = readFileSync(tarball);
  requirePinned(target, bytes, tarball);
  const executables = [...(await new Bun.Archive(bytes).files('package/bin/*')).values()];
  const [runtime] = executables;
  if (runtime === undefined || executables.length > 1) {
    throw new Error(`${target.name}: ${tarball} holds ${executables.length} executables instead of one`);
  }
  mkdirSync(dirname(executable), { recursive: true });
  writeFileSync(executable, await runtime.bytes(), { mode: 0o755 });
}

/** The name that `npm pack` gives the tarball of a scoped package. */
export function tarballName(packageName: string): string {
  return `${packageName.replace('@', '').replace('/', '-')}-${RUNTIME_VERSION}.tgz`;
}

function fetchTarball(target: Pinned, tarball: string): void {
  if (Bun.which('npm') === null) throw new Error(`${target.name}: npm is needed. ${fetchHint(target)}`);
  // Verified before it gets its name, so that a broken download is not there at the next try.
  const incoming = join(dirname(tarball), `.incoming-${process.pid}`);
  mkdirSync(incoming, { recursive: true });
  try {
    const specifier = `${target.runtime}@${RUNTIME_VERSION}`;
    const { exitCode, stderr } = Bun.spawnSync(['npm', 'pack', specifier, '--pack-destination', incoming], {
      stdout: 'ignore',
    });
    if (exitCode !== 0) throw new Error(`${target.name}: npm pack ${specifier} exits ${exitCode}: ${stderr}`);
    const arrived = join(incoming, tarballName(target.runtime));
    requirePinned(target, readFileSync(arrived), `${target.runtime} as fetched`);
    renameSync(arrived, tarball);
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

function requirePinned(target: Pinned, bytes: Uint8Array, what: string): void {
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (integrity === target.integrity && sha256 === target.sha256) return;
  throw new Error(
    `${target.name}: ${what} is not the pinned runtime: its SHA-256 is ${sha256} instead of ${target.sha256}`,
  );
}

function fetchHint(target: Pinned): string {
  return `On a machine with a package registry, 'npm pack ${target.runtime}@${RUNTIME_VERSION}' writes ${tarballName(target.runtime)} for --runtimes.`;
}
