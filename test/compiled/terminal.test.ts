// The compiled binary at a real terminal: what moves, what is asked, what is kept out.

import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine, type Machine } from '../binary.ts';

const A = '00000000-0000-0000-0003-00000000000a';

let backend: Backend;
let machine: Machine;
beforeAll(async () => {
  backend = startBackend();
  machine = createMachine({ KSCLI_BASE_URL: backend.url, ADMIN_API_KEY: ADMIN_KEY });
  await machine.signIn();
});
afterAll(async () => {
  machine.remove();
  await backend.stop();
});
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
  expect(no.shown).toBe(`${question}\r\n\x1b[31mError:\x1b[0m Refused: Nothing was changed\r\n`);
  expect(no.exit).toBe(1);
  expect(backend.requests.map(({ route }) => route)).toEqual([`GET /v1/folders/${A}`]);
  const yes = await machine.runInTerminal(`folders delete ${A}`, 'y\r');
  expect(yes.exit).toBe(3);
  expect(backend.requests.at(-1)?.route).toBe(`DELETE /v1/folders/${A}`);
});

test('a table keeps to the width of the terminal, and escape codes of the server stay out of it', async () => {
  backend.resources.store.create('tags', { name: `\x1b]0;title\x07${'long '.repeat(40)}`, color: '000000' });
  const { shown } = await machine.runInTerminal('tags list');
  expect(shown).not.toContain('title');
  const widths = shown.split('\r\n').map((line) => Bun.stringWidth(line));
  expect(Math.max(...widths)).toBeLessThanOrEqual(80);
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
