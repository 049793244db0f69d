// A path as it was typed → where it is. A path is a path: the runtime would take `s3://…` and `file:…` for places elsewhere.

import { resolve } from 'node:path';
import { expandHome } from './home.ts';

/** Absolute. @param home undefined where the system knows none */
export function locate(path: string, home: string | undefined): string {
  return absolute(expandHome(path, home));
}

const LONG_SHARE = /^\\\\\?\\UNC\\/i;

/** On Windows a share by its usual name: the runtime lists no directory by the long one, `\\?\UNC\server\share`. */
export function absolute(path: string): string {
  return resolve(path).replace(LONG_SHARE, '\\\\');
}
