// The names of credentials files: pure, and without what takes long to load.

import type { World } from '../world.ts';

/** The unnamed session's file, for a path that may name a directory. */
export function nameUnnamed(path: string, isDirectory: boolean, platform: World['platform']): string {
  return isDirectory ? join(path, '.credentials', platform) : path;
}

/** Of the named sessions. @param unnamed the file of the unnamed one */
export function sessionsDirectory(unnamed: string): string {
  return `${unnamed}.sessions`;
}

/** @param session undefined for the unnamed one @param unnamed its file */
export function nameSession(session: string | undefined, unnamed: string, platform: World['platform']): string {
  return session === undefined ? unnamed : join(sessionsDirectory(unnamed), session, platform);
}

export function endsWithSeparator(path: string, platform: World['platform']): boolean {
  return path.endsWith('/') || (platform === 'win32' && path.endsWith('\\'));
}

function join(directory: string, name: string, platform: World['platform']): string {
  const path = endsWithSeparator(directory, platform) ? directory + name : `${directory}/${name}`;
  return platform === 'win32' ? path.replaceAll('/', '\\') : path;
}
