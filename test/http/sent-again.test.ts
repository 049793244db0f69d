// What is sent again after a failure, and what never is.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const ME = 'GET /v1/users/me';
const ASSUME = 'POST /v1/auth/assume_user';
const USER_ANSWER = { json: { id: USER, email: 'user@example.com' } };
const EXPIRED = { expires_at: '2026-02-23T10:00:00+00:00' };

test.each([429, 502, 503, 504])('%i is tried three times, then reported', async (status) => {
  home.keep();
  const stub = { status, headers: { 'retry-after': '2' } };
  const request = `> ${ME} | cookie: ks_uat=<token>`;
  expect(await home.kscli('whoami', { [ME]: [stub, stub, stub] })).toBe(`$ kscli whoami
${request}
${request}
${request}
! ${status}, trying again in 2 s
! ${status}, trying again in 2 s
! Error: Server error: ${status}
exit 1`);
  expect(await home.kscli('whoami -f id-only', { [ME]: [stub, USER_ANSWER] })).toBe(`$ kscli whoami -f id-only
${request}
${request}
${USER}
! ${status}, trying again in 2 s
exit 0`);
});

test('a Retry-After beyond the timeout is not waited for', async () => {
  home.keep();
  const stubs = { [ME]: { status: 503, headers: { 'retry-after': '60' } } };
  expect(await home.kscli('whoami --timeout 10', stubs)).toMatchInlineSnapshot(`
    "$ kscli whoami --timeout 10
    > GET /v1/users/me | cookie: ks_uat=<token>
    ! Error: Server error: 503
    exit 1"
  `);
});

test('a lost connection is tried again; an exchange never is', async () => {
  home.keep();
  const lost = Object.assign(new Error('lost'), { code: 'ECONNRESET' });
  expect(await home.kscli('whoami -f id-only', { [ME]: [lost, USER_ANSWER] })).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token>
    > GET /v1/users/me | cookie: ks_uat=<token>
    00000000-0000-0000-0001-000000000001
    ! connection lost, trying again
    exit 0"
  `);
  home.keep(credentialsFields(EXPIRED));
  expect(await home.kscli('whoami', { [ASSUME]: lost })).toMatchInlineSnapshot(`
    "$ kscli whoami
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    ! Error: Lost the connection to api.knowledgestack.ai: it was closed
    ! Check the base URL (kscli settings show) and your network.
    exit 1"
  `);
});
