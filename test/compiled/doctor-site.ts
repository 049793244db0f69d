// A machine that is signed in at a stand-in backend of its own authority, and doctor's rows there.

import { expect } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { makeCertificate } from '../backend/certificates.ts';
import { startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine, type Site } from '../binary.ts';

export const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
export const ME = 'GET /v1/users/me';
export const ASSUME = 'POST /v1/auth/assume_user';

/** So long a label is in no name, which needs no name server to tell. */
export const NO_HOST = `${'x'.repeat(64)}.invalid`;

/** The machine trusts it by KSCLI_CA_BUNDLE. */
export const AUTHORITY = makeCertificate({ name: 'Test Authority' });
const SERVER = makeCertificate({ name: 'server', issuer: AUTHORITY, hosts: ['localhost'] });

export type Row = { check: string; result: string; detail: string; remedy: string | null };

type Diagnosis = { readonly exit: number | null; readonly rows: Row[]; readonly failed: Row[] };

export type DoctorSite = Site & {
  /** Of `doctor -f json`, whose stderr is its last line alone, and where a remedy is there when one is needed. */
  diagnose(env?: Record<string, string>, flags?: string): Promise<Diagnosis>;
};

export async function createDoctorSite(): Promise<DoctorSite> {
  const backend = startBackend({ tls: SERVER });
  const machine = createMachine({ KSCLI_BASE_URL: backend.url }, backend);
  writeFileSync(`${machine.home}/ca.pem`, AUTHORITY.certificate);
  machine.env['KSCLI_CA_BUNDLE'] = `${machine.home}/ca.pem`;
  await machine.signIn();
  return {
    ...machine,
    backend,
    diagnose: async (env = {}, flags = '') => {
      const { exit, stdout, stderr } = await machine.run(`doctor -f json ${flags}`, env);
      expect(stderr).toMatch(/^(kscli (works|does not work): .*|Nothing is wrong on this machine.*)\n$/);
      const rows: Row[] = JSON.parse(stdout);
      for (const { result, remedy } of rows) expect(result === 'failed' || result === 'warning').toBe(remedy !== null);
      return { exit, rows, failed: rows.filter(({ result }) => result === 'failed') };
    },
  };
}
