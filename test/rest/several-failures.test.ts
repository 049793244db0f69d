// Several ids in one command: each failure is named and the rest is done, and one question is asked for all.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home, type Stub } from '../kscli.ts';
import { A, B, C, DELETE, GET, GONE, id, tag } from './tags.ts';

const MISSING: Stub = { status: 404, json: { detail: 'no such tag' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('each failure is named, the rest is done, and the one code of all failures is the exit code', async () => {
  const stubs = { [DELETE(A)]: MISSING, [DELETE(B)]: GONE, [DELETE(C)]: MISSING };
  expect(await home.kscli(`tags delete ${A} ${B} ${C} -f json`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 00000000-0000-0000-0003-000000000003 -f json
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000003 | cookie: ks_uat=<token>
    [
      {
        "tag_id": "00000000-0000-0000-0003-000000000002",
        "deleted": true
      }
    ]
    ! Error: 00000000-0000-0000-0003-000000000001: Not found: no such tag
    ! Error: 00000000-0000-0000-0003-000000000003: Not found: no such tag
    ! 2 of 3 failed.
    exit 3"
  `);
  expect(await home.kscli(`tags delete ${A} ${B} ${C}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 00000000-0000-0000-0003-000000000003
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000003 | cookie: ks_uat=<token>
    Deleted tag 00000000-0000-0000-0003-000000000002
    ! Error: 00000000-0000-0000-0003-000000000001: Not found: no such tag
    ! Error: 00000000-0000-0000-0003-000000000003: Not found: no such tag
    ! 2 of 3 failed.
    exit 3"
  `);
});

test('failures of several kinds end with 1', async () => {
  const stubs = { [GET(A)]: MISSING, [GET(B)]: { status: 403, json: { detail: 'not yours' } }, [GET(C)]: tag(3) };
  expect(await home.kscli(`tags describe ${A} ${B} ${C} -f jsonl`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 00000000-0000-0000-0003-000000000003 -f jsonl
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000003 | cookie: ks_uat=<token>
    {"id":"00000000-0000-0000-0003-000000000003","name":"tag 3","color":"ff8800"}
    ! Error: 00000000-0000-0000-0003-000000000001: Not found: no such tag
    ! Error: 00000000-0000-0000-0003-000000000002: Permission denied: not yours
    ! 2 of 3 failed.
    exit 1"
  `);
});

test('an answer that cannot be read, or a lost connection, is a failure like any other', async () => {
  const lost = new TypeError('fetch failed');
  const stubs = { [DELETE(A)]: { text: 'no JSON' }, [DELETE(B)]: lost, [DELETE(C)]: GONE };
  expect(await home.kscli(`tags delete ${A} ${B} ${C}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 00000000-0000-0000-0003-000000000003
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000003 | cookie: ks_uat=<token>
    Deleted tag 00000000-0000-0000-0003-000000000003
    ! Error: 00000000-0000-0000-0003-000000000001: The server answered 200 with something that is not JSON: no JSON
    ! Error: 00000000-0000-0000-0003-000000000002: Could not connect to api.knowledgestack.ai: request failed (unknown reason)
    ! Check the base URL (kscli settings show) and your network.
    ! The server may have done it all the same: look before you run it again.
    ! 2 of 3 failed.
    exit 1"
  `);
});

test('a server that is gone ends it after the third in a row', async () => {
  const lost = new TypeError('fetch failed');
  const stubs = { [DELETE(A)]: lost, [DELETE(B)]: lost, [DELETE(C)]: lost };
  expect(await home.kscli(`tags delete ${A} ${B} ${C} ${id(4)} ${id(5)}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 00000000-0000-0000-0003-000000000003 00000000-0000-0000-0003-000000000004 00000000-0000-0000-0003-000000000005
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000003 | cookie: ks_uat=<token>
    ! Error: 00000000-0000-0000-0003-000000000001: Could not connect to api.knowledgestack.ai: request failed (unknown reason)
    ! Check the base URL (kscli settings show) and your network.
    ! The server may have done it all the same: look before you run it again.
    ! Error: 00000000-0000-0000-0003-000000000002: Could not connect to api.knowledgestack.ai: request failed (unknown reason)
    ! Check the base URL (kscli settings show) and your network.
    ! The server may have done it all the same: look before you run it again.
    ! Error: Could not connect to api.knowledgestack.ai: request failed (unknown reason)
    ! Check the base URL (kscli settings show) and your network.
    ! The server may have done it all the same: look before you run it again.
    ! It ended at 00000000-0000-0000-0003-000000000003: 3 of 5 are not done.
    exit 1"
  `);
});

test('a session that ends is the end: what was done is shown, and how much was not', async () => {
  const refused = { status: 401, json: { detail: 'Invalid credentials' } };
  const stubs = {
    [DELETE(A)]: GONE,
    [DELETE(B)]: { status: 401, json: { detail: 'token expired' } },
    'POST /v1/auth/assume_user': refused,
  };
  expect(await home.kscli(`tags delete ${A} ${B} ${C}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 00000000-0000-0000-0003-000000000003
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Deleted tag 00000000-0000-0000-0003-000000000001
    ! Error: Admin API key rejected: Invalid credentials
    ! The key is the one from the cache in ~/state/.credentials. Check it and the base URL (kscli settings show).
    ! It ended at 00000000-0000-0000-0003-000000000002: 2 of 3 are not done.
    exit 2"
  `);
});

test('reading alone refuses the first, and with it all', async () => {
  expect(await home.kscli(`tags delete ${A} ${B} --read-only`)).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 --read-only
    ! Error: Refused: DELETE /v1/tags/00000000-0000-0000-0003-000000000001 would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
});

test('one question is asked for all, with their number and the first names', async () => {
  const many = [1, 2, 3, 4, 5].map(id);
  const named = Object.fromEntries(many.slice(0, 3).map((one, at) => [GET(one), tag(at + 1)]));
  const terminal = { isTerminal: true, width: 300 };
  const no = await home.kscli(`tags delete ${many.join(' ')}`, named, { ...terminal, stdin: 'n\n' });
  expect(no).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 00000000-0000-0000-0003-000000000003 00000000-0000-0000-0003-000000000004 00000000-0000-0000-0003-000000000005
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000003 | cookie: ks_uat=<token>
    ! Delete 5 tags (tag 1 (00000000-0000-0000-0003-000000000001), tag 2 (00000000-0000-0000-0003-000000000002), tag 3 (00000000-0000-0000-0003-000000000003) and 2 more) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] \x1B[31mError:\x1B[0m Refused: Nothing was changed
    exit 1"
  `);
  const two = { [GET(A)]: tag(1), [GET(B)]: MISSING, [DELETE(A)]: GONE, [DELETE(B)]: GONE };
  expect(await home.kscli(`tags delete ${A} ${B}`, two, { ...terminal, stdin: 'y\n' })).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    Deleted tag 00000000-0000-0000-0003-000000000001
    Deleted tag 00000000-0000-0000-0003-000000000002
    ! Delete 2 tags (tag 1 (00000000-0000-0000-0003-000000000001), 00000000-0000-0000-0003-000000000002) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] 
    \x1B[K1 of 2
    \x1B[K2 of 2
    \x1B[K<no newline>
    exit 0"
  `);
});

test('where an answer is demanded, --yes gives it for all', async () => {
  const env = { KSCLI_CONFIRM: 'true' };
  expect(await home.kscli('tags delete -', {}, { env, stdin: `${A}\n${B}` })).toMatchInlineSnapshot(`
    "$ kscli tags delete -
    ! Error: 'Delete 2 tags' needs --yes: nobody can be asked here, and KSCLI_CONFIRM is true
    ! Usage: kscli tags delete <tag-id>... [options]
    exit 64"
  `);
  const stubs = { [DELETE(A)]: GONE, [DELETE(B)]: GONE };
  expect(
    await home.kscli('tags delete - --yes -f id-only', stubs, { env, stdin: `${A}\n${B}` }),
  ).toMatchInlineSnapshot(`
    "$ kscli tags delete - --yes -f id-only
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    00000000-0000-0000-0003-000000000001
    00000000-0000-0000-0003-000000000002
    exit 0"
  `);
});
