// How each target is run on this machine, or why it is not: natively, emulated, or in a root of its own. Roots and libraries are
// made once by the scripts beside this file, in dist/.targets.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOwnTarget } from '../../src/release/targets.ts';
import { canMount, hasTool } from '../where.ts';
import type { Ran, Runner } from './happy-path.ts';

const HERE = import.meta.dir;
/** Hidden: a look for tests in it would follow Wine's link to everything. */
const KEPT = join(HERE, '../../dist/.targets');

/** @property need why it is not run */
export type Way = { readonly under: string } & (
  | { readonly need: string }
  | { readonly open: (binary: string) => Opened }
);

/** @property command the words before kscli's own @property environment what kscli is started with beside its own variables */
export type Opened = Runner & {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Removes what was left behind. */
  close(): void;
};

export function findWay(target: string): Way {
  const own = findOwnTarget()?.name;
  if (target === own) return { under: 'this machine', open: (binary) => openPlain([binary]) };
  return WAYS[target]?.() ?? { under: '-', need: 'a machine of that system' };
}

const WAYS: Readonly<Record<string, () => Way>> = {
  'linux-arm64': () =>
    unlessMissing('qemu-aarch64 with the C library of Debian', ['qemu-aarch64', '/usr/aarch64-linux-gnu'], () => ({
      open: (binary) => openPlain(['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu', binary]),
    })),
  'linux-x64-musl': () =>
    unlessMissing('a root of musl, busybox and libstdc++', [...ROOT_TOOLS, 'musl-gcc', 'g++-12', 'busybox'], () => ({
      open: (binary) => openRoot(make('musl-root.sh', 'x86_64'), binary),
    })),
  'linux-arm64-musl': () =>
    unlessMissing(
      'qemu-aarch64 with musl and libstdc++',
      ['qemu-aarch64', 'musl-gcc', 'aarch64-linux-gnu-g++-12'],
      () => ({
        open: (binary) => openPlain(['qemu-aarch64', '-L', make('musl-root.sh', 'aarch64'), binary]),
      }),
    ),
  'windows-x64': () =>
    unlessMissing('Wine 10 in a root of Debian 13', [...ROOT_TOOLS, 'debootstrap'], () => ({
      open: (binary) => openWine(make('wine-root.sh', 'wine'), binary),
    })),
};

const ROOT_TOOLS = ['unshare', 'chroot', 'root'];

/** The packages of Debian that hold what is missing. */
const PACKAGES: Readonly<Record<string, string>> = {
  'qemu-aarch64': 'qemu-user',
  '/usr/aarch64-linux-gnu': 'libc6-arm64-cross libstdc++6-arm64-cross',
  'musl-gcc': 'musl musl-dev musl-tools gcc-12-source',
  'g++-12': 'g++-12',
  'aarch64-linux-gnu-g++-12': 'g++-12-aarch64-linux-gnu',
  busybox: 'busybox-static',
  debootstrap: 'debootstrap',
};

function unlessMissing(under: string, tools: readonly string[], way: () => { open: (binary: string) => Opened }): Way {
  const missing = tools.filter((tool) => !isThere(tool));
  if (missing.length === 0) return { under, ...way() };
  if (missing.includes('root')) return { under, need: 'root that may mount' };
  return { under, need: `apt-get install ${missing.map((tool) => PACKAGES[tool] ?? tool).join(' ')}` };
}

function isThere(tool: string): boolean {
  if (tool === 'root') return canMount();
  // The one that needs a C library of its own would not start there.
  if (tool === 'busybox')
    return hasTool(tool) && !Bun.spawnSync(['ldd', Bun.which(tool) ?? '']).stdout.includes('libc.so');
  return tool.startsWith('/') ? existsSync(tool) : hasTool(tool) || existsSync(`/usr/sbin/${tool}`);
}

/** The directory that the script makes, once. @throws Error with what the script said */
function make(script: string, name: string): string {
  const directory = join(KEPT, name);
  if (existsSync(join(directory, '.done'))) return directory;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const { exitCode, stderr } = Bun.spawnSync(['bash', join(HERE, script), directory, name], { stdout: 'ignore' });
  if (exitCode !== 0) throw new Error(`${script} ${name} exits ${exitCode}: ${stderr.toString().trim().slice(-2000)}`);
  Bun.spawnSync(['touch', join(directory, '.done')]);
  return directory;
}

function openPlain(command: readonly string[]): Opened {
  const home = mkdtempSync(join(tmpdir(), 'kscli-target-'));
  return open(home, command, { HOME: home, PATH: '/usr/bin:/bin' }, (path) => path);
}

function open(
  home: string,
  command: readonly string[],
  environment: Opened['environment'],
  locate: Opened['locate'],
): Opened {
  return {
    ...{ home, command, environment, locate },
    run: (words, env) => start([...command, ...words], { ...environment, ...env }, home),
    close: () => rmSync(home, { recursive: true }),
  };
}

/** As another user, in a root that is read-only but for its home. */
function openRoot(root: string, binary: string): Opened {
  copyFileSync(binary, join(root, 'usr/local/bin/kscli'));
  return openIn(root, ['bash', join(HERE, 'in-root.sh'), root, '10001', '/usr/local/bin/kscli'], (path) => path);
}

function openWine(root: string, binary: string): Opened {
  const drive = join(root, 'prefix/drive_c');
  copyFileSync(binary, join(drive, 'kscli.exe'));
  const toWindows = (path: string) => `C:${path.replaceAll('/', '\\')}`;
  return openIn(drive, ['bash', join(HERE, 'in-wine.sh'), root, 'C:\\kscli.exe'], toWindows);
}

function openIn(root: string, command: readonly string[], toTarget: (path: string) => string): Opened {
  const home = mkdtempSync(join(root, 'home/kscli-'));
  Bun.spawnSync(['chown', '10001:10001', home]);
  return open(home, command, { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, (path) => toTarget(path.slice(root.length)));
}

async function start(command: readonly string[], env: Readonly<Record<string, string>>, cwd: string): Promise<Ran> {
  const child = Bun.spawn([...command], { env, cwd, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { exit: await child.exited, stdout, stderr };
}
