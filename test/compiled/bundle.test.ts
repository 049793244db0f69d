// kscli doctor --bundle with the compiled binary: what is in the archive, where it may go, and where it is refused.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../backend/certificates.ts';
import { ADMIN_KEY, startBackend } from '../backend/server.ts';
import { createMachine, createSite, type Site } from '../binary.ts';
import { readBundle } from '../bundle.ts';

let machine: Site;
beforeEach(async () => {
  machine = createSite();
  await machine.signIn();
});
afterEach(() => machine.remove());

/** What is not the report. */
const told = (transcript: string) => transcript.replace(/^[┌├│└].*\n/gm, '');

test('the bundle: who may read it, what is in it, what each file says', async () => {
  expect(told(await machine.kscli('doctor --bundle kscli.tar.gz'))).toMatchInlineSnapshot(`
    "$ kscli doctor --bundle kscli.tar.gz
    > POST /v1/auth/assume_user | x-admin-api-key: test-admin-key-0123456789 | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    > GET /v1/users/me | cookie: ks_uat=<token 1>

    kscli works: user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001 at <server>.
    ! Wrote kscli.tar.gz: 5 files, without secrets. It names the server, user, tenant and paths.
    exit 0"
  `);
  const place = join(machine.home, 'kscli.tar.gz');
  expect(statSync(place).mode & 0o7777).toBe(0o600);
  expect(readdirSync(machine.home).sort()).toEqual(['kscli.tar.gz', 'state']);
  const files = readBundle(place);
  expect(Object.keys(files)).toMatchInlineSnapshot(`
    [
      "README.txt",
      "doctor.json",
      "versions.json",
      "settings.json",
      "credentials.json",
    ]
  `);
  expect(files['README.txt']).toMatchInlineSnapshot(`
    "A bundle of kscli doctor, for somebody who helps.

    doctor.json       what kscli doctor says
    versions.json     versions of kscli, its runtime and the system
    settings.json     each setting, and where it came from
    credentials.json  keys, lengths and times of the credentials file, without the values

    No token, no key and no password is in it: before it was written it was searched for each of them, as it is and encoded.
    It does name the server, the ids of user and tenant, the session, and paths of this machine; the home directory is ~.
    "
  `);
  const named = (text = '') =>
    text
      .replaceAll(machine.backend.url, '<server>')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(\+00:00|Z)/g, '<time>')
      .replaceAll(/\d+(?= seconds left)/g, '<n>')
      .replaceAll(/(owner\W+)\d+/g, '$1<n>');
  expect(named(files['credentials.json'])).toMatchInlineSnapshot(`
    "{
      "path": "~/state/.credentials",
      "session": null,
      "mode": "0600",
      "owner": <n>,
      "bytes": 559,
      "changed": "<time>",
      "keys": {
        "token": "text of 300 characters",
        "user_id": "text of 36 characters",
        "tenant_id": "text of 36 characters",
        "admin_api_key": "text of 25 characters",
        "base_url": "text of 22 characters"
      },
      "times": {
        "expires_at": "<time>"
      },
      "token_issued": "<time>",
      "token_expires": "<time>",
      "other_keys": 0
    }
    "
  `);
  const { conclusion, checks } = JSON.parse(named(files['doctor.json']));
  expect(conclusion).toMatchInlineSnapshot(
    `"kscli works: user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001 at <server>."`,
  );
  expect(checks[1]).toMatchInlineSnapshot(`
    {
      "check": "credentials",
      "detail": 
    "~/state/.credentials (mode 0600, owner <n>)
    user 00000000-0000-0000-0001-000000000001
    tenant 00000000-0000-0000-0002-000000000001
    until <time>, <n> seconds left"
    ,
      "result": "ok",
    }
  `);
  const settings: { setting: string; value: unknown; source: string }[] = JSON.parse(named(files['settings.json']));
  expect(settings.filter(({ source }) => source !== 'default')).toMatchInlineSnapshot(`
    [
      {
        "setting": "base_url",
        "source": "KSCLI_BASE_URL",
        "value": "<server>",
      },
      {
        "setting": "credentials_path",
        "source": "KSCLI_CREDENTIALS_PATH",
        "value": "~/state/.credentials",
      },
    ]
  `);
  expect(Object.keys(JSON.parse(files['versions.json'] ?? ''))).toEqual([
    'kscli',
    'bun',
    'platform',
    'processor',
    'system',
    'made_at',
  ]);
});

test('--dry-run shows all of it and writes nothing', async () => {
  expect(await machine.kscli('doctor --offline --bundle kscli.tar.gz --dry-run')).toContain('Nothing was written.');
  const { stdout } = await machine.run('doctor --offline --bundle kscli.tar.gz --dry-run -f json');
  expect(readdirSync(machine.home)).toEqual(['state']);
  await machine.run('doctor --offline --bundle kscli.tar.gz -f json');
  const files = readBundle(join(machine.home, 'kscli.tar.gz'));
  const shown: { file: string; bytes: number; text: string }[] = JSON.parse(stdout);
  // Of two runs the times differ.
  const tidy = (text = '') => text.replace(/\d+/g, '0');
  expect(shown.map(({ file, text }) => [file, tidy(text)])).toEqual(
    Object.entries(files).map(([file, text]) => [file, tidy(text)]),
  );
  expect(shown.every(({ bytes, text }) => bytes === Buffer.byteLength(text))).toBe(true);
});

test('the certificates of the server are in it, also of one that is not trusted', async () => {
  const tls = makeCertificate({ name: 'server', hosts: ['localhost'] });
  const backend = startBackend({ tls });
  const other = createMachine({ KSCLI_BASE_URL: backend.url }, backend);
  try {
    expect((await other.run('doctor --bundle kscli.tar.gz')).exit).toBe(1);
    const chain = readBundle(join(other.home, 'kscli.tar.gz'))['chain.pem'];
    expect(chain).toMatch(/^# CN=server\n# SHA-256 [0-9A-F:]{95}\n-----BEGIN CERTIFICATE-----\n/);
  } finally {
    await other.remove();
  }
});

test.each([
  ['no file', () => rmSync(machine.credentials)],
  ['no JSON', () => writeFileSync(machine.credentials, `{"token": "${ADMIN_KEY}", `)],
  [
    'other types',
    () => writeFileSync(machine.credentials, '{"token": [1], "expires_at": "soon", "odd": 1, "user_id": null}'),
  ],
  ['written by others', () => chmodSync(machine.credentials, 0o666)],
])('with broken credentials too: %s', async (_name, harm) => {
  harm();
  expect((await machine.run('doctor --offline --bundle kscli.tar.gz')).exit).toBe(1);
  const files = readBundle(join(machine.home, 'kscli.tar.gz'));
  const { changed: _, ...shape } = JSON.parse(files['credentials.json'] ?? '');
  expect(JSON.stringify(shape).replace(/(owner\W+)\d+/, '$1<n>')).toMatchSnapshot();
});

test('with broken settings too', async () => {
  const env = {
    KSCLI_TIMEOUT: 'long',
    KSCLI_SESSION: '../x',
    KSCLI_READONLY: '1',
    ADMIN_API_KEY_FILE: '/dev/null/key',
  };
  expect((await machine.run('doctor --bundle kscli.tar.gz', env)).exit).toBe(1);
  const files = readBundle(join(machine.home, 'kscli.tar.gz'));
  expect(files['credentials.json']).toBe('null\n');
  expect(JSON.parse(files['doctor.json'] ?? '').checks[0].result).toBe('failed');
});
