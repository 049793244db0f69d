// doctor where the server is this machine, under each of its names.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { ADMIN_KEY, startBackend } from '../backend/server.ts';
import { BINARY, finish } from '../binary.ts';
import { canMount, hasIpv6, testWhere } from '../where.ts';
import { createDoctorSite, type DoctorSite, LINE, type Row } from './doctor-site.ts';

let site: DoctorSite;
beforeEach(async () => {
  site = await createDoctorSite();
});
afterEach(() => site.remove());

/** The rows that say where the server is. */
async function locateServer(url: string): Promise<string[]> {
  const env = { KSCLI_BASE_URL: url, KSCLI_CREDENTIALS_PATH: `${site.home}/${new URL(url).hostname}/credentials` };
  expect(await site.run(LINE, { ...env, ADMIN_API_KEY: ADMIN_KEY })).toMatchObject({ exit: 0, stderr: '' });
  const { exit, rows } = await site.diagnose(env);
  expect(exit).toBe(0);
  return rows.filter(({ check }) => ['name resolution', 'TLS'].includes(check)).map(({ detail }) => detail);
}

const PLAIN = 'plain http to this machine: nothing leaves it';

test('a name of this machine that commands find is found', async () => {
  const server = startBackend();
  const { port } = new URL(server.url);
  for (const name of ['localhost', 'localhost.', 'app.localhost', '127.0.0.1'])
    expect(await locateServer(`http://${name}:${port}`)).toEqual([`${name} is this machine`, PLAIN]);
  await server.stop();
});

testWhere(hasIpv6(), 'IPv6', 'so is its address in IPv6', async () => {
  const server = startBackend({ hostname: '[::1]' });
  expect(await locateServer(server.url)).toEqual(['::1 is this machine', PLAIN]);
  await server.stop();
});

testWhere(canMount(), 'root that may mount', 'so is a name that only /etc/hosts knows', async () => {
  const server = startBackend();
  writeFileSync(`${site.home}/hosts`, '127.0.0.1 localhost ks-backend.internal\n');
  const env = { ...site.env, KSCLI: BINARY, KSCLI_BASE_URL: server.url.replace('127.0.0.1', 'ks-backend.internal') };
  const script = `mount --bind hosts /etc/hosts && "$KSCLI" ${LINE} >&2 && "$KSCLI" doctor -f json`;
  const child = Bun.spawn(['unshare', '-m', 'sh', '-c', script], {
    cwd: site.home,
    env: { ...env, ADMIN_API_KEY: ADMIN_KEY },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const { exit, stdout } = await finish(child);
  await server.stop();
  const found = JSON.parse(stdout).find(({ check }: Row) => check === 'name resolution');
  expect([exit, found.detail]).toEqual([0, 'ks-backend.internal is 127.0.0.1, this machine']);
});
