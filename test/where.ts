// Tests that need a tool or right that not every machine has: they run where it is there, and say plainly where not.

import { test } from 'bun:test';
import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';

export const IS_ROOT = process.geteuid?.() === 0;

export function hasTool(name: string): boolean {
  return Bun.which(name) !== null;
}

/** Root that may mount: not the case in most containers. */
export function canMount(): boolean {
  return (
    IS_ROOT && hasTool('unshare') && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
  );
}

/** In a container a user may have a number and no name. */
export function hasAccount(): boolean {
  return spawnSync('id', ['-un']).status === 0;
}

/** ssh-keygen does nothing for a user without an account. */
export function canSign(): boolean {
  return hasTool('ssh-keygen') && hasAccount();
}

export const SIGNING = 'ssh-keygen, and an account';

/** Many containers have none. */
export function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
}

export function testWhere(isThere: boolean, need: string, name: string, body: () => void | Promise<void>): void {
  if (isThere) test(name, body);
  else sayNotRun(need, name);
}

export function sayNotRun(need: string, name: string): void {
  console.warn(`not run, needs ${need}: ${name}`);
}
