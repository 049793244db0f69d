// kscli doctor, check by check: the whole report, what it asks, and what it never does.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, NOW, token } from '../kscli.ts';
import { DATE, diagnose, fail, fake, ME, WELL } from './diagnose.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

test('the whole report, of a machine where all is well', async () => {
  const { transcript } = await diagnose(home, WELL, {}, '');
  expect(
    transcript
      .replace(/(system +│ ok +│ ).*?( +│ - +│)/, '$1(the machine)$2')
      .replace(/owner \d+/, 'owner (me)')
      .replace(/ +│/g, ' │')
      .replace(/─+/g, '─'),
  ).toMatchInlineSnapshot(`
    "$ kscli doctor 
    > POST /v1/auth/assume_user | x-admin-api-key: cached-key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token>
    ┌─┬─┬─┬─┐
    │ CHECK │ RESULT │ DETAIL │ REMEDY │
    ├─┼─┼─┼─┤
    │ settings │ ok │ ~/.config/kscli/config.json (none yet, defaults are used) │ - │
    │ credentials │ ok │ ~/state/.credentials (mode 0600, owner (me)) │ - │
    │ │ │ user 00000000-0000-0000-0001-000000000001 │ │
    │ │ │ tenant 00000000-0000-0000-0002-000000000001 │ │
    │ │ │ until 2026-02-23T12:00:00+00:00, 3600 seconds left │ │
    │ base URL │ ok │ https://api.knowledgestack.ai (default) │ - │
    │ name resolution │ ok │ api.knowledgestack.ai is 192.0.2.1 │ - │
    │ proxy │ ok │ none │ - │
    │ connection │ ok │ api.knowledgestack.ai:443 accepts connections │ - │
    │ TLS │ ok │ bundled roots accepts │ - │
    │ │ │ 1. CN=api.knowledgestack.ai, for api.knowledgestack.ai │ │
    │ │ │    issued by CN=Root │ │
    │ │ │    valid 2026-02-23 10:59:59 UTC to 2026-02-23 11:00:01 UTC │ │
    │ │ │    SHA-256 AB:CD │ │
    │ admin key │ ok │ accepted │ - │
    │ clock │ ok │ 0 seconds ahead of the server │ - │
    │ token │ ok │ accepted │ - │
    │ system │ ok │ (the machine) │ - │
    │ environment │ ok │ nothing that changes how kscli runs │ - │
    └─┴─┴─┴─┘

    kscli works: user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001 at https://api.knowledgestack.ai.
    exit 0"
  `);
});

test('without credentials only the time is asked for, and what is wrong with the network comes first', async () => {
  const env = { KSCLI_CREDENTIALS_PATH: `${home.directory}/none` };
  const found = await diagnose(home, { [ME]: { status: 401, headers: DATE } }, { env });
  expect(found.requests).toEqual([`> ${ME}`]);
  expect(found.sentence).toBe(
    'kscli does not work: credentials: There are no credentials in ~/none. Run: kscli assume-user --tenant-id <id> --user-id <id>',
  );
  const lost = await diagnose(home, {}, { env, probe: fake({ connect: fail('ETIMEDOUT') }) });
  expect(lost.sentence).toBe(
    'kscli does not work: connection: api.knowledgestack.ai:443: no answer. Is the server running, and the port of the base URL right? A firewall may be in between. (Then mend the rest: 1 more failed.)',
  );
});

test('a claim of the token itself that is not the expected one stops it before anything is sent', async () => {
  const claims = { exp: NOW / 1000 + 3600, tenant_id: USER };
  home.keep(credentialsFields({ token: token(claims) }));
  const { requests, transcript } = await diagnose(home, {}, { env: { KSCLI_EXPECT_TENANT: TENANT } });
  expect(requests).toEqual([]);
  expect(transcript).toContain(`tenant ${USER}, but ${TENANT} is expected`);
  expect(transcript).toEndWith('exit 2');
});

test('--offline asks nobody, and cannot save what it does not see', async () => {
  const { sentence, requests } = await diagnose(home, {}, {}, '-f json --offline');
  expect({ sentence, requests }).toEqual({
    sentence: 'Nothing is wrong on this machine; the network and the server were not tried (--offline).',
    requests: [],
  });
  expect(await home.kscli('doctor --offline --save-chain x.pem')).toMatchInlineSnapshot(`
    "$ kscli doctor --offline --save-chain x.pem
    ! Error: --offline and --save-chain cannot be used together
    ! Usage: kscli doctor [options]
    exit 64"
  `);
});

test('each variable of the runtime is named with what it does', async () => {
  const env = {
    BUN_JSC_b: '1',
    BUN_JSC_a: '1',
    BUN_OPTIONS: '-',
    BUN_INSPECT: '',
    BUN_CRASH_REPORT_URL: 'http://canary',
  };
  const { transcript } = await diagnose(home, WELL, { env });
  const report = transcript.slice(transcript.indexOf('['), transcript.indexOf('\n]') + 2);
  const row = JSON.parse(report.slice(report.indexOf('[\n'))).find(
    ({ check }: { check: string }) => check === 'environment',
  );
  expect(row).toEqual({
    check: 'environment',
    result: 'warning',
    detail: [
      'BUN_OPTIONS adds options to the runtime, which can run other code',
      'BUN_CRASH_REPORT_URL sends reports of crashes to another host',
      'BUN_JSC_a changes how the runtime runs',
      'BUN_JSC_b changes how the runtime runs',
    ].join('\n'),
    remedy: 'Unless you set them yourself: unset BUN_OPTIONS BUN_CRASH_REPORT_URL BUN_JSC_a BUN_JSC_b',
  });
});
