// A root of the C library alone, made anew each time: what a container has at least, and busybox as its shell.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findOwnTarget } from '../../src/release/targets.ts';
import { canMount, hasTool } from '../where.ts';
import type { Opened } from './runners.ts';

const HERE = import.meta.dir;
const ROOT = join(HERE, '../../dist/.targets/libc');
const USER = '10001';
const UNDER = 'a root of the C library alone, and busybox';
const PACKAGES = ['busybox'];

/** Where lines are typed. @property command the words before the program, which is the last of them */
export type Place = Pick<Opened, 'command' | 'environment' | 'home' | 'locate' | 'close'>;

/** @property need why there is none on this machine */
export type Way = { readonly under: string; readonly packages: readonly string[] } & (
  | { readonly need: string }
  | { readonly open: (binary: string) => Place | Promise<Place> }
);

export function findLibcRoot(): Way {
  const way = { under: UNDER, packages: PACKAGES };
  if (!/^linux-(x64|arm64)$/.test(findOwnTarget()?.name ?? '') || !hasTool('ldd'))
    return { ...way, need: 'a machine of glibc is needed' };
  if (!canMount()) return { ...way, need: 'root is needed, in a container that may mount' };
  return hasTool('busybox') ? { ...way, open } : { ...way, need: `apt-get install ${PACKAGES}` };
}

function open(): Place {
  rmSync(ROOT, { recursive: true, force: true });
  mkdirSync(ROOT, { recursive: true });
  const { exitCode, stderr } = Bun.spawnSync(['bash', join(HERE, 'libc-root.sh'), ROOT], { stderr: 'pipe' });
  if (exitCode !== 0) throw new Error(`libc-root.sh exits ${exitCode}: ${stderr}`);
  const home = mkdtempSync(join(ROOT, 'home/kscli-'));
  Bun.spawnSync(['chown', `${USER}:${USER}`, home]);
  return {
    command: ['bash', join(HERE, 'in-root.sh'), ROOT, USER, 'kscli'],
    environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    home,
    locate: (path) => path.slice(ROOT.length),
    close: async () => rmSync(ROOT, { recursive: true }),
  };
}
