// Read-only: a request that could change something is refused before it is sent.

import { Failure } from '../errors.ts';
import type { Settings } from '../settings/resolve.ts';
import type { ApiRequest } from './request.ts';

/** @throws Failure 'refused' */
export function requireAllowed({ method, path, isSafe }: ApiRequest, { readOnly }: Settings): void {
  if (!readOnly || isSafe || method === 'GET' || method === 'HEAD') return;
  throw new Failure('refused', `${method} ${path} would change something, and only reading is allowed`, {
    lines: ['Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.'],
  });
}
