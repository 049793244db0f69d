// What would outlive a session as somebody else is refused before it is sent, by row and by api, however the path is written.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, credentialsFields, type Home } from '../kscli.ts';
import { A } from './line.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const tellRefusal = (line: string, request: string) => `$ kscli ${line}
! Error: Refused: ${request} may make something that outlives the session
! Nothing was sent. It is done as somebody else only with --allow-lasting.
exit 1`;

test.each([
  ['api-keys create --name x', 'POST /v1/api-keys'],
  ['users send-reset-email --email a@example.com', 'POST /v1/auth/pw/send_reset_email'],
  ['users send-verification-email --email a@example.com', 'POST /v1/auth/pw/email_verification'],
  [`tenants directory-sync ${A}`, `POST /v1/auth/sso/${A}/directory_sync`],
  ['api POST /v1/api-keys', 'POST /v1/api-keys'],
  ['api POST /v1/api-keys/', 'POST /v1/api-keys/'],
  ['api POST /v1//api-keys', 'POST /v1//api-keys'],
  ['api POST /V1/Api-Keys', 'POST /V1/Api-Keys'],
  ['api POST /v1/api%2Dkeys', 'POST /v1/api%2Dkeys'],
  ['api POST /v1/api%252Dkeys', 'POST /v1/api%252Dkeys'],
  ['api POST /v1/api-keys;x=1', 'POST /v1/api-keys;x=1'],
  ['api POST /v1/tags/%2e%2e/api-keys', 'POST /v1/api-keys'],
  ['api POST /v1/tags%2f..%2fapi-keys', 'POST /v1/tags%2f..%2fapi-keys'],
  ['api POST /v1/api-keys%0a', 'POST /v1/api-keys%0a'],
  ['api POST /v1/api-keys%2520', 'POST /v1/api-keys%2520'],
  ['api POST /v1/api-keys%00.txt', 'POST /v1/api-keys%00.txt'],
  ['api POST /v1/%09/api-keys', 'POST /v1/%09/api-keys'],
  ['api POST /v1/auth/pw/signin', 'POST /v1/auth/pw/signin'],
  ['api GET /v1/auth/sso/initiate', 'GET /v1/auth/sso/initiate'],
  ['api POST /v1/auth/pw', 'POST /v1/auth/pw'],
])('%s is refused', async (line, request) => {
  expect(await home.kscli(line)).toBe(tellRefusal(line, request));
});

test.each([
  ['https://api.knowledgestack.ai/v1', 'POST /api-keys'],
  ['https://api.knowledgestack.ai/v1/auth', 'POST /pw/signin'],
  ['https://api.knowledgestack.ai/gateway', 'POST /v1/api-keys'],
])('with the base URL %s, %s is refused too', async (url, request) => {
  const line = `api ${request} --base-url ${url}`;
  expect(await home.kscli(line)).toBe(tellRefusal(line, request));
});

test.each([
  ['api GET /v1/api-keys', 'GET /v1/api-keys'],
  [`api DELETE /v1/api-keys/${A}`, `DELETE /v1/api-keys/${A}`],
  ['api POST /v1/auth/uat', 'POST /v1/auth/uat'],
  ['api POST /v1/api-keys-of-others', 'POST /v1/api-keys-of-others'],
  ['api GET /v1/auth/pwd', 'GET /v1/auth/pwd'],
  ['api POST /v1/api-keys --allow-lasting', 'POST /v1/api-keys'],
])('%s goes through', async (line, route) => {
  expect(await home.kscli(line, { [route]: { json: {} } })).toEndWith('exit 0');
});

test('the refusal names the session first', async () => {
  home.keepSession('acme');
  expect(await home.kscli('api-keys create --name x --session acme')).toMatchInlineSnapshot(`
    "$ kscli api-keys create --name x --session acme
    ! Error: Refused: session acme: POST /v1/api-keys may make something that outlives the session
    ! Nothing was sent. It is done as somebody else only with --allow-lasting.
    exit 1"
  `);
});

test('where only reading is allowed, --allow-lasting does not help', async () => {
  expect(await home.kscli('api-keys create --name x --allow-lasting --read-only')).toMatchInlineSnapshot(`
    "$ kscli api-keys create --name x --allow-lasting --read-only
    ! Error: Refused: POST /v1/api-keys would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
});

test('who signed in with a key of their own makes keys as they like', async () => {
  home.keep(
    credentialsFields({
      token: undefined,
      admin_api_key: undefined,
      expires_at: undefined,
      api_key: 'sk-user-0123456789abcdef',
    }),
  );
  const stubs = { 'POST /v1/api-keys': { status: 201, json: { id: A, key: 'sk-user-new' } } };
  expect(await home.kscli('api-keys create --name x', stubs)).toEndWith('exit 0');
  home.keep();
});
