// The API commands of the compiled binary, against a backend that remembers.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, type Backend, USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';

let machine: Site;
let backend: Backend;
beforeAll(async () => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  ({ backend } = machine);
  await machine.signIn();
});
afterAll(() => machine.remove());

async function json(line: string, said = ''): Promise<Record<string, unknown>> {
  const { exit, stdout, stderr } = await machine.run(`${line} -f json`);
  expect({ line, exit, stderr }).toEqual({ line, exit: 0, stderr: said });
  return JSON.parse(stdout);
}

async function folderId(name: string): Promise<string> {
  return String((await json(`folders create --name ${name} --parent-path-part-id ${USER}`))['id']);
}

test('what is created is listed, changed, deleted, and then not found', async () => {
  const id = await folderId('Plans');
  expect((await machine.run('folders list -f id-only --all')).stdout).toContain(`${id}\n`);
  expect(await json(`folders update ${id} --name Old`)).toMatchObject({ id, name: 'Old' });
  expect((await machine.run(`folders delete ${id}`)).stdout).toBe(`Deleted folder ${id}\n`);
  const gone = await machine.run(`folders describe ${id}`);
  expect(gone).toMatchObject({ exit: 3, stderr: 'Error: Not found: Not found\n' });
});

async function versionId(): Promise<Record<string, unknown>> {
  const document = await json(`documents create --name d --parent-path-part-id ${USER} --type PDF --origin SOURCE`);
  return json(`document-versions create --document-id ${document['id']}`);
}

test('a version, its sections and chunks, and their tree', async () => {
  const version = await versionId();
  const section = await json(`sections create --name Intro --parent-path-id ${version['path_part_id']}`);
  await json(`chunks create --content hello --section-id ${section['path_part_id']}`);
  const { stdout } = await machine.run(`document-versions contents ${version['id']} -f tree --show-content`);
  expect(stdout).toContain('└── Intro\n    └── ');
  expect(stdout).toContain('hello');
  expect((await machine.run(`document-versions clear-contents ${version['id']}`)).stdout).toBe(
    `Cleared the contents of document version ${version['id']}\n`,
  );
});

test('what hangs in the tree goes with what it hangs on', async () => {
  const top = await json(`folders create --name Top --parent-path-part-id ${USER}`);
  const below = await json(`folders create --name Below --parent-path-part-id ${top['path_part_id']}`);
  expect(await json(`path-parts describe ${below['path_part_id']}`)).toMatchObject({
    name: 'Below',
    part_type: 'FOLDER',
    parent_path_id: top['path_part_id'],
  });
  const tag = await json('tags create --name urgent --color ff0000');
  const attach = `${tag['id']} --path-part-id ${below['path_part_id']}`;
  expect(await json(`tags attach ${attach}`)).toMatchObject({ tags: [{ name: 'urgent' }] });
  expect(await json(`tags detach ${attach}`)).toEqual({ tags: [] });
  await json(`tags delete ${tag['id']}`);
  await json(`folders delete ${top['id']}`);
  for (const line of [`folders describe ${below['id']}`, `tags attach ${attach}`])
    expect(await machine.run(line)).toMatchObject({ exit: 3 });
});

test('lineages, invites and messages are remembered, and end', async () => {
  const version = await versionId();
  const chunk = async (content: string) =>
    (await json(`chunks create --content ${content} --version-id ${version['path_part_id']}`))['id'];
  const [from, to] = [await chunk('whole'), await chunk('part')];
  expect(await json(`chunks version-chunk-ids --document-version-id ${version['id']}`)).toEqual({
    chunk_ids: [from, to],
  });
  const edge = `--parent-chunk-id ${from}`;
  await json(`chunk-lineages create ${edge} --child-chunk-id ${to}`);
  expect(await json(`chunk-lineages describe ${to}`)).toMatchObject({
    nodes: [{ id: from }, { id: to }],
    edges: [{ parent_chunk_id: from, chunk_id: to }],
  });
  const invite = (await json(`invites create --email a@example.com --role USER`))['id'];
  expect(await json(`invites accept ${invite}`)).toMatchObject({ role: 'USER' });
  const thread = (await json('threads create --title Talk'))['id'];
  await json(`thread-messages create --thread-id ${thread} --role USER --content hello`);
  expect(await json(`thread-messages list --thread-id ${thread}`)).toMatchObject({ total: 1 });
  for (const line of [
    `chunk-lineages delete ${edge} --child-chunk-id ${to}`,
    `invites delete ${invite}`,
    `threads delete ${thread}`,
  ]) {
    await json(line);
    expect(await machine.run(line)).toMatchObject({ exit: 3 });
  }
  for (const line of [`invites accept ${invite}`, `thread-messages list --thread-id ${thread}`])
    expect(await machine.run(line)).toMatchObject({ exit: 3 });
});

test('what the server misses is named field by field', async () => {
  expect(await machine.run('api POST /v1/folders')).toMatchObject({
    exit: 4,
    stderr: 'Error: Validation error\nname: Field required\nparent_path_part_id: Field required\n',
  });
});

test('api hands bytes on as they are, both ways', async () => {
  backend.streams.add('POST /v1/echo');
  backend.faults.set('POST /v1/echo', async (request) => new Response(await request.bytes()));
  const bytes = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);
  const file = join(machine.home, 'bytes');
  writeFileSync(file, bytes);
  const child = machine.start(['api', '/v1/echo', '--input', file, '--header', 'content-type: image/png']);
  expect(await child.stdout.bytes()).toEqual(bytes);
  expect(await child.exited).toBe(0);
  expect(backend.requests.at(-1)?.headers.get('content-type')).toBe('image/png');
});

test('--all follows the pages, in every format', async () => {
  for (let index = 0; index < 250; index++)
    backend.resources.store.create('tags', { name: `tag ${index}`, color: '000000' });
  const { stdout } = await machine.run('tags list --all -f jsonl');
  expect(stdout.trimEnd().split('\n')).toHaveLength(250);
  expect(await json('tags list --all')).toMatchObject({ total: 250 });
  const table = (await machine.run('tags list --all')).stdout;
  expect(table.match(/tag \d+/g)).toHaveLength(250);
  expect(
    new Set(
      table
        .split('\n')
        .filter((line) => line.startsWith('│'))
        .map((line) => line.length),
    ).size,
  ).toBe(1);
  expect(table.match(/[├┌└]/g)).toHaveLength(3);
});

test('a directory is uploaded once', async () => {
  const folder = await folderId('Bulk');
  mkdirSync(join(machine.home, 'docs/2026'), { recursive: true });
  writeFileSync(join(machine.home, 'docs/a.pdf'), 'a');
  writeFileSync(join(machine.home, 'docs/2026/b.PDF'), 'b');
  writeFileSync(join(machine.home, 'docs/c.txt'), 'c');
  const line = `folders bulk-ingest docs --folder-id ${folder}`;
  const leftOut = 'Left out 1 file: 1 .txt\n';
  expect(await json(`${line} --dry-run`, leftOut)).toMatchObject({ total: 2, planned: 2, uploaded: 0, left_out: 1 });
  const waited = await machine.run(`${line} --wait --parallel 1 -f json`);
  expect(JSON.parse(waited.stdout)).toMatchObject({ total: 2, uploaded: 2, failed: 0 });
  const ids = ['2026/b.PDF', 'a.pdf'].map((name) => `${name}: document ID, workflow workflow-ID\n`);
  expect(waited.stderr.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')).toBe(ids.join('') + leftOut);
  expect(await json(line, leftOut)).toMatchObject({ total: 2, uploaded: 0, skipped: 2 });
  backend.faults.set('POST /v1/documents/ingest', () => Response.json({ detail: 'Too large' }, { status: 413 }));
  const failed = await machine.run(`${line} --extensions txt,pdf -f jsonl`);
  backend.faults.clear();
  expect([failed.exit, failed.stderr]).toEqual([
    1,
    'Error: c.txt: Server error: 413: Too large\nUploaded 0, skipped 2, failed 1\n',
  ]);
});
