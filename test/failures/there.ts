// The failures that come from the network, from the server, or from what the server was to do.

import { TENANT, USER } from '../backend/server.ts';
import { token } from '../kscli.ts';
import { ASKED, ASSUME, KEY, LINE, ME, type Rows, SEEN } from './row.ts';

const coded = (code: string) => Object.assign(new Error('words of the runtime'), { code });

export const THERE = {
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
  answer: {
    line: 'whoami',
    stubs: { [ME]: { text: 'hello' } },
    shown: `${SEEN}
! Error: The server answered 200 with something that is not JSON: hello
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
} satisfies Rows;
