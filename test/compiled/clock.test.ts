// The system's clock nearly stands still: what the compiled binary waits for ends all the same.

import { expect } from 'bun:test';
import { tryLock } from '../../src/files/lock.ts';
import { startBackend, USER } from '../backend/server.ts';
import { BINARY, createMachine, finish } from '../binary.ts';
import { hasTool, testWhere } from '../where.ts';

const SLOW = ['faketime', '-f', '+0 x0.001'];

testWhere(hasTool('faketime'), 'faketime', 'the wait for the lock of a refresh ends in time on any clock', async () => {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url, DONT_FAKE_MONOTONIC: '1' });
  await machine.signIn();
  machine.expire();
  const held = await tryLock(`${machine.credentials}.refresh-lock`, process.geteuid?.());
  if (typeof held !== 'object') throw new Error('the lock cannot be had');
  const child = Bun.spawn([...SLOW, BINARY, 'whoami', '-f', 'id-only', '--timeout', '3'], {
    env: machine.env,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    timeout: 50_000,
  });
  expect(await finish(child)).toEqual({ exit: 0, stdout: `${USER}\n`, stderr: '' });
  held.release();
  await machine.remove();
  await backend.stop();
});
