// What a shell's prompt says of a session, from its file alone.

import type { World } from '../world.ts';
import { decodeStanding, type Standing } from './credentials.ts';
import { countLeft } from './lease.ts';
import { nameSession, nameUnnamed } from './place-names.ts';
import { parseTime } from './time.ts';

const LARGEST_FILE = 64 * 1024;

type Wanted = { readonly session: string | undefined; readonly credentialsPath: string | undefined };

/** `acme read-only 42m`; empty where there is nothing to tell. */
export async function describePrompt({ session, credentialsPath }: Wanted, world: World): Promise<string> {
  if (credentialsPath === undefined) return '';
  // As a file, and as a directory: to ask first which one it is would take longer than the answer.
  const standing =
    (await read(session, credentialsPath, false, world)) ?? (await read(session, credentialsPath, true, world));
  if (standing === undefined) return '';
  const { binding, isSignedOut } = standing;
  const name = session ?? binding.tenantId?.slice(0, 8) ?? '';
  const time = describeTime(standing, world.now() / 1000);
  if (isSignedOut && time === undefined) return name;
  // Nothing of it is as it stands in the file: no control character gets through.
  return [name, ...(binding.isReadOnly ? ['read-only'] : []), time].filter(Boolean).join(' ');
}

/**
 * With the checks of the file that a look at it takes; commands look at the way there too. Not through node:fs, which takes
 * half as long to load as all of `--version`.
 */
async function read(
  session: string | undefined,
  credentialsPath: string,
  isDirectory: boolean,
  { platform, userId, now }: World,
): Promise<Standing | undefined> {
  const unnamed = nameUnnamed(credentialsPath, isDirectory, platform);
  const file = Bun.file(nameSession(session, unnamed, platform));
  try {
    const stats = await file.stat();
    const isOwn = userId === undefined || ((stats.uid === userId || stats.uid === 0) && (stats.mode & 0o022) === 0);
    return isOwn && stats.isFile() && stats.size <= LARGEST_FILE ? decodeStanding(await file.text(), now()) : undefined;
  } catch {
    return undefined;
  }
}

const MINUTE = 60;
const HOUR = 3600;
const MANY_MINUTES = 100;

/** The lease's time, without one the token's; undefined where it is signed out, or for a key. @param now seconds since the epoch */
function describeTime(standing: Standing, now: number): string | undefined {
  const { lease, expiresAt, isSignedOut, hasEnded, binding } = standing;
  if (hasEnded) return 'ended';
  if (isSignedOut) return undefined;
  if (lease?.until !== undefined) return formatLeft(countLeft(lease, now));
  if (binding.isLogin) return undefined;
  const left = (parseTime(expiresAt ?? '') ?? 0) - now;
  return left > 0 ? formatLeft(left) : 'due';
}

function formatLeft(seconds: number): string {
  const minutes = Math.floor(seconds / MINUTE);
  return minutes < MANY_MINUTES ? `${minutes}m` : `${Math.floor(seconds / HOUR)}h`;
}
