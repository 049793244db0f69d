// One command line that fails, and the requests that many of them send.

import type { FailureKind } from '../../src/errors.ts';
import { TENANT, USER } from '../backend/server.ts';
import type { Options, Stubs } from '../kscli.ts';

export type Row = {
  /** Here and in the variables `~` is the home directory. */
  readonly line: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stubs?: Stubs;
  readonly options?: Omit<Options, 'env'>;
  /** In place of good ones. */
  readonly credentials?: string;
  /** What follows the command. */
  readonly shown: string;
};

export type Rows = Readonly<Partial<Record<FailureKind, Row>>>;

export const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
export const ASSUME = 'POST /v1/auth/assume_user';
export const ME = 'GET /v1/users/me';
export const KEY = { ADMIN_API_KEY: 'the-admin-key' };
export const ASKED = `> ${ASSUME} | x-admin-api-key: the-admin-key | {"tenant_id":"${TENANT}","user_id":"${USER}"}`;
export const SEEN = `> ${ME} | cookie: ks_uat=<old token>`;
