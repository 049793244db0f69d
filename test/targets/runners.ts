// How each target is run on this machine, or why it is not: natively, emulated, or in a root of its own. Roots and libraries are
// made once by the scripts beside this file, in dist/.targets.

import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findOwnTarget } from '../../src/release/targets.ts';
import { canMount, hasTool } from '../where.ts';
import { makeRoot } from './roots.ts';
import { makeScratch } from './scratch.ts';
import type { Ran, Runner } from './walk.ts';

const HERE = import.meta.dir;

/** @property need why it is not run @property packages of Debian that it is run with */
export type Way = { readonly under: string; readonly packages: readonly string[] } & (
  | { readonly need: string }
  | { readonly open: (binary: string) => Opened | Promise<Opened> }
);

/** @property command the words before kscli's own @property environment what kscli is started with beside its own variables */
export type Opened = Runner & {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Removes what was left behind. */
  close(): Promise<void>;
};

export function findWay(target: string): Way {
  const own = findOwnTarget()?.name;
  if (target === own) return { under: 'this machine', packages: [], open: openHere };
  return WAYS[target]?.() ?? { under: '-', packages: [], need: NEEDS[target] ?? 'another machine is needed' };
}

const NEEDS: Readonly<Record<string, string>> = {
  'darwin-arm64': 'a Mac with an Apple processor is needed',
  'darwin-x64': 'a Mac is needed',
  'windows-arm64': 'Windows on arm64 is needed: the Wine here runs programs for x64',
};

const WAYS: Readonly<Record<string, () => Way>> = {
  'linux-arm64': () =>
    unlessMissing('qemu-aarch64', ['qemu-aarch64', '/usr/aarch64-linux-gnu'], (binary) =>
      openPlain(['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu', binary]),
    ),
  'linux-x64-musl': () =>
    unlessMissing('a root of musl, busybox and libstdc++', ['root', 'chroot', 'musl-gcc', 'g++-12'], (binary) =>
      openRoot(makeRoot('musl-root.sh', 'x86_64'), binary),
    ),
  'linux-arm64-musl': () =>
    unlessMissing(
      'qemu-aarch64 with musl and libstdc++',
      ['qemu-aarch64', 'musl-gcc', 'aarch64-linux-gnu-g++-12'],
      (binary) => openPlain(['qemu-aarch64', '-L', makeRoot('musl-root.sh', 'aarch64'), binary]),
    ),
  'windows-x64': () =>
    unlessMissing('Wine 10 in a root of Debian 13', ['root', 'chroot', 'debootstrap'], (binary) =>
      openWine(makeRoot('wine-root.sh', 'wine'), binary),
    ),
};

/** The packages of Debian that hold what is needed. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'qemu-aarch64': ['qemu-user'],
  '/usr/aarch64-linux-gnu': ['libc6-arm64-cross', 'libstdc++6-arm64-cross'],
  'musl-gcc': ['musl', 'musl-dev', 'musl-tools', 'gcc-12-source'],
  'g++-12': ['g++-12'],
  'aarch64-linux-gnu-g++-12': ['g++-12-aarch64-linux-gnu'],
  debootstrap: ['debootstrap'],
};

function unlessMissing(
  under: string,
  tools: readonly string[],
  open: (binary: string) => Opened | Promise<Opened>,
): Way {
  const missing = tools.filter((tool) => !isThere(tool));
  const listPackages = (names: readonly string[]) => names.flatMap((tool) => PACKAGES[tool] ?? []);
  const packages = listPackages(tools);
  if (missing.length === 0) return { under, packages, open };
  if (missing.includes('root')) return { under, packages, need: 'root is needed, in a container that may mount' };
  return { under, packages, need: `apt-get install ${listPackages(missing).join(' ') || missing.join(' ')}` };
}

function isThere(tool: string): boolean {
  if (tool === 'root') return canMount();
  // Who is not root does not have its directory on the PATH.
  return tool.startsWith('/') ? existsSync(tool) : hasTool(tool) || existsSync(`/usr/sbin/${tool}`);
}

/** With what a program of Windows finds others by, where this is Windows. */
function openHere(binary: string): Opened {
  const home = makeScratch();
  if (process.platform !== 'win32') return openPlain([binary]);
  const { PATH = '', ComSpec = 'cmd.exe' } = process.env;
  return open(home, [binary], { PATH, ComSpec, USERPROFILE: home, LOCALAPPDATA: join(home, 'local') }, (path) => path);
}

function openPlain(command: readonly string[]): Opened {
  const home = makeScratch();
  return open(home, command, { HOME: home, PATH: '/usr/bin:/bin' }, (path) => path);
}

function open(
  home: string,
  command: readonly string[],
  environment: Opened['environment'],
  locate: Opened['locate'],
): Opened {
  return {
    ...{ home, command, environment, locate, isWindows: command.at(-1)?.endsWith('.exe') ?? false },
    run: (words, env) => start([...command, ...words], { ...environment, ...env }, home),
    close: async () => rmSync(home, { recursive: true }),
  };
}

/** As another user, in a root that is read-only but for its home. */
function openRoot(root: string, binary: string): Opened {
  copyFileSync(binary, join(root, 'usr/local/bin/kscli'));
  return openIn(root, ['bash', join(HERE, 'in-root.sh'), root, '10001', '/usr/local/bin/kscli'], (path) => path);
}

async function openWine(root: string, binary: string): Promise<Opened> {
  const drive = join(root, 'prefix/drive_c');
  copyFileSync(binary, join(drive, 'kscli.exe'));
  const toWindows = (path: string) => `C:${path.replaceAll('/', '\\')}`;
  const wine = ['bash', join(HERE, 'in-wine.sh'), root];
  const opened = openIn(drive, [...wine, 'C:\\kscli.exe'], toWindows);
  const close = await keepWine(wine, opened.environment);
  return { ...opened, close: () => close().then(opened.close) };
}

/** Wine starts and ends its services, which takes seconds, with the first and the last program. @returns ends that one */
async function keepWine(wine: readonly string[], env: Opened['environment']): Promise<() => Promise<void>> {
  // Through cat: Wine knows no end of the socket that is standard input here.
  const keeper = Bun.spawn(['bash', '-c', 'cat | "$@"', 'bash', ...wine, 'cmd', '/d', '/q'], {
    ...{ env, stdin: 'pipe', stdout: 'pipe', stderr: 'ignore' },
  });
  const isReady = await keeper.stdout.getReader().read();
  if (isReady.done) throw new Error('Wine does not start');
  return async () => {
    await keeper.stdin.end();
    await keeper.exited;
  };
}

function openIn(root: string, command: readonly string[], toTarget: (path: string) => string): Opened {
  const home = mkdtempSync(join(root, 'home/kscli-'));
  Bun.spawnSync(['chown', '10001:10001', home]);
  return open(home, command, { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, (path) => toTarget(path.slice(root.length)));
}

/** Pipes, as a script has them. */
export async function start(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Ran> {
  const child = Bun.spawn([...command], { env, cwd, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { exit: await child.exited, stdout, stderr };
}
