// kscli exec: what it does not run, by which exit code, and which session it does not open inside another.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, TOKEN_END } from '../kscli.ts';

const PATH = { PATH: '/usr/bin:/bin' };

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('exec ends with 125 for what kscli cannot do, 126 and 127 for the program, 64 for wrong usage', async () => {
  home.keepSession('acme');
  expect(await home.kscli('exec --session nobody -- true')).toMatchInlineSnapshot(`
    "$ kscli exec --session nobody -- true
    ! Error: Not authenticated. Run: kscli assume-user --session nobody --tenant-id <id> --user-id <id>
    ! There are no credentials in ~/state/.credentials.sessions/nobody.
    exit 125"
  `);
  expect(
    await home.kscli('exec --session acme --expect-user 00000000-0000-0000-0001-000000000009 -- true'),
  ).toMatchInlineSnapshot(`
    "$ kscli exec --session acme --expect-user 00000000-0000-0000-0001-000000000009 -- true
    ! Error: Wrong identity: session acme: user 00000000-0000-0000-0001-000000000001, but 00000000-0000-0000-0001-000000000009 is expected
    ! Nothing was sent.
    ! Choose a session of that identity: kscli sessions list
    exit 125"
  `);
  expect(await home.kscli('exec -- true', {}, { env: { KSCLI_SESSION: '../x' } })).toMatchInlineSnapshot(`
    "$ kscli exec -- true
    ! Error: KSCLI_SESSION: '../x' is not a session name: a-z, 0-9, dot, dash and underscore, at most 64, beginning with a letter or digit
    exit 125"
  `);
  expect(await home.kscli('exec --session ../x -- true')).toMatchInlineSnapshot(`
    "$ kscli exec --session ../x -- true
    ! Error: --session: '../x' is not a session name: a-z, 0-9, dot, dash and underscore, at most 64, beginning with a letter or digit
    ! Usage: kscli exec [command]... [options]
    exit 64"
  `);
  expect(await home.kscli('exec --session acme --bogus')).toMatchInlineSnapshot(`
    "$ kscli exec --session acme --bogus
    ! Error: Unknown option --bogus
    ! Usage: kscli exec [command]... [options]
    exit 64"
  `);
  expect(await home.kscli('exec --session acme --unguarded -- true')).toMatchInlineSnapshot(`
    "$ kscli exec --session acme --unguarded -- true
    ! Error: --unguarded needs --with-token
    ! Usage: kscli exec [command]... [options]
    exit 64"
  `);
  expect(await home.kscli('exec --session acme -- nope', {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- nope
    ! Error: 'nope': command not found
    exit 127"
  `);
  writeFileSync(join(home.directory, 'text'), '', { mode: 0o644 });
  const inHome = { env: { PATH: home.directory } };
  expect(await home.kscli('exec --session acme -- text', {}, inHome)).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- text
    ! Error: 'text' cannot be run (EACCES)
    exit 126"
  `);
  expect(await home.kscli(`exec --session acme -- ${home.directory}`)).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- ~
    ! Error: '~' cannot be run (EACCES)
    exit 126"
  `);
  expect(await home.kscli("exec --session acme -- ''", {}, { env: PATH })).toMatchInlineSnapshot(`
    "$ kscli exec --session acme -- ''
    ! Error: '': command not found
    exit 127"
  `);
});

test('inside one session no other is opened, unless --nested, and a guard is only tightened', async () => {
  home.keepSession('acme');
  home.keepSession('beta', { user_id: OTHER_USER, token: 'token-of-beta', base_url: 'http://localhost:8000' });
  const inside = {
    ...PATH,
    KSCLI_EXEC: 'acme',
    KSCLI_SESSION: 'acme',
    KSCLI_BASE_URL: 'https://api.knowledgestack.ai',
    KSCLI_EXPECT_TENANT: TENANT,
    KSCLI_EXPECT_USER: USER,
    KSCLI_SESSION_EXPIRES_AT: TOKEN_END,
    KSCLI_READ_ONLY: 'true',
  };
  expect(await home.kscli('exec -- true', {}, { env: inside })).toMatchInlineSnapshot(`
    "$ kscli exec -- true
    runs true
    exit 0"
  `);
  expect(await home.kscli('exec --session beta -- true', {}, { env: inside })).toMatchInlineSnapshot(`
    "$ kscli exec --session beta -- true
    ! Error: Refused: session beta: this is inside kscli exec for session acme
    ! With --nested it is opened all the same.
    exit 125"
  `);
  expect(await home.kscli('exec --session beta --nested -- true', {}, { env: inside })).toMatchInlineSnapshot(`
    "$ kscli exec --session beta --nested -- true
    runs true
    KSCLI_BASE_URL=http://localhost:8000
    KSCLI_EXEC=beta
    KSCLI_EXPECT_USER=00000000-0000-0000-0001-000000000002
    KSCLI_SESSION=beta
    exit 0"
  `);
  const unnamed = { ...PATH, KSCLI_EXEC: '-' };
  expect(await home.kscli('exec --session beta -- true', {}, { env: unnamed })).toMatchInlineSnapshot(`
    "$ kscli exec --session beta -- true
    ! Error: Refused: session beta: this is inside kscli exec for the unnamed session
    ! With --nested it is opened all the same.
    exit 125"
  `);
});
