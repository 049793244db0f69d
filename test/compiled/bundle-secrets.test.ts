// No secret leaves in a bundle: not from where secrets lie, and where one was planted, in whatever form, there is no bundle.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeCertificate } from '../backend/certificates.ts';
import { OTHER_USER, startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine, createSite, type Site } from '../binary.ts';
import { readBundle } from '../bundle.ts';
import { listForms, listSpellings } from '../canaries.ts';

let machine: Site;
let place: string;
beforeEach(() => {
  machine = createSite();
  place = join(machine.home, 'kscli.tar.gz');
});
afterEach(() => machine.remove());

/** Each where kscli may find it. */
const SECRETS = {
  variable: 'canary/variable+key=0123456789',
  file: 'canary-key-from-a-file',
  config: 'canary-config-key&<0123>',
  apiKey: 'canary-user-key-0123',
  exported: 'canary.token.exported',
  proxy: 'canary proxy:password',
  unnamed: 'canary.token.unnamed',
  unnamedKey: 'canary-cached-key-of-the-unnamed',
  acme: 'canary.token.acme',
  acmeKey: 'canary-cached-key-of-acme',
  login: 'canary-key-of-a-login',
  broken: 'canary.token.broken',
} as const;

/** @param fields of the file */
function keep(path: string, fields: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const ids = {
    user_id: USER,
    tenant_id: TENANT,
    expires_at: '2099-01-01T00:00:00+00:00',
    base_url: machine.backend.url,
  };
  writeFileSync(path, JSON.stringify({ ...ids, ...fields }), { mode: 0o600 });
}

/** Puts each of them into its place. The environment that goes with it. */
function plantAll(): Record<string, string> {
  const sessions = `${machine.credentials}.sessions`;
  keep(machine.credentials, { token: SECRETS.unnamed, admin_api_key: SECRETS.unnamedKey });
  keep(join(sessions, 'acme'), { token: SECRETS.acme, admin_api_key: SECRETS.acmeKey });
  keep(join(sessions, 'login'), { api_key: SECRETS.login, user_id: OTHER_USER, expires_at: undefined });
  writeFileSync(join(sessions, 'broken'), `{"token": "${SECRETS.broken}", "user_id": `, { mode: 0o600 });
  writeFileSync(join(machine.home, 'key'), SECRETS.file, { mode: 0o600 });
  const config = join(machine.home, 'config.json');
  writeFileSync(config, JSON.stringify({ admin_api_key: SECRETS.config }), { mode: 0o600 });
  return {
    ADMIN_API_KEY: SECRETS.variable,
    ADMIN_API_KEY_FILE: join(machine.home, 'key'),
    KSCLI_API_KEY: SECRETS.apiKey,
    KS_UAT: SECRETS.exported,
    HTTPS_PROXY: `http://user:${encodeURIComponent(SECRETS.proxy)}@127.0.0.1:9`,
    KSCLI_CONFIG: config,
  };
}

const FORMS = [...new Set(Object.values(SECRETS).flatMap(listForms))];

test.each(['', ' --session acme', ' --session login', ' --session broken'])(
  'nothing of a machine full of secrets is in it:%s',
  async (session) => {
    const env = plantAll();
    // The server tells all that it was sent.
    for (const route of ['POST /v1/auth/assume_user', 'GET /v1/users/me']) {
      machine.backend.faults.set(route, (request) =>
        Response.json(
          { detail: [...request.headers].map(([name, value]) => `${name}: ${value}`).join(' ') },
          { status: 400 },
        ),
      );
    }
    const outcome = await machine.run(`doctor --bundle kscli.tar.gz${session}`, env);
    expect(outcome.exit).toBe(1);
    expect(outcome.stderr).toContain('Wrote kscli.tar.gz');
    const whole = Object.values(readBundle(place)).join('\n') + outcome.stdout + outcome.stderr;
    expect(FORMS.filter((form) => whole.includes(form))).toEqual([]);
  },
);

test.each(Object.entries(SECRETS))(
  'planted in a setting, the secret from %s is found in each form',
  async (_name, secret) => {
    const env = plantAll();
    const hex = Buffer.from(secret).toString('hex');
    const others = [...listSpellings(secret), ...listBase64(secret), hex, hex.toUpperCase()];
    const forms = [...new Set([secret, encodeURIComponent(secret), ...others])];
    for (const form of forms) {
      const outcome = await machine.run('doctor --offline --bundle kscli.tar.gz', {
        ...env,
        KSCLI_CA_BUNDLE: `/x/${form}`,
      });
      const [, what] =
        /^Error: Refused: the bundle would hold .+, in settings.json\n(.*)\n$/m.exec(outcome.stderr) ?? [];
      expect([form, outcome.exit, what, existsSync(place)]).toEqual([form, 1, ADVICE, false]);
      expect(listForms(secret).filter((one) => (outcome.stdout + outcome.stderr).includes(one))).toEqual([]);
    }
  },
);

/** At every offset, in both alphabets. */
function listBase64(secret: string): string[] {
  return ['', 'x', 'xx'].flatMap((before) =>
    (['base64', 'base64url'] as const).map((alphabet) => Buffer.from(before + secret).toString(alphabet)),
  );
}

const ADVICE = 'Nothing was written. Take the secret out of where it does not belong: a path, an address, a setting.';

test('planted in the name of a session file, a time, a certificate or a command, it is found or not shown', async () => {
  const env = plantAll();
  keep(machine.credentials, {
    token: SECRETS.unnamed,
    expires_at: SECRETS.unnamed,
    [SECRETS.unnamed]: 1,
    ticket: SECRETS.unnamed,
  });
  writeFileSync(env['KSCLI_CONFIG'] ?? '', JSON.stringify({ admin_api_key_command: ['echo', SECRETS.unnamed] }));
  expect((await machine.run('doctor --offline --bundle kscli.tar.gz', env)).stderr).toContain('Wrote kscli.tar.gz');
  const whole = Object.values(readBundle(place)).join('\n');
  expect(FORMS.filter((form) => whole.includes(form))).toEqual([]);

  const backend = startBackend({ tls: makeCertificate({ name: SECRETS.apiKey, hosts: ['localhost'] }) });
  const other = createMachine({ KSCLI_BASE_URL: backend.url, KSCLI_API_KEY: SECRETS.apiKey }, backend);
  try {
    const outcome = await other.run('doctor --bundle kscli.tar.gz');
    expect(outcome.stderr).toBe(`Error: Refused: the bundle would hold KSCLI_API_KEY, in chain.pem\n${ADVICE}\n`);
    expect(existsSync(join(other.home, 'kscli.tar.gz'))).toBe(false);
  } finally {
    await other.remove();
  }
});

test('what looks like a token or a key of anybody is no less a leak', async () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln';
  for (const secret of [token, 'sk-user-somebody-else']) {
    const outcome = await machine.run('doctor --offline --bundle kscli.tar.gz --dry-run', {
      KSCLI_CA_BUNDLE: `/x/${secret}`,
    });
    expect(outcome).toEqual({
      exit: 1,
      stdout: '',
      stderr: `Error: Refused: the bundle would hold what looks like a token or a key, in settings.json\n${ADVICE}\n`,
    });
  }
  expect(readFileSync(import.meta.path, 'utf8')).toContain(token);
});
