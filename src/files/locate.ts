// A path as it was typed → where it is. A path is a path: the runtime would take `s3://…` and `file:…` for places elsewhere.

import { resolve } from 'node:path';
import { expandHome } from './home.ts';

/** Absolute. @param home undefined where the system knows none */
export function locate(path: string, home: string | undefined): string {
  return resolve(expandHome(path, home));
}
