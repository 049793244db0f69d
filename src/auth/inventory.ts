// The sessions of this machine, as their files tell: nothing is sent, locked or changed.

import { readdirSync } from 'node:fs';
import type { Context } from '../context.ts';
import { Failure, findCode } from '../errors.ts';
import { trustedDirectory, UntrustedPath } from '../files/safe-path.ts';
import { findNameProblem } from '../schema/session-name.ts';
import type { World } from '../world.ts';
import { type Binding, type Credentials, decodeCredentials, decodeStanding, type Standing } from './credentials.ts';
import { isDue } from './due.ts';
import { locateSession, type Place } from './place.ts';
import { nameSession, sessionsDirectory } from './place-names.ts';
import { peekCredentials, refusedDirectory } from './store.ts';

/** `due`: the next command renews it. `ended`: its lease. */
export type State = 'valid' | 'due' | 'ended' | 'signed-out' | 'unreadable';

export type Found = {
  readonly place: Place;
  readonly state: State;
  /** undefined where nothing of it can be read. */
  readonly binding: Binding | undefined;
  readonly expiresAt: string | undefined;
  readonly leaseUntil: string | undefined;
  /** Why it is unreadable, in sentences. */
  readonly reasons: readonly string[];
};

/** What a killed writer leaves, and locks. */
const LEFTOVER = /\.([0-9a-f]{16}\.tmp|write-lock|refresh-lock)$/;

/**
 * The places of all named sessions, by name.
 * @param withLeftovers those too of which only a lock or a half-made file is left @throws Failure 'directory', 'settings'
 */
export function listNamed(context: Context, withLeftovers = false): Place[] {
  const { platform } = context.world;
  const unnamed = locateSession(undefined, context).path;
  const directory = sessionsDirectory(unnamed);
  const entries = readNames(directory, context.world);
  const names = withLeftovers ? entries.map((entry) => entry.replace(LEFTOVER, '')) : entries;
  const sessions = [...new Set(names)].filter((name) => findNameProblem(name) === undefined).sort();
  return sessions.map((session) => ({ path: nameSession(session, unnamed, platform), session }));
}

function readNames(directory: string, { userId }: World): string[] {
  try {
    return readdirSync(trustedDirectory(directory, userId));
  } catch (cause) {
    const code = findCode(cause);
    if (code === 'ENOENT') return [];
    if (cause instanceof UntrustedPath) throw refusedDirectory(cause);
    throw new Failure('disk', `The directory of the sessions ${directory} cannot be read (${code})`, { cause });
  }
}

/** undefined where there is no file. @param now milliseconds since the epoch */
export async function inspect(place: Place, world: World, now: number): Promise<Found | undefined> {
  const nothing = { place, binding: undefined, expiresAt: undefined, leaseUntil: undefined };
  try {
    const text = peekCredentials(place, world);
    const standing = decodeStanding(text, now);
    const decode = () => decodeCredentials(text, place, now);
    const state = standing ? await judge(standing, decode, now) : await judgeToken(decode(), now);
    const { binding, expiresAt, lease } = standing ?? {};
    return { place, state, binding, expiresAt, leaseUntil: lease?.until, reasons: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (findCode(error.cause) === 'ENOENT') return undefined;
    const reasons = error.kind === 'not-authenticated' ? error.lines : [error.message];
    return { ...nothing, state: 'unreadable', reasons };
  }
}

async function judge(standing: Standing, decode: () => Credentials, now: number): Promise<State> {
  if (standing.hasEnded) return 'ended';
  if (standing.isSignedOut) return 'signed-out';
  return judgeToken(decode(), now);
}

async function judgeToken(credentials: Credentials, now: number): Promise<State> {
  return !credentials.isLogin && (await isDue(credentials, now)) ? 'due' : 'valid';
}
