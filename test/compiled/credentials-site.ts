// A machine that is signed in, and how the compiled binary meets what lies where its credentials should: refused, served,
// replaced.

import { expect } from 'bun:test';
import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';

export const SIGN_IN = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ASKED = `> POST /v1/auth/assume_user | x-admin-api-key: ${ADMIN_KEY} | {"tenant_id":"${TENANT}","user_id":"${USER}"}`;

export type CredentialsSite = Site & {
  /** Of the credentials. */
  readonly directory: string;
  /** @param why what is wrong with the file, after its path */
  expectRefusedFile(why: string, path?: string, env?: Record<string, string>): Promise<void>;
  expectRefusedDirectory(path: string, why: string): Promise<void>;
  expectSignIn(): Promise<void>;
  expectServed(): Promise<void>;
  /** A sign-in leaves a plain file of mode 0600, whatever was there. */
  expectReplaced(): Promise<void>;
};

export function tellRefusedDirectory(path: string, why: string): string {
  return `! Error: Unsafe place for credentials: ${path} ${why}
! Another user could swap the file there. Set KSCLI_CREDENTIALS_PATH to a file in a directory of your own.
exit 1`;
}

export async function createCredentialsSite(): Promise<CredentialsSite> {
  const machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  await machine.signIn();
  const site: CredentialsSite = {
    ...machine,
    directory: dirname(machine.credentials),
    expectRefusedFile: async (why, path = '~/state/.credentials', env = {}) => {
      expect(await machine.kscli('whoami', env)).toBe(`$ kscli whoami
! Error: Not authenticated. Run: kscli assume-user --tenant-id <id> --user-id <id>
! The credentials file is refused: ${path} ${why}.
exit 2`);
    },
    expectRefusedDirectory: async (path, why) => {
      for (const line of ['whoami', SIGN_IN, 'logout'])
        expect(await machine.kscli(line)).toBe(`$ kscli ${line}\n${tellRefusedDirectory(path, why)}`);
    },
    expectSignIn: async () => {
      expect(await machine.kscli(SIGN_IN)).toBe(`$ kscli ${SIGN_IN}
${ASKED}
Authenticated as user ${USER} in tenant ${TENANT}
Token expires: <time>
exit 0`);
    },
    expectServed: async () => {
      const transcript = await machine.kscli('whoami -f id-only');
      expect(transcript.replace(/<token \d>/, '<token>')).toBe(`$ kscli whoami -f id-only
> GET /v1/users/me | cookie: ks_uat=<token>
${USER}
exit 0`);
    },
    expectReplaced: async () => {
      await site.expectSignIn();
      expect(lstatSync(machine.credentials).isFile()).toBe(true);
      expect(lstatSync(machine.credentials).mode & 0o777).toBe(0o600);
      await site.expectServed();
    },
  };
  return site;
}
