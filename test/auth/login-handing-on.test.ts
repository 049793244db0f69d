// token and exec for a session of an API key: there is no token, and the key goes to curl alone.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';
import { FULL, KEY, MINE } from './api-key.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep(JSON.stringify(FULL));
});
afterEach(() => home.remove());

test.each(['token', 'token -f json', 'token --min-valid 600', 'token --unguarded'])(
  'there is no token to print: kscli %s',
  async (line) => {
    expect(await home.kscli(line)).toBe(`$ kscli ${line}
! Error: The session has no token: it is signed in with an API key
! For curl: kscli token --curl /v1/users/me | curl --config -
exit 1`);
  },
);

test('token --curl has the header in place of the cookie', async () => {
  expect(await home.kscli('token --curl /v1/users/me')).toMatchInlineSnapshot(`
    "$ kscli token --curl /v1/users/me
    url = "https://api.knowledgestack.ai/v1/users/me"
    header = "Authorization: Bearer sk-user-0123456789abcdef"
    proto = "=https"
    max-redirs = 0
    globoff
    noproxy = "*"
    exit 0"
  `);
});

test('nothing in a key can end the value of the header', async () => {
  home.keep(JSON.stringify({ ...FULL, api_key: `a"\\b` }));
  expect(await home.kscli('token --curl /v1/users/me')).toMatchInlineSnapshot(`
    "$ kscli token --curl /v1/users/me
    url = "https://api.knowledgestack.ai/v1/users/me"
    header = "Authorization: Bearer a\\"\\\\b"
    proto = "=https"
    max-redirs = 0
    globoff
    noproxy = "*"
    exit 0"
  `);
});

test('a terminal gets a warning, and a read-only session a refusal', async () => {
  expect(await home.kscli('token --curl /v1/users/me', {}, { isTerminal: true })).toContain(
    `This is a key: whoever sees it can act as user ${USER} until it is deleted.`,
  );
  expect(await home.kscli('token --curl /v1/users/me --read-only')).toMatchInlineSnapshot(`
    "$ kscli token --curl /v1/users/me --read-only
    ! Error: Refused: only reading is allowed, and a key alone could change anything
    ! With --unguarded it is handed out all the same.
    exit 1"
  `);
  expect(await home.kscli('token --curl /v1/users/me --read-only --unguarded')).toEndWith('exit 0');
});

test('exec hands on neither key nor token, and pins the user', async () => {
  const env = {
    KSCLI_API_KEY: KEY,
    KSCLI_API_KEY_FILE: '/x',
    KS_UAT: 'inherited',
    KSCLI_SESSION_EXPIRES_AT: 'inherited',
  };
  expect(await home.kscli('exec -- true', {}, { env: { ...env, PATH: '/usr/bin:/bin' } })).toMatchInlineSnapshot(`
    "$ kscli exec -- true
    runs true
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=-
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    without KSCLI_API_KEY
    without KSCLI_API_KEY_FILE
    without KSCLI_SESSION_EXPIRES_AT
    without KS_UAT
    exit 0"
  `);
  home.keep(JSON.stringify({ api_key: KEY }));
  expect(await home.kscli('exec -- true', MINE, { env: { PATH: '/usr/bin:/bin' } })).toMatchInlineSnapshot(`
    "$ kscli exec -- true
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    runs true
    KSCLI_BASE_URL=https://api.knowledgestack.ai
    KSCLI_EXEC=-
    KSCLI_EXPECT_TENANT=00000000-0000-0000-0002-000000000001
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000001
    exit 0"
  `);
});

test('exec --with-token cannot do its part', async () => {
  expect(await home.kscli('exec --with-token -- true')).toMatchInlineSnapshot(`
    "$ kscli exec --with-token -- true
    ! Error: The session has no token: it is signed in with an API key
    ! For curl: kscli token --curl /v1/users/me | curl --config -
    exit 125"
  `);
  expect(
    await home.kscli('exec --with-token -- true', {}, { env: { KSCLI_SESSION: 'nobody' } }),
  ).toMatchInlineSnapshot(`
    "$ kscli exec --with-token -- true
    ! Error: Not authenticated. Run: kscli assume-user --session nobody --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.sessions/nobody.
    exit 125"
  `);
});
