// The places of credentials: the unnamed session's file, and those of named sessions in a directory beside it.

import { statSync } from 'node:fs';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { World } from '../world.ts';
import { endsWithSeparator, nameSession, nameUnnamed } from './place-names.ts';

/** @property session undefined for the unnamed one */
export type Place = { readonly path: string; readonly session: string | undefined };

/** The place of the session that the settings name. @throws Failure 'settings', 'usage' where they do not name one */
export function locateCredentials(context: Pick<Context, 'settings' | 'sessionProblem' | 'world'>): Place {
  const { settings, sessionProblem } = context;
  // Never the unnamed session in place of one with a wrong name.
  if (sessionProblem) throw sessionProblem;
  return locateSession(settings.session, context);
}

/** @param session undefined for the unnamed one @throws Failure 'settings' */
export function locateSession(session: string | undefined, context: Pick<Context, 'settings' | 'world'>): Place {
  const { platform } = context.world;
  const unnamed = credentialsFile(context.settings.credentialsPath, platform);
  return { path: nameSession(session, unnamed, platform), session };
}

/** The unnamed session's file, for a path that may name a directory. @throws Failure 'settings' */
export function credentialsFile(path: string | undefined, platform: World['platform']): string {
  if (path === undefined)
    throw new Failure('settings', 'There is no place for credentials. Name a file in KSCLI_CREDENTIALS_PATH');
  const isDirectory = endsWithSeparator(path, platform) || isExistingDirectory(path);
  return nameUnnamed(path, isDirectory, platform);
}

/** False also for a path that cannot be looked at: reading or writing it will tell why. */
function isExistingDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
