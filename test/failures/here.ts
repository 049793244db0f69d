// The failures that come about on this machine: what is typed, what is kept, what is run.

import { TENANT, USER } from '../backend/server.ts';
import { credentialsFields, token } from '../kscli.ts';
import { ASKED, ASSUME, KEY, LINE, type Rows } from './row.ts';

const TOO_LONG = `~/${'x'.repeat(300)}`;

export const HERE = {
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
  internal: {
    line: 'whoami',
    options: { elapsed: Number.NaN },
    shown: `! Error: Internal error: Value NaN is outside the range [0, 9007199254740991]
! This is a bug in kscli. Please report it with the output of the same command with --debug.
exit 1`,
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
} satisfies Rows;
