// The compiled binary at a real terminal: what moves, what is asked, what is kept out.

import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, type Backend, TENANT, USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';

const A = '00000000-0000-0000-0003-00000000000a';

let machine: Site;
let backend: Backend;
beforeAll(async () => {
  machine = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  ({ backend } = machine);
  await machine.signIn();
});
afterAll(() => machine.remove());
beforeEach(() => {
  backend.requests.length = 0;
});

test('an upload shows how far it is, and takes the line away at the end', async () => {
  const file = join(machine.home, 'report.pdf');
  writeFileSync(file, new Uint8Array(8_000_000));
  const line = `documents ingest --file ${file} --path-part-id ${USER}`;
  const { exit, shown } = await machine.runInTerminal(`${line} -f id-only`);
  expect(exit).toBe(0);
  const steps = shown.split('\r\x1b[K').slice(1);
  expect(steps[0]).toBe('0.0/8.0 MB  report.pdf');
  expect(steps.at(-1)).toMatch(/^[0-9a-f-]{36}\r\n$/);
  expect((await machine.run(line)).stderr).toBe('');
});

test('a delete asks at a terminal, and only a yes deletes', async () => {
  const question = `Delete folder ${A} of tenant ${TENANT} as user ${USER} at ${new URL(backend.url).host}? [y/N] `;
  const no = await machine.runInTerminal(`folders delete ${A}`, '\r');
  // Blanks fill up the rows of the terminal, so that no id is broken.
  expect(no.shown.replaceAll(/ +/g, ' ')).toBe(`${question}\r\n\x1b[31mError:\x1b[0m Refused: Nothing was changed\r\n`);
  expect(no.exit).toBe(1);
  expect(backend.requests.map(({ route }) => route)).toEqual([`GET /v1/folders/${A}`]);
  const yes = await machine.runInTerminal(`folders delete ${A}`, 'y\r');
  expect(yes.exit).toBe(3);
  const sent = backend.requests.map(({ route }) => route).slice(2);
  // What is not found may be another thing.
  expect(sent).toEqual([`DELETE /v1/folders/${A}`, `GET /v1/documents/${A}`, `GET /v1/path-parts/${A}`]);
});

test('nobody is asked about a delete that is refused anyway', async () => {
  for (const words of [`folders delete ${A}`, `api DELETE /v1/folders/${A}`]) {
    const { exit, shown } = await machine.runInTerminal(`${words} --read-only`);
    expect([exit, shown.includes('? [y/N]'), shown.includes('Refused')]).toEqual([1, false, true]);
  }
});

test('text keeps to the width of the terminal, and escape codes of the server stay out of it', async () => {
  backend.resources.store.create('tags', { name: `\x1b]0;title\x07${'long '.repeat(40)}`, color: '000000' });
  const { shown } = await machine.runInTerminal('tags list');
  expect(shown).not.toContain('title');
  const widths = shown.split('\r\n').map((line) => Bun.stringWidth(line));
  expect(Math.max(...widths)).toBeLessThanOrEqual(80);
});

const LISTS = ['folders', 'documents', 'tags', 'permissions', 'workflows', `tenants ${TENANT} users`];

test.each([40, 80, 120, 200])('at %i columns no id is broken, and no line is too long', async (columns) => {
  const { store } = backend.resources;
  if (store.rows('workflows').length === 0) seed();
  const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  for (const name of LISTS) {
    const line = name.startsWith('tenants') ? `tenants list-users ${TENANT}` : `${name} list`;
    const data = await machine.run(`${line} -f table`);
    const { exit, shown } = await machine.runInTerminal(line, undefined, {}, columns);
    expect({ line, exit, ids: shown.match(ids) }).toEqual({ line, exit: 0, ids: data.stdout.match(ids) });
    // Longer than the terminal is a word alone.
    const long = shown.split('\r\n').filter((text) => Bun.stringWidth(text) > columns && /\S\s/.test(text));
    expect({ line, long }).toEqual({ line, long: [] });
  }
});

function seed(): void {
  const { store } = backend.resources;
  for (const name of [
    'Reports',
    'Figures of the northern region, by quarter and by customer',
    '二零二六年度财务报告',
  ]) {
    const { id, path_part_id: part } = store.create('folders', { name, part_type: 'FOLDER', materialized_path: '/x' });
    store.create('documents', { name: `${name} as of March`, document_type: 'PDF', parent_path_part_id: part });
    store.create('permissions', { user_id: USER, path_part_id: part, capability: 'READ_ONLY' });
    store.create('workflows', { workflow_id: `run-${part}`, status: 'COMPLETED', document_id: id });
  }
}

test('what api answers is indented and ends its line', async () => {
  backend.faults.set('GET /v1/a', () => new Response('{"a":[1.0,"\\u001b]0;b"]}'));
  const { shown } = await machine.runInTerminal('api /v1/a');
  expect(shown).toBe('{\r\n  "a": [\r\n    1.0,\r\n    "\\u001b]0;b"\r\n  ]\r\n}\r\n');
  expect((await machine.run('api /v1/a')).stdout).toBe('{"a":[1.0,"\\u001b]0;b"]}');
  backend.faults.clear();
});

test('Ctrl-C at a question says so on a line of its own', async () => {
  const { exit, shown } = await machine.runInTerminal(`folders delete ${A}`, '\x03');
  expect(exit).toBe(130);
  expect(shown).toEndWith('\r\nAborted.\r\n');
});

test.each([
  [40, 40],
  [77, 77],
  [80, 80],
  [200, 80],
])('the first help keeps to a terminal of %i columns', async (columns, longest) => {
  const { exit, shown } = await machine.runInTerminal('--help', undefined, {}, columns);
  expect(exit).toBe(0);
  const widths = shown.split('\r\n').map(({ length }) => length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(longest);
  expect(Math.max(...widths)).toBeGreaterThan(longest - 4);
  const { stdout } = await machine.run('--help');
  const words = (text: string) => text.replaceAll(/ \\\r?\n/g, ' ').split(/\s+/);
  expect(words(shown)).toEqual(words(stdout));
});
