// A path as it was typed → where it is. A path is a path: the runtime would take `s3://…` and `file:…` for places elsewhere.

import { resolve } from 'node:path';

/** Absolute. @param home undefined where the system knows none */
export function locate(path: string, home: string | undefined): string {
  return resolve(expandHome(path, home));
}

/** `~/…` where no shell has done it: in quotes, behind `=` or `@`, in a service's unit, in the config file. */
export function expandHome(path: string, home: string | undefined): string {
  return home !== undefined && path.startsWith('~/') ? home + path.slice(1) : path;
}
