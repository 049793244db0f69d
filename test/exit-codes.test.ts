// Every kind of failure, with its first words and its exit code, as a script sees it.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { FAILURE_KINDS, type FailureKind } from '../src/errors.ts';
import { TENANT, USER } from './backend/server.ts';
import { createHome, credentialsFields, type Home, type Options, type Stubs, token } from './kscli.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ASSUME = 'POST /v1/auth/assume_user';
const ME = 'GET /v1/users/me';
const KEY: Options = { env: { ADMIN_API_KEY: 'the-admin-key' } };

type Row = {
  readonly line: string;
  readonly stubs?: Stubs;
  readonly options?: Options;
  readonly begins: string;
  readonly exit: number;
};

const coded = (code: string) => Object.assign(new Error('words of the runtime'), { code });

const ROWS: Readonly<Record<FailureKind, Row>> = {
  usage: { line: 'whoam', begins: "Error: Unknown command 'whoam'", exit: 64 },
  settings: { line: LINE, begins: 'Error: ADMIN_API_KEY is not set.', exit: 1 },
  network: {
    line: LINE,
    stubs: { [ASSUME]: coded('ENOTFOUND') },
    options: KEY,
    begins: 'Error: Could not connect to',
    exit: 1,
  },
  tls: {
    line: LINE,
    stubs: { [ASSUME]: [coded('CERT_HAS_EXPIRED'), coded('CERT_HAS_EXPIRED')] },
    options: KEY,
    begins: 'Error: SSL certificate verification failed.',
    exit: 1,
  },
  disk: {
    line: LINE,
    stubs: { [ASSUME]: { json: { token: token() } } },
    options: { env: { ...KEY.env, KSCLI_CREDENTIALS_PATH: `/dev/shm/${'x'.repeat(300)}` } },
    begins: 'Error: The credentials file',
    exit: 1,
  },
  directory: {
    line: LINE,
    options: { env: { ...KEY.env, KSCLI_CREDENTIALS_PATH: '/dev/null/.credentials' } },
    begins: 'Error: Unsafe place for credentials',
    exit: 1,
  },
  answer: {
    line: 'whoami',
    stubs: { [ME]: { text: 'hello' } },
    begins: 'Error: The server answered 200 with',
    exit: 1,
  },
  internal: { line: 'whoami', options: { elapsed: Number.NaN }, begins: 'Error: Internal error', exit: 1 },
  workflow: {
    line: `documents ingest --file ${import.meta.path} --path-part-id ${USER} --wait`,
    stubs: {
      'POST /v1/documents/ingest': { json: { document_id: 'd', workflow_id: 'w' } },
      'GET /v1/workflows/w': [{ json: { status: 'processing' } }, { json: { status: 'failed', error: 'No text' } }],
    },
    begins: 'Error: Workflow w ended as failed: No text',
    exit: 1,
  },
  'unknown-session': {
    line: 'sessions remove nobody',
    begins: 'Error: There is no session nobody',
    exit: 1,
  },
  refused: {
    line: 'tags create --name x --read-only',
    begins: 'Error: Refused: POST /v1/tags would change something',
    exit: 1,
  },
  'permission-denied': {
    line: 'whoami',
    stubs: { [ME]: { status: 403 } },
    begins: 'Error: Permission denied',
    exit: 1,
  },
  conflict: { line: 'whoami', stubs: { [ME]: { status: 409 } }, begins: 'Error: Conflict', exit: 1 },
  server: { line: 'whoami', stubs: { [ME]: { status: 500 } }, begins: 'Error: Server error: 500', exit: 1 },
  'session-expired': {
    line: 'whoami',
    stubs: { [ME]: [{ status: 401 }, { status: 401 }], [ASSUME]: { json: { token: token() } } },
    begins: `Error: Session expired. Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`,
    exit: 2,
  },
  'not-authenticated': {
    line: 'whoami --base-url https://other.example.com',
    begins: `Error: Not authenticated. Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`,
    exit: 2,
  },
  'wrong-identity': {
    line: `whoami --expect-tenant ${USER}`,
    begins: `Error: Wrong identity: tenant ${TENANT}, but ${USER} is expected`,
    exit: 2,
  },
  'key-rejected': {
    line: LINE,
    stubs: { [ASSUME]: { status: 401 } },
    options: KEY,
    begins: 'Error: Admin API key rejected',
    exit: 2,
  },
  'not-found': { line: 'whoami', stubs: { [ME]: { status: 404 } }, begins: 'Error: Not found', exit: 3 },
  validation: { line: 'whoami', stubs: { [ME]: { status: 422 } }, begins: 'Error: Validation error', exit: 4 },
};

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep(credentialsFields({ token: token({ exp: 1, sub: 'old' }) }));
});
afterEach(() => home.remove());

test.each(Object.entries(ROWS))('%s', async (_kind, { line, stubs, options, begins, exit }) => {
  const transcript = await home.kscli(line, stubs, options);
  expect(transcript).toContain(`\n! ${begins}`);
  expect(transcript).toEndWith(`\nexit ${exit}`);
});

test('there is a row for every kind', () => {
  expect(Object.keys(ROWS)).toEqual([...FAILURE_KINDS]);
});
