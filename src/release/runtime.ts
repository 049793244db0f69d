// Gets the Bun runtime of a target: from the package registry that the user's npm is set up for, or from a directory of
// tarballs. A runtime without the pinned hashes is refused.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RUNTIME_VERSION, type Target } from './targets.ts';

type Pinned = Pick<Target, 'name' | 'runtime' | 'integrity' | 'sha256'>;

export type RuntimeSource = {
  readonly directory: string;
  /** False for an air-gapped build, which fails when a tarball is missing in the directory. */
  readonly mayFetch: boolean;
};

/**
 * Writes the verified runtime of a target to the path `executable`.
 * @throws Error when the tarball is missing, cannot be fetched or is not the pinned one
 */
export async function unpackRuntime(target: Pinned, source: RuntimeSource, executable: string): Promise<void> {
  const tarball = join(source.directory, nameTarball(target.runtime));
  if (!existsSync(tarball)) {
    if (!source.mayFetch) throw new Error(`${target.name}: ${tarball} is missing. ${explainFetch(target)}`);
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
export function nameTarball(packageName: string): string {
  return `${packageName.replace('@', '').replace('/', '-')}-${RUNTIME_VERSION}.tgz`;
}

function fetchTarball(target: Pinned, tarball: string): void {
  if (Bun.which('npm') === null) throw new Error(`${target.name}: npm is needed. ${explainFetch(target)}`);
  // Verified before the tarball gets its name, so that the next build does not find a broken one.
  const incoming = join(dirname(tarball), `.incoming-${process.pid}`);
  mkdirSync(incoming, { recursive: true });
  try {
    const specifier = `${target.runtime}@${RUNTIME_VERSION}`;
    const { exitCode, stderr } = Bun.spawnSync(['npm', 'pack', specifier, '--pack-destination', incoming], {
      stdout: 'ignore',
    });
    if (exitCode !== 0) throw new Error(`${target.name}: npm pack ${specifier} exits ${exitCode}: ${stderr}`);
    const arrived = join(incoming, nameTarball(target.runtime));
    requirePinned(target, readFileSync(arrived), `${target.runtime} as fetched`);
    renameSync(arrived, tarball);
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

function requirePinned(target: Pinned, bytes: Uint8Array, source: string): void {
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (integrity === target.integrity && sha256 === target.sha256) return;
  throw new Error(
    `${target.name}: ${source} is not the pinned runtime: its SHA-256 is ${sha256} instead of ${target.sha256}`,
  );
}

function explainFetch(target: Pinned): string {
  return `On a machine with a package registry, 'npm pack ${target.runtime}@${RUNTIME_VERSION}' writes ${nameTarball(target.runtime)} for --runtimes.`;
}
