// bun run demo: the main job, with the real binary against the stand-in backend. Leaves nothing behind.

import { readFileSync, writeFileSync } from 'node:fs';
import { ADMIN_KEY, startBackend, TENANT, USER } from './backend/server.ts';
import { createMachine } from './binary.ts';

const backend = startBackend();
const machine = createMachine({ KSCLI_BASE_URL: backend.url, ADMIN_API_KEY: ADMIN_KEY });

try {
  await show('kscli --version', {}, 0);
  await show(`kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`, {}, 0);
  await show('kscli whoami', {}, 0);

  say('# An hour passes: the token expires. The next command gets a new one by itself.');
  expire(machine.credentials);
  await show('kscli whoami', {}, 0);
  say(`# Requests for a token so far: ${backend.count('POST /v1/auth/assume_user')}`);

  say('# A key that the server refuses:');
  await show(`kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`, { ADMIN_API_KEY: 'not-the-key' }, 1);

  say('# The end: token and key are removed. Exit code 2 always means: run assume-user.');
  await show('kscli logout', {}, 0);
  await show('kscli whoami', {}, 2);
} finally {
  machine.remove();
  await backend.stop();
}

async function show(line: string, env: Record<string, string>, expected: number): Promise<void> {
  say(`$ ${line}`);
  const { stdout, stderr, exit } = await machine.run(line.replace(/^kscli /, ''), env);
  say(`${stdout}${stderr}`.trimEnd());
  say(`exit ${exit}\n`);
  if (exit !== expected) throw new Error(`expected exit ${expected}`);
}

function expire(path: string): void {
  const fields = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...fields, expires_at: '2020-01-01T00:00:00+00:00' }));
}

function say(text: string): void {
  console.log(text);
}
