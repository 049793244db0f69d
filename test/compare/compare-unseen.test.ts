// kscli compare: what one user may not see, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { keepSessions } from '../auth/two-sessions.ts';
import { createHome, type Home } from '../kscli.ts';
import { FOLDER, ID, row } from './rows.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  keepSessions(home);
});
afterEach(() => home.remove());

test("a user who may not see it is a difference, with the server's words", async () => {
  const seen = { json: row(1, 'Contracts') };
  const hidden = { status: 404, json: { detail: 'Folder not found' } };
  const denied = { status: 403, json: { detail: 'No access\nto this folder' } };
  const line = `compare acme bob -- folders describe ${ID}`;
  expect(await home.kscli(line, { [FOLDER]: [seen, hidden] })).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders describe 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=token-of-bob
    Different: only in acme. In bob: Not found: Folder not found
    acme: user 00000000-0000-0000-0001-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server https://api.knowledgestack.ai
    exit 5"
  `);
  expect(await home.kscli(line.replace('bob', 'bob -f json'), { [FOLDER]: [denied, seen] })).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -f json -- folders describe 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=token-of-bob
    {
      "same": false,
      "a": {
        "session": "acme",
        "user_id": "00000000-0000-0000-0001-000000000001",
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "base_url": "https://api.knowledgestack.ai"
      },
      "b": {
        "session": "bob",
        "user_id": "00000000-0000-0000-0001-000000000002",
        "tenant_id": "00000000-0000-0000-0002-000000000001",
        "base_url": "https://api.knowledgestack.ai"
      },
      "differences": [
        {
          "difference": "unseen_in_a",
          "detail": "Permission denied: No access to this folder"
        }
      ]
    }
    ! Different: only in bob. In acme: Permission denied: No access to this folder
    exit 5"
  `);
});

test('where neither sees it, it is the usual failure', async () => {
  const stubs = {
    [FOLDER]: [
      { status: 404, json: { detail: 'Gone' } },
      { status: 403, json: { detail: 'No' } },
    ],
  };
  expect(await home.kscli(`compare acme bob -- folders describe ${ID}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders describe 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=token-of-bob
    ! Error: Not found: Gone
    ! This was session acme.
    ! In bob: Permission denied: No
    exit 3"
  `);
});

test('a path that the server does not know is no answer about a user', async () => {
  const stubs = { [FOLDER]: [{ json: row(1, 'A') }, { status: 404, json: { detail: 'Not Found' } }] };
  expect(await home.kscli(`compare acme bob -- folders describe ${ID}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders describe 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=token-of-bob
    ! Error: Not found: Not Found
    ! This was session bob.
    exit 3"
  `);
});
