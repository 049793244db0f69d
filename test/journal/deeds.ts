// What commands leave in the journal of somebody who acts for a reason.

import { expect } from 'bun:test';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, type Options, type Stubs } from '../kscli.ts';

export const ME = 'GET /v1/users/me';
export const SEEN = { [ME]: { json: { id: USER } } };
export const WHY = { reason: 'wrong totals', ticket: 'SUP-4711' };

export type Fields = Record<string, unknown>;

export type Worker = Home & {
  /** What a command adds, without what every line has. */
  added(line: string, stubs?: Stubs, options?: Options): Promise<Fields[]>;
  readText(): string;
  readLines(): Fields[];
  /** Credentials with a reason, of a named session or of the unnamed one. */
  signIn(fields?: object, session?: string): void;
};

export function createWorker(): Worker {
  const home = createHome();
  const journal = join(home.directory, '.local/state/kscli/journal/2026-02.jsonl');
  const readText = () => (existsSync(journal) ? readFileSync(journal, 'utf8') : '');
  const readLines = () =>
    readText()
      .split('\n')
      .filter(Boolean)
      .map((line): Fields => JSON.parse(line));
  const worker: Worker = {
    ...home,
    readText,
    readLines,
    added: async (line, stubs, options) => {
      const before = readLines().length;
      await home.kscli(line, stubs, options);
      const lines = readLines().slice(before);
      return lines.filter(({ event }) => event !== 'file.open').map(dropCommon);
    },
    signIn: (fields = {}, session) => home.keep(credentialsFields({ ...WHY, ...fields }), session),
  };
  worker.signIn();
  return worker;
}

function dropCommon({ v, seq, at, prev, hash, ...line }: Fields): Fields {
  const { operator, os_user, host, base_url, tenant_id, user_id, reason, ticket, ...rest } = line;
  expect({ v, operator, os_user, host }).toEqual({ v: 1, operator: 'jane', os_user: 'jane', host: 'desk-17' });
  expect({ base_url, tenant_id, user_id, reason, ticket }).toEqual({
    base_url: 'https://api.knowledgestack.ai',
    tenant_id: TENANT,
    user_id: USER,
    ...WHY,
  });
  return rest;
}
