// A path is a path: what looks like an address names a file in the current directory, and no other host is asked.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine, type Machine } from '../binary.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const SIGN_IN = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;

let backend: Backend;
/** Must never be asked for anything. */
let stranger: Backend;
let machine: Machine;
beforeAll(() => {
  backend = startBackend();
  stranger = startBackend();
});
afterAll(async () => {
  await backend.stop();
  await stranger.stop();
});
beforeEach(async () => {
  backend.requests.length = 0;
  machine = createMachine({
    KSCLI_BASE_URL: backend.url,
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-central-1',
    AWS_BUCKET: 'bucket',
    AWS_ENDPOINT: stranger.url,
    AWS_ENDPOINT_URL: stranger.url,
    S3_ENDPOINT: stranger.url,
  });
  await machine.run(SIGN_IN, { ADMIN_API_KEY: ADMIN_KEY });
});
afterEach(async () => {
  expect(stranger.requests).toEqual([]);
  await machine.remove();
});

/** Where the name leads in the current directory. */
function put(name: string, contents: string): void {
  const path = join(machine.home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

const addresses = (): string[] => [
  's3://bucket/x.pdf',
  `${stranger.url}/x.pdf`,
  `file://${machine.home}/x.pdf`,
  'file:x.pdf',
];

test('in each flag that takes a file, an address is the name of a file', async () => {
  for (const address of addresses()) {
    put(address, '{"n": 1}');
    for (const [line, body] of [
      [`api POST /v1/x --input ${address}`, '{"n": 1}'],
      [`api POST /v1/x -F x=@${address}`, '{"x":"{\\"n\\": 1}"}'],
      [`chunks update-content ${A} --content-file ${address}`, '{"content":"{\\"n\\": 1}"}'],
      [`chunks update ${A} --metadata-file ${address}`, '{"chunk_metadata":{"n":1}}'],
      [`documents ingest --file ${address} --path-part-id ${USER}`, 'x.pdf"\r\nContent-Type: application/pdf'],
    ] as const) {
      const { stderr } = await machine.run(line);
      expect(`${line}: ${backend.requests.at(-1)?.body}`).toContain(body);
      expect(stderr).toMatch(/^(Error: Not found: Not [Ff]ound\n)?$/);
    }
  }
});

test('the admin key is read from such a file, and a file that is not there is not looked for elsewhere', async () => {
  for (const address of addresses()) {
    const { stderr } = await machine.run(SIGN_IN, { ADMIN_API_KEY_FILE: address });
    expect(stderr).toContain(`The admin key file ${address} (ADMIN_API_KEY_FILE) cannot be read: no such file`);
    put(address, ADMIN_KEY);
    expect(await machine.run(SIGN_IN, { ADMIN_API_KEY_FILE: address })).toMatchObject({ exit: 0, stderr: '' });
  }
});

test('a directory and a bundle are no addresses either', async () => {
  for (const address of addresses()) {
    put(`${address}.d/a.pdf`, 'a');
    const bulk = await machine.run(`folders bulk-ingest ${address}.d --path-part-id ${USER} -f jsonl`);
    expect(bulk).toMatchObject({ exit: 0, stderr: expect.stringContaining('failed 0') });
    const { stderr } = await machine.run('whoami', { KSCLI_CA_BUNDLE: address });
    expect(stderr).toStartWith(`Error: The CA bundle ${address} cannot be read: no such file`);
  }
});

test('a leading ~/ is the home directory wherever a path is taken', async () => {
  put('key', ADMIN_KEY);
  put('docs/a.pdf', '{"n": 1}');
  const lines = [
    'api POST /v1/x --input ~/docs/a.pdf',
    'api POST /v1/x -F x=@~/docs/a.pdf',
    `chunks update-content ${A} --content-file ~/docs/a.pdf`,
    `documents ingest --file ~/docs/a.pdf --path-part-id ${USER}`,
    `folders bulk-ingest ~/docs --path-part-id ${USER}`,
  ];
  for (const line of lines) {
    const { stderr } = await machine.run(line);
    expect(`${line}: ${stderr}`).toMatch(/: (Error: Not found: Not [Ff]ound\n)?$/);
  }
  expect(await machine.run(SIGN_IN, { ADMIN_API_KEY_FILE: '~/key' })).toMatchObject({ exit: 0, stderr: '' });
  expect(existsSync(join(machine.home, '~'))).toBe(false);
});
