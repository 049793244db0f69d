// Keys and tokens of kscli itself never become a document, whatever a directory from somebody else links to.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, type Stubs } from '../kscli.ts';

const INGEST = 'POST /v1/documents/ingest';
const UPLOADED: Stubs = { [INGEST]: { json: { document_id: 'd', workflow_id: 'w' } } };

let home: Home;
let docs: string;
let credentials: string;
beforeEach(() => {
  home = createHome();
  home.keep();
  docs = join(home.directory, 'docs');
  credentials = join(home.directory, 'state/.credentials');
  mkdirSync(docs);
});
afterEach(() => home.remove());

const ingest = (name: string, stubs: Stubs = {}, env: Record<string, string> = {}) =>
  home.kscli(`documents ingest --file ${join(docs, name)} --path-part-id ${USER}`, stubs, { env });

const refusal = (name: string) => `! Error: ~/docs/${name} leads to a file with keys of kscli itself
! It was not sent. Look where the directory came from, and what else it links to.`;

test('of a directory the other files go, and a link to the credentials fails', async () => {
  writeFileSync(join(docs, 'a.pdf'), 'a');
  symlinkSync(credentials, join(docs, 'b.pdf'));
  const listed = {
    [`GET /v1/documents?parent_path_part_id=${USER}&limit=100&offset=0`]: { json: { items: [], total: 0 } },
  };
  // By a walk no link is followed out of the directory.
  writeFileSync(join(home.directory, 'list'), 'a.pdf\nb.pdf\n');
  const line = `folders bulk-ingest ${docs} --path-part-id ${USER} --files-from ~/list -f id-only`;
  const shown = await home.kscli(line, { ...listed, ...UPLOADED });
  const lines = shown.split('\n').filter((text) => !/^[>$]/.test(text));
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "d
    ! Error: b.pdf: ~/docs/b.pdf leads to a file with keys of kscli itself; It was not sent. Look where the directory came from, and what else it links to.
    ! Uploaded 1, skipped 0, failed 1
    exit 1"
  `);
});

test('a link, a chain of links and a second name are found', async () => {
  symlinkSync(credentials, join(docs, 'link.pdf'));
  symlinkSync('link.pdf', join(docs, 'chain.pdf'));
  linkSync(credentials, join(docs, 'second.pdf'));
  for (const name of ['link.pdf', 'chain.pdf', 'second.pdf']) expect(await ingest(name)).toContain(refusal(name));
});

test('so are the credentials of another session, the config file and the files of keys', async () => {
  const places = ['state/.credentials.sessions/acme', '.config/kscli/config.json', 'admin-key', 'api-key'];
  for (const [at, place] of places.entries()) {
    const path = join(home.directory, place);
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(path, at === 0 ? credentialsFields() : '{}', { mode: 0o600 });
    symlinkSync(path, join(docs, `${at}.pdf`));
  }
  const [, , admin, api] = places.map((place) => join(home.directory, place));
  const env = { ADMIN_API_KEY_FILE: admin ?? '', KSCLI_API_KEY_FILE: api ?? '' };
  for (const [at] of places.entries()) expect(await ingest(`${at}.pdf`, {}, env)).toContain(refusal(`${at}.pdf`));
});

test('a link to any other file is the file', async () => {
  writeFileSync(join(home.directory, 'other.pdf'), 'a');
  symlinkSync(join(home.directory, 'other.pdf'), join(docs, 'link.pdf'));
  expect(await ingest('link.pdf', UPLOADED)).toEndWith('exit 0');
});
