// The names of the account and of the machine, as the system has them: a variable would say whatever its owner likes, and
// the runtime's own answer comes from one.

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Env } from '../world.ts';

/** @param userId undefined on Windows, which has a variable alone */
export function nameMachine(userId: number | undefined, env: Env): { readonly user: string; readonly host: string } {
  const user =
    userId === undefined ? env['USERNAME'] || 'unknown' : (findLocal(userId) ?? askSystem() ?? `uid ${userId}`);
  return { user, host: hostname() };
}

function findLocal(userId: number): string | undefined {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
    return lines.map((line) => line.split(':')).find((fields) => fields[2] === `${userId}`)?.[0];
  } catch {
    return undefined;
  }
}

/** Accounts of a directory service, and those of macOS, stand in no file. */
function askSystem(): string | undefined {
  try {
    const { success, stdout } = Bun.spawnSync(['/usr/bin/id', '-un'], { stdin: 'ignore', stderr: 'ignore', env: {} });
    return (success && stdout.toString().trim()) || undefined;
  } catch {
    return undefined;
  }
}
