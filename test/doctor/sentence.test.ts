// The one sentence at the end of kscli doctor: what is wrong, and what to do.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, NOW, type Options, type Stubs } from '../kscli.ts';
import { ASSUME, CERTIFICATE, DATE, diagnose, fail, fake, ME, WELL } from './diagnose.ts';

const SIGN_IN = `Run: kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const PROXY = { HTTPS_PROXY: 'http://proxy.example.com:3128' };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

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
  expect((await diagnose(home, stubs, options)).sentence).toBe(expected);
});
