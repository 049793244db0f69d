// Runs a finished binary where this machine can, and says why where the machine cannot.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from './compile.ts';
import type { Target } from './targets.ts';

type Machine = Pick<Target, 'os' | 'arch' | 'loader'>;
type Plan = { readonly command: readonly string[]; readonly how: string } | { readonly why: string };

/** Where Debian puts the libraries of arm64 for use on another machine; QEMU_LD_PREFIX is qemu's own variable. */
const SYSROOTS = [process.env['QEMU_LD_PREFIX'] ?? '/usr/aarch64-linux-gnu', '/'];
/** The messages of the loaders of glibc and musl for a library that is not installed here: no fault of the binary. */
const MISSING_LIBRARY = /error while loading shared libraries: (\S+):|Error loading shared library (\S+):/;

/**
 * A note for the log: that the binary ran, or why it was not run.
 * @throws Error when the binary runs and does not print its version
 */
export function tryVersion(binary: string, target: Machine, identity: Identity): string {
  const plan = planRun(target);
  if ('why' in plan) return `not run: ${plan.why}`;
  const missing = findMissingLibrary([...plan.command, binary]);
  if (missing !== undefined) return `not run: ${missing} is not installed`;
  requireVersion(plan.command, binary, identity);
  return `runs ${plan.how}`;
}

/**
 * A build that reports success can still write a binary that does not start.
 * @param command words before the binary, such as an emulator
 * @throws Error with the exit code and both outputs
 */
export function requireVersion(command: readonly string[], binary: string, { version, commit }: Identity): void {
  const { exitCode, stdout, stderr } = Bun.spawnSync([...command, binary, '--version']);
  if (exitCode === 0 && stdout.toString() === `kscli ${version} (${commit})\n`) return;
  throw new Error(`${[...command, binary].join(' ')} --version exits ${exitCode} and prints: ${stdout}${stderr}`);
}

function findMissingLibrary(command: readonly string[]): string | undefined {
  const { exitCode, stderr } = Bun.spawnSync([...command, '--version']);
  const missing = exitCode === 127 ? MISSING_LIBRARY.exec(stderr.toString()) : null;
  return missing?.[1] ?? missing?.[2];
}

function planRun({ os, arch, loader }: Machine): Plan {
  if (os !== process.platform) return { why: `this machine is not ${os}` };
  if (arch === process.arch) {
    if (loader === undefined || existsSync(loader)) return { command: [], how: 'here' };
    return { why: `${loader} is not installed` };
  }
  if (os !== 'linux' || arch !== 'arm64') return { why: `this machine is not ${arch}` };
  const qemu = Bun.which('qemu-aarch64') ?? Bun.which('qemu-aarch64-static');
  if (qemu === null) return { why: 'qemu-aarch64 is not installed' };
  const sysroot = SYSROOTS.find((root) => existsSync(join(root, loader ?? '')));
  if (sysroot === undefined) return { why: `${loader} is neither in ${SYSROOTS.join(' nor in ')}` };
  return { command: [qemu, '-L', sysroot], how: `under qemu-aarch64 with ${sysroot}` };
}
