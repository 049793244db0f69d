// What Windows decides otherwise, as far as it shows on any machine: a World says that it is Windows.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { credentialsFile } from '../../src/auth/place.ts';
import { describeExposure } from '../../src/files/profile.ts';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, type Options, token } from '../kscli.ts';

let home: Home;
let elsewhere: Home;
beforeEach(() => {
  home = createHome();
  elsewhere = createHome();
});
afterEach(() => {
  home.remove();
  elsewhere.remove();
});

const WINDOWS = { platform: 'win32' } as const satisfies Options;
const ASSUME = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const SIGNED_IN = { 'POST /v1/auth/assume_user': { json: { token: token() } } };

test('logout leaves nothing behind on Windows either', async () => {
  home.keep();
  const place = home.credentials;
  for (const left of ['.0123456789abcdef.tmp', '.refresh-lock', '.write-lock']) writeFileSync(`${place}${left}`, '');
  expect(await home.kscli('logout', {}, WINDOWS)).toMatchInlineSnapshot(`
    "$ kscli logout
    Removed ~/state/.credentials
    exit 0"
  `);
  expect(readdirSync(dirname(place))).toEqual([]);
  expect(await home.kscli('logout', {}, WINDOWS)).toMatchInlineSnapshot(`
    "$ kscli logout
    No credentials in ~/state/.credentials
    exit 0"
  `);
  expect(readdirSync(dirname(place))).toEqual([]);
});

test('a change of the config leaves nothing beside it', async () => {
  const options = { ...WINDOWS, env: { KSCLI_CONFIG: home.config } };
  expect(await home.kscli('settings environment local', {}, options)).toMatchInlineSnapshot(`
    "$ kscli settings environment local
    Environment local: http://localhost:8000, certificates not verified
    Written to ~/.config/kscli/config.json
    exit 0"
  `);
  expect(readdirSync(dirname(home.config))).toEqual(['config.json']);
});

test.each([
  ['C:\\work\\', 'win32', 'C:\\work\\.credentials'],
  ['work\\', 'win32', 'work\\.credentials'],
  ['C:/work/', 'win32', 'C:\\work\\.credentials'],
  ['C:\\work', 'win32', 'C:\\work'],
  ['C:kscli', 'win32', 'C:kscli'],
  ['/work/', 'linux', '/work/.credentials'],
  ['/work/odd\\', 'linux', '/work/odd\\'],
] as const)('KSCLI_CREDENTIALS_PATH=%s on %s is %s', (path, platform, file) => {
  expect(credentialsFile(path, platform)).toBe(file);
});

test('a place outside the profile is warned of when something secret is put there', async () => {
  const env = { ADMIN_API_KEY: 'key', KSCLI_CREDENTIALS_PATH: elsewhere.credentials };
  const transcript = await home.kscli(ASSUME, SIGNED_IN, { ...WINDOWS, env });
  expect(transcript.replaceAll(elsewhere.directory, '<elsewhere>')).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    ! Warning: <elsewhere>/state/.credentials is outside your profile ~: other users of this machine may be able to read it.
    exit 0"
  `);
  expect(await home.kscli(ASSUME, SIGNED_IN, { ...WINDOWS, env: { ADMIN_API_KEY: 'key' } })).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    > POST /v1/auth/assume_user | x-admin-api-key: key | {"tenant_id":"00000000-0000-0000-0002-000000000001","user_id":"00000000-0000-0000-0001-000000000001"}
    Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: 2026-02-23T12:00:00+00:00
    exit 0"
  `);
});

const ANN = { platform: 'win32', home: 'C:\\Users\\Ann', env: {} } as const;

test.each([
  ['C:\\Users\\Ann\\AppData\\Local\\kscli\\.credentials', ANN, undefined],
  ['c:/users/ann/.credentials', ANN, undefined],
  ['C:\\Users\\Anna\\.credentials', ANN, 'outside your profile C:\\Users\\Ann'],
  ['C:\\Users\\Ann\\..\\Public\\.credentials', ANN, 'outside your profile C:\\Users\\Ann'],
  ['D:\\.credentials', ANN, 'outside your profile C:\\Users\\Ann'],
  ['\\\\server\\share\\.credentials', ANN, 'outside your profile C:\\Users\\Ann'],
  ['D:\\local\\kscli\\.credentials', { ...ANN, env: { LOCALAPPDATA: 'D:\\local' } }, undefined],
  ['C:\\.credentials', { ...ANN, home: undefined }, 'outside your profile'],
  ['/tmp/.credentials', { ...ANN, platform: 'linux', home: '/home/ann' }, undefined],
] as const)('Windows keeps from others what is in the profile: %s', (path, machine, words) => {
  expect(describeExposure(path, machine)).toBe(words);
});

test('doctor speaks of no modes, and of each proxy variable once', async () => {
  home.keep();
  const proxy = 'http://proxy.example.com:3128';
  const env = { HTTPS_PROXY: proxy, https_proxy: proxy, NO_PROXY: 'a', no_proxy: 'a' };
  expect(await checks({ ...WINDOWS, env })).toMatchInlineSnapshot(`
    "{"check":"credentials","result":"ok","detail":"~/state/.credentials\\nuser 00000000-0000-0000-0001-000000000001\\ntenant 00000000-0000-0000-0002-000000000001\\nuntil 2026-02-23T12:00:00+00:00, 3600 seconds left","remedy":null}
    {"check":"environment","result":"ok","detail":"HTTPS_PROXY names a proxy\\nNO_PROXY names what goes without a proxy","remedy":null}"
  `);
});

test('doctor warns of credentials outside the profile', async () => {
  elsewhere.keep();
  expect(await checks({ ...WINDOWS, env: { KSCLI_CREDENTIALS_PATH: elsewhere.credentials } })).toMatchInlineSnapshot(
    `
      "{"check":"credentials","result":"warning","detail":"<elsewhere>/state/.credentials is outside your profile ~\\nuser 00000000-0000-0000-0001-000000000001\\ntenant 00000000-0000-0000-0002-000000000001\\nuntil 2026-02-23T12:00:00+00:00, 3600 seconds left","remedy":"Other users of this machine may be able to read it. Unset KSCLI_CREDENTIALS_PATH, and sign in anew."}
      {"check":"environment","result":"ok","detail":"nothing that changes how kscli runs","remedy":null}"
    `,
  );
});

/** What doctor says of the credentials and the environment. */
async function checks(options: Options): Promise<string> {
  const transcript = await home.kscli('doctor -f jsonl', {}, options);
  const lines = transcript.split('\n').filter((line) => /"check": ?"(credentials|environment)"/.test(line));
  return lines.join('\n').replaceAll(elsewhere.directory, '<elsewhere>');
}
