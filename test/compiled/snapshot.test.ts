// snapshot of the compiled binary: compared with diff, checked with sha256sum, ended in the middle, and by a full disk.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, OTHER_USER, TENANT, USER } from '../backend/server.ts';
import type { Row } from '../backend/store.ts';
import { createSite, finish, type Site } from '../binary.ts';

const VERSIONS = 'GET /v1/document_versions';

let site: Site;
beforeEach(async () => {
  site = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  await site.signIn();
  fill(20);
});
afterEach(() => site.remove());

/** Documents in Reports, one version each. */
function fill(count: number): void {
  const { store } = site.backend.resources;
  const folder = store.rows('folders').find(({ name }) => name === 'Reports');
  for (let number = 1; number <= count; number++) {
    const document = create('documents', folder, { name: `${number}.pdf`, part_type: 'DOCUMENT' });
    const version = { document_id: document['id'], version: 0, name: 'v0', part_type: 'DOCUMENT_VERSION' };
    create('document_versions', document, version);
  }
}

function create(collection: string, above: Row | undefined, fields: Row): Row {
  const materialized_path = `${above?.['materialized_path']}/${fields['name']}`;
  const parent = { parent_path_part_id: above?.['path_part_id'] };
  return site.backend.resources.store.create(collection, { ...parent, materialized_path, ...fields });
}

const at = (name: string) => join(site.home, name);

/** The transcript without the requests. */
async function shell(script: string): Promise<string> {
  return (await site.shell(script)).replace(/^> .*\n/gm, '').replace(/[0-9a-f]{64}/g, '<sum>');
}

test('two of an unchanged tree are the same for diff, and the sums are those of sha256sum', async () => {
  expect(await shell('kscli snapshot a && kscli snapshot b && diff -r -x run.json a b')).toMatchInlineSnapshot(`
    "$ kscli snapshot a && kscli snapshot b && diff -r -x run.json a b
    Snapshot in a: 22 folders and documents, 20 versions.
    Snapshot in b: 22 folders and documents, 20 versions.
    exit 0"
  `);
  const check = `cd a && sed -n 's/.*"name": "\\(.*\\)".*/\\1/p' manifest.json | xargs sha256sum > sums; sed 's/ .*//' sums | while read sum; do grep -c "$sum" manifest.json; done`;
  expect(await shell(check)).toEndWith('\n1\n1\n1\n1\nexit 0');
});

test('diff names what has changed since', async () => {
  await site.run('snapshot a');
  const { store } = site.backend.resources;
  const [, , third] = store.rows('documents');
  if (third) store.change(third, { name: 'renamed.pdf' });
  expect(await shell('kscli snapshot b && diff -rq -x run.json a b')).toMatchInlineSnapshot(`
    "$ kscli snapshot b && diff -rq -x run.json a b
    Snapshot in b: 22 folders and documents, 20 versions.
    Files a/manifest.json and b/manifest.json differ
    Files a/tree.jsonl and b/tree.jsonl differ
    Files a/versions.jsonl and b/versions.jsonl differ
    exit 1"
  `);
});

test('what another user sees of it', async () => {
  const { held, resources } = site.backend;
  held.add(OTHER_USER);
  const reports = resources.store.rows('folders').find(({ name }) => name === 'Reports');
  const { id: group_id } = resources.store.create('groups', { name: 'Finance', member_count: 1 });
  resources.store.create('members', { group_id, user_id: OTHER_USER });
  resources.store.create('group_permissions', {
    group_id,
    path_part_id: reports?.['path_part_id'],
    capability: 'READ_ONLY',
  });
  const contracts = resources.store.rows('folders').find(({ name }) => name === 'Contracts');
  const deep = create('folders', contracts, { name: 'deep', part_type: 'FOLDER' });
  resources.store.create('group_permissions', {
    group_id,
    path_part_id: deep['path_part_id'],
    capability: 'READ_WRITE',
  });
  await site.run(`assume-user --session bob --tenant-id ${TENANT} --user-id ${OTHER_USER}`);
  expect(
    await shell('kscli snapshot a --session bob && cat a/unseen.jsonl && grep -c /Contracts a/tree.jsonl'),
  ).toMatchInlineSnapshot(`
    "$ kscli snapshot a --session bob && cat a/unseen.jsonl && grep -c /Contracts a/tree.jsonl
    Snapshot in a: 22 folders and documents, 20 versions.
    This user may not see everything: unseen.jsonl there names 1 refusal.
    {"of":"user","part":"permissions","why":"permission-denied"}
    1
    exit 0"
  `);
});

test('killed in the middle it has a mark in place of a manifest, and is not written to again', async () => {
  const { reached } = site.backend.hold(VERSIONS, 4);
  const child = site.start(['snapshot', 'a']);
  await reached;
  child.kill('SIGKILL');
  await child.exited;
  expect(readdirSync(at('a')).sort()).toEqual(['INCOMPLETE', 'tree.jsonl']);
  expect((await shell('kscli snapshot a')).split('\n').slice(1)).toMatchInlineSnapshot(`
    [
      "! Error: <directory>: 'a' is not empty. Name a new one",
      "! Usage: kscli snapshot <directory> [options]",
      "exit 64",
    ]
  `);
});

test('Ctrl-C in the middle says that it is not whole', async () => {
  const { reached } = site.backend.hold(VERSIONS, 4);
  const child = site.start(['snapshot', 'a']);
  await reached;
  child.kill('SIGINT');
  expect(await finish(child)).toMatchInlineSnapshot(`
    {
      "exit": 130,
      "stderr": 
    "Aborted.
    a holds a part of the snapshot, without manifest.json. Remove it, and take it again.
    "
    ,
      "stdout": "",
    }
  `);
  expect(existsSync(at('a/manifest.json'))).toBe(false);
});

test('a session that is lost in the middle ends with 2, and without a manifest', async () => {
  site.backend.faults.set(VERSIONS, () => Response.json({ detail: 'Invalid or expired token' }, { status: 401 }));
  const shown = await site.run('snapshot a');
  expect({ ...shown, stderr: shown.stderr.split('\n') }).toMatchInlineSnapshot(`
    {
      "exit": 2,
      "stderr": [
        "Error: Session expired. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001",
        "The server says: Invalid or expired token",
        "a holds a part of the snapshot, without manifest.json. Remove it, and take it again.",
        "",
      ],
      "stdout": "",
    }
  `);
  expect(existsSync(at('a/manifest.json'))).toBe(false);
});

test('a limit for the size of files is told', async () => {
  expect(await shell("trap '' XFSZ; ulimit -f 0; kscli snapshot a")).toMatchInlineSnapshot(`
    "$ trap '' XFSZ; ulimit -f 0; kscli snapshot a
    ! Error: a cannot be written: it is too large
    ! a holds a part of the snapshot, without manifest.json. Remove it, and take it again.
    exit 1"
  `);
  expect(existsSync(at('a/manifest.json'))).toBe(false);
});

test('with umask 000 nobody else can read it, and with 277 it is written all the same', async () => {
  for (const mask of ['000', '277']) {
    expect(await shell(`umask ${mask}; kscli snapshot ${mask} > out${mask} 2>&1`)).toEndWith('exit 0');
    const names = readdirSync(at(mask)).map((name) => join(mask, name));
    expect([...new Set(names.map((name) => statSync(at(name)).mode & 0o777))]).toEqual([0o600]);
    expect(statSync(at(mask)).mode & 0o777).toBe(0o700);
  }
});

test('at a terminal it says how far it is, and takes that away', async () => {
  const { exit, shown } = await site.runInTerminal('snapshot a', undefined, {}, 80);
  expect(exit).toBe(0);
  expect(shown).toContain('folders and documents');
  expect(shown.slice(shown.lastIndexOf('\x1b[K') + 3)).toMatchInlineSnapshot(`
    "Snapshot in a: 22 folders and documents, 20 versions.
    "
  `);
});

test('nothing but reading is asked, and it is allowed where only reading is', async () => {
  const { exit } = await site.run('snapshot a --content --read-only -f json');
  expect(exit).toBe(0);
  expect(site.backend.requests.filter(({ route }) => !route.startsWith('GET '))).toEqual([]);
  expect(site.backend.count(`${VERSIONS}?document_id=${USER}`)).toBe(0);
});
