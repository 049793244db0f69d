// Nothing that is secret or a user's own gets into the journal, wherever it was typed or came from.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanNames, cleanPath } from '../../src/journal/clean.ts';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, type Stubs, token } from '../kscli.ts';

const KEY = 'ADMINKEYCANARY0123456789';
const API_KEY = 'sk-user-APIKEYCANARY0123456789';
const ID = '00000000-0000-0000-0003-000000000001';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep(credentialsFields({ reason: 'wrong totals', admin_api_key: KEY }));
});
afterEach(() => home.remove());

function readAll(): string {
  const directory = join(home.directory, '.local/state/kscli/journal');
  if (!existsSync(directory)) return '';
  return [...new Bun.Glob('*').scanSync(directory)].map((name) => readFileSync(join(directory, name), 'utf8')).join('');
}

const stub = (route: string): Stubs => ({ [route]: { json: { id: 'ANSWERCANARY' } } });

test.each<[line: string, stubs: Stubs]>([
  ['tags create --name VALUECANARY --color ff8800', stub('POST /v1/tags')],
  ['chunks search --query VALUECANARY', stub('POST /v1/chunks/search')],
  ['folders list --limit 77 --offset 77777', stub('GET /v1/folders?limit=77&offset=77777')],
  [
    `documents ingest --file ~/FILECANARY.txt --path-part-id ${ID}`,
    { 'POST /v1/documents/ingest': { json: { document_id: ID, workflow_id: 'w' } } },
  ],
  [`chunks update-content ${ID} --content-file ~/FILECANARY.txt`, stub(`PATCH /v1/chunks/${ID}/content`)],
  ['api POST /v1/tags --raw-field name=VALUECANARY', stub('POST /v1/tags')],
  ['api POST /v1/tags --input ~/FILECANARY.txt', stub('POST /v1/tags')],
  ['api GET /v1/tags -F q=VALUECANARY', stub('GET /v1/tags?q=VALUECANARY')],
  ["api '/v1/tags?q=VALUECANARY#VALUECANARY'", stub('GET /v1/tags?q=VALUECANARY')],
  ['api GET /v1/tags -F sk-user-VALUECANARY=1', stub('GET /v1/tags?sk-user-VALUECANARY=1')],
  ["api GET /v1/tags -F 'VALUECANARY two=1'", stub('GET /v1/tags?VALUECANARY%20two=1')],
  ['api /v1/files/FILECANARY.txt', stub('GET /v1/files/FILECANARY.txt')],
  [`api '/v1/tags?${KEY}'`, stub(`GET /v1/tags?${KEY}=`)],
  [`api GET /v1/tags -F x.${KEY}=1`, stub(`GET /v1/tags?x.${KEY}=1`)],
  [`api /v1/keys/${API_KEY}`, stub(`GET /v1/keys/${API_KEY}`)],
  [`api /v1/keys/${KEY}`, stub(`GET /v1/keys/${KEY}`)],
  ['api /v1/users/VALUECANARY@example.com', stub('GET /v1/users/VALUECANARY@example.com')],
  [`api /v1/tags --header 'x-note: VALUECANARY'`, stub('GET /v1/tags')],
  ['token', {}],
  ['token --curl /v1/VALUECANARY', {}],
  ['exec --with-token -- /bin/echo VALUECANARY', {}],
])('%s leaves no value, key, file name, body or answer', async (line, stubs) => {
  writeFileSync(`${home.directory}/FILECANARY.txt`, 'CONTENTCANARY');
  const written = await home.kscli(line.replace('~', home.directory), stubs);
  expect(written).toEndWith('exit 0');
  expect(readAll()).toContain('"event":');
  expect(readAll()).not.toMatch(/CANARY|77777|ff8800/);
  expect(readAll()).not.toContain(token());
});

test('keys that somebody types into a reason, a ticket or the name of an operator are masked', async () => {
  const jwt = token({ sub: 'CANARY' });
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER} --reason 'with ${API_KEY} or ${KEY}' --ticket '${jwt}'`;
  const env = { ADMIN_API_KEY: KEY, KSCLI_OPERATOR: `jane ${API_KEY}` };
  await home.kscli(line, { 'POST /v1/auth/assume_user': { json: { token: token() } } }, { env });
  expect(readAll()).toContain('"reason":"with [redacted] or [redacted]","ticket":"[redacted]"');
  expect(readAll()).toContain('"operator":"jane [redacted]"');
  expect(readAll()).not.toContain('CANARY');
});

test('of a path the words of the API, numbers and ids are kept', () => {
  for (const path of [
    '/v1/folders',
    `/v1/folders/${ID}/contents`,
    `/v1/path-parts/${ID.toUpperCase()}/tags`,
    `/v1/document_versions/${ID.replaceAll('-', '')}`,
    `/v1/workflows/ingest-document-${ID}`,
    '/v1/things/42',
    '/v2/a/b/',
    '/',
  ])
    expect(cleanPath(path)).toBe(path);
});

test('and everything else is redacted', () => {
  for (const part of [
    'report.pdf',
    'My Folder',
    'My%20Folder',
    'jane@example.com',
    'sk-user-abc',
    'sk_live_abc',
    'ghp_abcdef',
    'aGVsbG8gd29ybGQ',
    'Secret123',
    'x'.repeat(25),
    '1'.repeat(21),
    'ä',
    '..',
    'eyJhbGciOiJIUzI1NiJ9.e30.x',
    `${ID}x`,
  ])
    expect(cleanPath(`/v1/things/${part}/rest`)).toBe('/v1/things/[redacted]/rest');
  expect(cleanPath(`/v1${'/a'.repeat(100)}`)).toHaveLength(3 + 62 * 2 + 2);
  expect(cleanNames(['limit', 'limit', 'a[b]', 'a.b', 'two words', 'sk-user-x', '', '1'])).toEqual([
    'limit',
    'a[b]',
    'a.b',
    '[redacted]',
  ]);
});
