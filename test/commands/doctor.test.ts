// kscli doctor, check by check, on a machine and a network made up for it: what is found, and the one sentence at the end.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { checkSystem } from '../../src/doctor/system.ts';
import type { Certificate, Probe } from '../../src/world.ts';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, NOW, type Options, type Stubs, token } from '../kscli.ts';

const ME = 'GET /v1/users/me';
const ASSUME = 'POST /v1/auth/assume_user';
const DATE = { date: new Date(NOW).toUTCString() };
const SIGN_IN = `Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const PROXY = { HTTPS_PROXY: 'http://proxy.example.com:3128' };

const CERTIFICATE: Certificate = {
  subject: 'CN=api.knowledgestack.ai',
  issuer: 'CN=Root',
  names: ['api.knowledgestack.ai'],
  validFrom: NOW - 1000,
  validTo: NOW + 1000,
  fingerprint: 'AB:CD',
  pem: '',
};

/** All is well, but for what is changed. */
function fake(changes: Partial<Probe> = {}): Probe {
  return {
    lookup: async () => ['192.0.2.1'],
    connect: async () => undefined,
    handshake: async () => ({ chain: [CERTIFICATE], refusal: undefined }),
    ...changes,
  };
}

const fail = (code: string) => async () => {
  throw Object.assign(new Error(code), { code });
};

const WELL: Stubs = { [ASSUME]: { json: { token: token() } }, [ME]: { json: { id: USER }, headers: DATE } };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

async function diagnose(stubs: Stubs, options: Options, flags = '-f json') {
  const transcript = await home.kscli(`doctor ${flags}`, stubs, { probe: fake(), ...options });
  const said = transcript.split('\n').filter((line) => line.startsWith('! '));
  return { transcript, sentence: said.at(-1)?.slice(2), requests: transcript.match(/^> .*$/gm) ?? [] };
}

test('the whole report, of a machine where all is well', async () => {
  const { transcript } = await diagnose(WELL, {}, '');
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

type Row = readonly [what: string, options: Options, stubs: Stubs, sentence: string];

const WORKS = `kscli works: user ${USER} in tenant ${TENANT} at https://api.knowledgestack.ai.`;

test.each<Row>([
  ['all is well', {}, WELL, WORKS],
  [
    'no such host',
    { probe: fake({ lookup: fail('ENOTFOUND') }) },
    {},
    'kscli does not work: name resolution: api.knowledgestack.ai: no such host. Check the base URL for a typo, then DNS and VPN.',
  ],
  [
    'nobody listens',
    { probe: fake({ connect: fail('ECONNREFUSED') }) },
    {},
    'kscli does not work: connection: api.knowledgestack.ai:443: connection refused. Is the server running, and the port of the base URL right? A firewall may be in between.',
  ],
  [
    'a proxy that is gone',
    { probe: fake({ lookup: fail('ENOTFOUND'), connect: fail('ECONNREFUSED') }), env: PROXY },
    {},
    'kscli does not work: connection: proxy proxy.example.com:3128: connection refused. The proxy in HTTPS_PROXY does not answer. Correct or unset HTTPS_PROXY.',
  ],
  ['a proxy that resolves the name', { probe: fake({ lookup: fail('ENOTFOUND') }), env: PROXY }, WELL, WORKS],
  [
    'an expired certificate',
    { probe: fake({ handshake: async () => ({ chain: [CERTIFICATE], refusal: 'CERT_HAS_EXPIRED' }) }) },
    {},
    "kscli does not work: TLS: bundled roots refuses: certificate has expired (CERT_HAS_EXPIRED). Tell the server's operators to renew the certificate, unless this machine's clock is wrong.",
  ],
  [
    'a key that is refused',
    {},
    { ...WELL, [ASSUME]: { status: 401, json: { detail: 'Unknown key' } } },
    `kscli does not work: admin key: Admin API key rejected: Unknown key. Set the right key in ADMIN_API_KEY. ${SIGN_IN}`,
  ],
  [
    'a user that is gone',
    {},
    { ...WELL, [ASSUME]: { status: 404, json: { detail: 'User not found' } } },
    'kscli does not work: admin key: Not found: User not found. The server does not know the user or the tenant: sign in as another user.',
  ],
  [
    'a server that is broken',
    {},
    { ...WELL, [ME]: { status: 500, headers: DATE } },
    'kscli does not work: token: the server answers 500. Ask the operators of the server.',
  ],
  [
    'a clock that is wrong',
    {},
    { ...WELL, [ME]: { json: {}, headers: { date: new Date(NOW + 3_600_000).toUTCString() } } },
    "kscli does not work: clock: 3600 seconds behind the server. Set this machine's clock: tokens and certificates depend on it.",
  ],
  [
    'variables of the runtime',
    {
      env: { BUN_INSPECT: '1', BUN_JSC_useJIT: '0', BUN_CRASH_REPORT_URL: 'http://x', BUN_ENABLE_CRASH_REPORTING: '1' },
    },
    WELL,
    `${WORKS} See the warnings: environment.`,
  ],
  [
    'settings that are wrong',
    { env: { KSCLI_TIMEOUT: 'soon' } },
    {},
    "kscli does not work: settings: KSCLI_TIMEOUT: 'soon' is not a time from 0.001 to 86400 seconds, like 30, 90s or 1h30m. Correct or unset what is named here.",
  ],
])('%s', async (_what, options, stubs, expected) => {
  expect((await diagnose(stubs, options)).sentence).toBe(expected);
});

test('without credentials only the time is asked for, and what is wrong with the network comes first', async () => {
  const env = { KSCLI_CREDENTIALS_PATH: `${home.directory}/none` };
  const found = await diagnose({ [ME]: { status: 401, headers: DATE } }, { env });
  expect(found.requests).toEqual([`> ${ME}`]);
  expect(found.sentence).toBe(
    'kscli does not work: credentials: There are no credentials in ~/none. Run: kscli assume-user --tenant-id <id> --user-id <id>',
  );
  const lost = await diagnose({}, { env, probe: fake({ connect: fail('ETIMEDOUT') }) });
  expect(lost.sentence).toBe(
    'kscli does not work: connection: api.knowledgestack.ai:443: no answer. Is the server running, and the port of the base URL right? A firewall may be in between. (Then mend the rest: 1 more failed.)',
  );
});

test('a claim of the token itself that is not the expected one stops it before anything is sent', async () => {
  const claims = { exp: NOW / 1000 + 3600, tenant_id: USER };
  home.keep(credentialsFields({ token: token(claims) }));
  const { requests, transcript } = await diagnose({}, { env: { KSCLI_EXPECT_TENANT: TENANT } });
  expect(requests).toEqual([]);
  expect(transcript).toContain(`tenant ${USER}, but ${TENANT} is expected`);
  expect(transcript).toEndWith('exit 2');
});

test('--offline asks nobody, and cannot save what it does not see', async () => {
  const { sentence, requests } = await diagnose({}, {}, '-f json --offline');
  expect({ sentence, requests }).toEqual({
    sentence: 'Nothing is wrong on this machine; the network and the server were not tried (--offline).',
    requests: [],
  });
  expect(await home.kscli('doctor --offline --save-chain x.pem')).toContain('cannot be used together');
});

test('each variable of the runtime is named with what it does', async () => {
  const env = {
    BUN_JSC_b: '1',
    BUN_JSC_a: '1',
    BUN_OPTIONS: '-',
    BUN_INSPECT: '',
    BUN_CRASH_REPORT_URL: 'http://canary',
  };
  const { transcript } = await diagnose(WELL, { env });
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

const LIMITS =
  'Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 4096                 files';

test.each([
  [
    'all is there',
    { '/proc/self/limits': LIMITS, '/proc/meminfo': 'MemAvailable:  2048000 kB' },
    'ok',
    '/proc is there, 1024 open files at most, 2000 MiB of memory free',
  ],
  ['no /proc', {}, 'warning', '/proc is not there, or cannot be read'],
  [
    'few descriptors',
    { '/proc/self/limits': LIMITS.replace('1024', '20') },
    'warning',
    '/proc is there, 20 open files at most',
  ],
  [
    'any number of descriptors',
    { '/proc/self/limits': LIMITS.replace('1024', 'unlimited') },
    'ok',
    '/proc is there, any number of open files',
  ],
  [
    'a small container',
    {
      '/proc/self/limits': LIMITS,
      '/proc/meminfo': 'MemAvailable: 2048000 kB',
      '/sys/fs/cgroup/memory.max': '67108864\n',
      '/sys/fs/cgroup/memory.current': '1048576\n',
    },
    'warning',
    '/proc is there, 1024 open files at most, 63 MiB of memory free',
  ],
  [
    'a container without a limit',
    { '/proc/self/limits': LIMITS, '/sys/fs/cgroup/memory.max': 'max\n', '/sys/fs/cgroup/memory.current': '1048576\n' },
    'ok',
    '/proc is there, 1024 open files at most',
  ],
] as const)('what the machine has: %s', (_what, files: Readonly<Record<string, string>>, result, detail) => {
  const check = checkSystem({ platform: 'linux' }, (path) => files[path]);
  expect(check).toMatchObject({ result, detail });
  expect(check.remedy === undefined).toBe(result === 'ok');
});

test('other systems do not tell it in files', () => {
  expect(checkSystem({ platform: 'darwin' }, () => undefined)).toEqual({
    check: 'system',
    result: 'ok',
    detail: 'darwin',
  });
});
