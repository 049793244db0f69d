// A machine that is signed in, and whose own time limit ends nothing that a test holds.

import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createSite, type Site } from '../binary.ts';

export const ASSUME = 'POST /v1/auth/assume_user';

export async function createRefreshSite(): Promise<Site> {
  // No limit of its own ends what is held here, however slow the machine is.
  const site = createSite({ KSCLI_TIMEOUT: '600' });
  await site.signIn();
  return site;
}

/** What lies where the credentials do, but for locks. */
export function listFiles({ credentials }: Site): string[] {
  return readdirSync(dirname(credentials)).filter((name) => !name.endsWith('-lock'));
}
