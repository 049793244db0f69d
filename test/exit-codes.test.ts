// Every kind of failure: what is sent, what is said and the exit code, as a script sees it.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { FAILURE_KINDS, type FailureKind } from '../src/errors.ts';
import { TENANT, USER } from './backend/server.ts';
import { createHome, credentialsFields, type Home, OLD_TOKEN, type Options, type Stubs, token } from './kscli.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ASSUME = 'POST /v1/auth/assume_user';
const ME = 'GET /v1/users/me';
const KEY = { ADMIN_API_KEY: 'the-admin-key' };

type Row = {
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

const TOO_LONG = `~/${'x'.repeat(300)}`;
const ASKED = `> ${ASSUME} | x-admin-api-key: the-admin-key | {"tenant_id":"${TENANT}","user_id":"${USER}"}`;
const SEEN = `> ${ME} | cookie: ks_uat=<old token>`;

const coded = (code: string) => Object.assign(new Error('words of the runtime'), { code });

const ROWS: Readonly<Record<FailureKind, Row>> = {
  usage: {
    line: 'whoam',
    shown: `! Error: Unknown command 'whoam'
! Did you mean 'kscli whoami'?
! Usage: kscli <command> [options]
exit 64`,
  },
  settings: {
    line: LINE,
    shown: `! Error: ADMIN_API_KEY is not set. Set it via environment variable or in ~/.config/kscli/config.json
exit 1`,
  },
  network: {
    line: LINE,
    stubs: { [ASSUME]: coded('ENOTFOUND') },
    env: KEY,
    shown: `${ASKED}
! Error: Could not connect to api.knowledgestack.ai: no such host
! Check the base URL (kscli settings show) and your network.
exit 1`,
  },
  tls: {
    line: LINE,
    stubs: { [ASSUME]: [coded('CERT_HAS_EXPIRED'), coded('CERT_HAS_EXPIRED')] },
    env: KEY,
    shown: `${ASKED}
${ASKED}
! Error: SSL certificate verification failed.
!
! api.knowledgestack.ai: certificate has expired (CERT_HAS_EXPIRED)
!
! Solutions:
! 1. Install the CA certificate in this system's trust store
! 2. Set KSCLI_CA_BUNDLE to your custom CA bundle path
! 3. (Insecure) Set KSCLI_VERIFY_SSL=false for development
exit 1`,
  },
  disk: {
    line: LINE,
    stubs: { [ASSUME]: { json: { token: token() } } },
    env: { ...KEY, KSCLI_CREDENTIALS_PATH: TOO_LONG },
    shown: `${ASKED}
! Error: The credentials file ${TOO_LONG} cannot be changed: the name is too long
! To keep it elsewhere, set KSCLI_CREDENTIALS_PATH.
exit 1`,
  },
  directory: {
    line: LINE,
    env: { ...KEY, KSCLI_CREDENTIALS_PATH: '/dev/null/.credentials' },
    shown: `! Error: Unsafe place for credentials: /dev/null is not a directory
! Another user could swap the file there. Set KSCLI_CREDENTIALS_PATH to a file in a directory of your own.
exit 1`,
  },
  journal: {
    line: 'whoami',
    env: { KSCLI_JOURNAL: 'required', KSCLI_JOURNAL_PATH: '/dev/null/journal' },
    shown: `! Error: The journal cannot be written: /dev/null is not a directory
! Nothing was sent. A journal is required by KSCLI_JOURNAL.
exit 1`,
  },
  answer: {
    line: 'whoami',
    stubs: { [ME]: { text: 'hello' } },
    shown: `${SEEN}
! Error: The server answered 200 with something that is not JSON: hello
exit 1`,
  },
  internal: {
    line: 'whoami',
    options: { elapsed: Number.NaN },
    shown: `! Error: Internal error: Value NaN is outside the range [0, 9007199254740991]
! This is a bug in kscli. Please report it with the output of the same command with --debug.
exit 1`,
  },
  workflow: {
    line: `documents ingest --file ~/a.txt --path-part-id ${USER} --wait -f id-only`,
    stubs: {
      'POST /v1/documents/ingest': { json: { document_id: 'd', workflow_id: 'w' } },
      'GET /v1/workflows/document_versions/w': [
        { json: { status: 'processing' } },
        { json: { status: 'failed', error: 'No text' } },
      ],
    },
    shown: `> POST /v1/documents/ingest | cookie: ks_uat=<old token> | path_part_id=${USER} name=a.txt file=@a.txt (8 bytes)
> GET /v1/workflows/document_versions/w | cookie: ks_uat=<old token>
> GET /v1/workflows/document_versions/w | cookie: ks_uat=<old token>
d
! Error: Workflow w ended as failed: No text
exit 1`,
  },
  'given-up': {
    line: `folders bulk-ingest ~ --path-part-id ${USER} --files-from - --max-failures 1 -f id-only`,
    stubs: { [`GET /v1/documents?parent_path_part_id=${USER}&limit=100&offset=0`]: { json: { items: [], total: 0 } } },
    options: { stdin: 'gone.txt\na.txt\n' },
    shown: `> GET /v1/documents?parent_path_part_id=${USER}&limit=100&offset=0 | cookie: ks_uat=<old token>
! Error: gone.txt: The file cannot be read: no such file
! Uploaded 0, skipped 0, failed 1, left 1
! Error: Stopped: 1 file failed, and --max-failures is 1
exit 1`,
  },
  'time-over': {
    line: 'workflows wait w --timeout 1 --interval 1 -f id-only',
    stubs: {
      'GET /v1/workflows/document_versions/w': [{ json: { status: 'processing' } }, { json: { status: 'processing' } }],
    },
    shown: `> GET /v1/workflows/document_versions/w | cookie: ks_uat=<old token>
> GET /v1/workflows/document_versions/w | cookie: ks_uat=<old token>
w
! w: processing
! Error: Workflow w is still processing after 1 seconds
exit 124`,
  },
  'unknown-session': {
    line: 'sessions remove nobody',
    shown: `No session was removed
! Error: There is no session nobody
exit 1`,
  },
  'no-token': {
    line: 'token',
    credentials: JSON.stringify({ api_key: 'sk-user-0123456789' }),
    shown: `! Error: The session has no token: it is signed in with an API key
! For curl: kscli token --curl /v1/users/me | curl --config -
exit 1`,
  },
  'program-not-found': {
    line: 'exec -- there-is-no-such-command',
    shown: `! Error: 'there-is-no-such-command': command not found
exit 127`,
  },
  'program-refused': {
    line: 'exec -- /etc/passwd',
    shown: `! Error: '/etc/passwd' cannot be run (EACCES)
exit 126`,
  },
  refused: {
    line: 'tags create --name x --read-only',
    shown: `! Error: Refused: POST /v1/tags would change something, and only reading is allowed
! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
exit 1`,
  },
  'permission-denied': {
    line: 'whoami',
    stubs: { [ME]: { status: 403 } },
    shown: `${SEEN}
! Error: Permission denied
exit 1`,
  },
  conflict: {
    line: 'whoami',
    stubs: { [ME]: { status: 409 } },
    shown: `${SEEN}
! Error: Conflict
exit 1`,
  },
  server: {
    line: 'whoami',
    stubs: { [ME]: { status: 500 } },
    shown: `${SEEN}
! Error: Server error: 500
exit 1`,
  },
  'session-expired': {
    line: 'whoami',
    stubs: { [ME]: [{ status: 401 }, { status: 401 }], [ASSUME]: { json: { token: token() } } },
    shown: `${SEEN}
> ${ASSUME} | x-admin-api-key: cached-key | {"tenant_id":"${TENANT}","user_id":"${USER}"}
> ${ME} | cookie: ks_uat=<token>
! Error: Session expired. Run: kscli ${LINE}
exit 2`,
  },
  'lease-ended': {
    line: 'whoami',
    options: { now: Date.parse('2026-02-23T14:00:00Z') },
    credentials: credentialsFields({
      started_at: '2026-02-23T11:00:00+00:00',
      lease_until: '2026-02-23T13:00:00+00:00',
    }),
    shown: `! Error: The lease of this session ended at 2026-02-23T13:00:00+00:00. Run: kscli ${LINE} --for 2h --reason …
exit 2`,
  },
  'not-authenticated': {
    line: 'whoami --base-url https://other.example.com',
    shown: `! Error: Not authenticated. Run: kscli ${LINE}
! The credentials in ~/state/.credentials are for https://api.knowledgestack.ai, but the base URL is https://other.example.com.
! Run the command above to act there, or set the base URL back. Nothing was sent.
exit 2`,
  },
  'wrong-identity': {
    line: `whoami --expect-tenant ${USER}`,
    shown: `! Error: Wrong identity: tenant ${TENANT}, but ${USER} is expected
! Nothing was sent.
exit 2`,
  },
  'key-rejected': {
    line: LINE,
    stubs: { [ASSUME]: { status: 401 } },
    env: KEY,
    shown: `${ASKED}
! Error: Admin API key rejected
! The key is the one from ADMIN_API_KEY. Check it and the base URL (kscli settings show).
exit 2`,
  },
  'api-key-rejected': {
    line: 'login',
    stubs: { [ME]: { status: 401, json: { detail: 'Unknown key' } } },
    env: { KSCLI_API_KEY: 'sk-user-0123456789' },
    shown: `> ${ME} | authorization: Bearer sk-user-0123456789
! Error: API key rejected: Unknown key
! The key is the one from KSCLI_API_KEY. Check it and the base URL (https://api.knowledgestack.ai).
! Nothing was written.
exit 2`,
  },
  'not-found': {
    line: 'whoami',
    stubs: { [ME]: { status: 404 } },
    shown: `${SEEN}
! Error: Not found
exit 3`,
  },
  validation: {
    line: 'whoami',
    stubs: { [ME]: { status: 422 } },
    shown: `${SEEN}
! Error: Validation error
exit 4`,
  },
};

let home: Home;
beforeEach(() => {
  home = createHome();
  writeFileSync(`${home.directory}/a.txt`, 'contents');
  home.keep(credentialsFields({ token: OLD_TOKEN }));
});
afterEach(() => home.remove());

test.each(Object.entries(ROWS))('a failure of the kind %s is told, and ends by its exit code', async (_kind, row) => {
  if (row.credentials) home.keep(row.credentials);
  const here = (text: string) => text.replace('~', home.directory);
  const env = Object.fromEntries(Object.entries(row.env ?? {}).map(([name, value]) => [name, here(value)]));
  expect(await home.kscli(here(row.line), row.stubs, { ...row.options, env })).toBe(`$ kscli ${row.line}
${row.shown}`);
});

test('there is a row for every kind', () => {
  expect(Object.keys(ROWS)).toEqual([...FAILURE_KINDS]);
});
