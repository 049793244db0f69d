// The CA bundle and the admin key's file: no pipe, device or giant among them hangs the compiled binary or fills its memory.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Certificate, makeCertificate } from '../backend/certificates.ts';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { BINARY, createMachine, finish, type Machine } from '../binary.ts';
import { hasTool, testWhere } from '../where.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;

let authority: Certificate;
let backend: Backend;
let machine: Machine;
beforeAll(() => {
  authority = makeCertificate({ name: 'Test Authority' });
  backend = startBackend({ tls: makeCertificate({ name: 'server', issuer: authority, hosts: ['localhost'] }) });
});
afterAll(() => backend.stop());
beforeEach(() => {
  backend.requests.length = 0;
  machine = createMachine({ KSCLI_BASE_URL: backend.url });
  writeFileSync(`${machine.home}/ca.pem`, authority.certificate);
  writeFileSync(`${machine.home}/key`, `${ADMIN_KEY}\n`);
  Bun.spawnSync(['mkfifo', `${machine.home}/fifo`]);
});
afterEach(() => machine.remove());

type Row = readonly [what: string, variable: string, name: string, largest: number];

const ROWS: readonly Row[] = [
  ['CA bundle', 'KSCLI_CA_BUNDLE', '', 64 * 1024 * 1024],
  ['admin key', 'ADMIN_API_KEY_FILE', ' (ADMIN_API_KEY_FILE)', 64 * 1024],
];

/** Good ones, but for the one that is tried. */
function naming(variable: string, path: string): Record<string, string> {
  return { KSCLI_CA_BUNDLE: `${machine.home}/ca.pem`, ADMIN_API_KEY_FILE: `${machine.home}/key`, [variable]: path };
}

test.each(ROWS)(
  'a %s that is a pipe without a writer, a device, or too large',
  async (what, variable, name, largest) => {
    const subject = what === 'CA bundle' ? 'The CA bundle' : 'The admin key file';
    const run = (path: string) => machine.run(`${LINE} --timeout 0.2`, naming(variable, path));
    writeFileSync(`${machine.home}/large`, '');
    truncateSync(`${machine.home}/large`, largest + 1);
    for (const [path, why] of [
      [`${machine.home}/fifo`, 'it has no end in time'],
      ['/dev/zero', 'it is neither a file nor a pipe'],
      [`${machine.home}/large`, 'it is too large'],
      [machine.home, 'it is a directory'],
    ] as const) {
      const stderr = `Error: ${subject} ${path}${name} cannot be read: ${why}\n`;
      expect(await run(path)).toEqual({ exit: 1, stdout: '', stderr });
    }
    expect(backend.requests).toEqual([]);
  },
);

test.each(ROWS)('Ctrl-C ends it while a pipe with the %s has nothing to read', async (_what, variable) => {
  const child = machine.start(LINE.split(' '), naming(variable, `${machine.home}/fifo`));
  // Opening the other end waits until kscli has opened its own.
  const end = await open(`${machine.home}/fifo`, 'w');
  child.kill('SIGINT');
  expect(await finish(child)).toEqual({ exit: 130, stdout: '', stderr: 'Aborted.\n' });
  await end.close();
});

testWhere(hasTool('bash'), 'bash', 'both may come through a pipe, the bundle for several requests', async () => {
  await machine.run(LINE, naming('', ''));
  machine.expire();
  const script = `KSCLI_CA_BUNDLE=<(cat ca.pem) ADMIN_API_KEY_FILE=<(cat key) "$KSCLI" whoami -f id-only`;
  const child = Bun.spawn(['bash', '-c', script], {
    cwd: machine.home,
    env: { ...machine.env, KSCLI: BINARY },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  expect(await finish(child)).toEqual({ exit: 0, stdout: `${USER}\n`, stderr: '' });
  expect(backend.count('POST /v1/auth/assume_user')).toBe(2);
});
