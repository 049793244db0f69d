// The places of kscli's files where no setting names others.

import type { World } from '../world.ts';

export function defaultConfigPath({ home, platform }: World): string | undefined {
  return home && joinPath(platform, home, '.config', 'kscli', 'config.json');
}

export function defaultCredentialsPath({ env, home, platform }: World): string | undefined {
  if (platform !== 'win32') return '/tmp/kscli/.credentials';
  // %TEMP% is per user there, but cleaned; local application data is per user and stays.
  const local = localData(env, home);
  return local && joinPath(platform, local, 'kscli', '.credentials');
}

function localData(env: World['env'], home: string | undefined): string | undefined {
  return env['LOCALAPPDATA'] || (home && joinPath('win32', home, 'AppData', 'Local'));
}

/** https://specifications.freedesktop.org/basedir-spec: a relative one counts for nothing. */
export function defaultJournalPath({ env, home, platform }: World): string | undefined {
  const named = env['XDG_STATE_HOME']?.startsWith('/') ? env['XDG_STATE_HOME'] : undefined;
  const usual = home && joinPath(platform, home, '.local', 'state');
  const state = platform === 'win32' ? localData(env, home) : (named ?? usual);
  return state && joinPath(platform, state, 'kscli', 'journal');
}

function joinPath(platform: NodeJS.Platform, ...parts: string[]): string {
  return parts.join(platform === 'win32' ? '\\' : '/');
}
