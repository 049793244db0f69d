// Many at once: 50 whoami on a valid token and on an expired one, against 50 curl; and what the safety checks cost.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTrusted, trustedDirectory } from '../../src/files/safe-path.ts';
import { startBackend } from '../backend/server.ts';
import { BINARY, createMachine } from '../binary.ts';

const PROCESSES = 50;

export async function benchRefresh(): Promise<void> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url });
  try {
    await machine.signIn();
    const fields = JSON.parse(readFileSync(machine.credentials, 'utf8'));
    const curl = Bun.which('curl');
    const url = `${backend.url}/v1/users/me`;
    const whoami = () => together([BINARY, 'whoami'], machine.env);
    const valid = await whoami();
    writeFileSync(machine.credentials, JSON.stringify({ ...fields, expires_at: '2020-01-01T00:00:00+00:00' }));
    backend.requests.length = 0;
    const expired = await whoami();
    const exchanges = backend.count('POST /v1/auth/assume_user');
    const other = curl && (await together([curl, '-sf', '-b', `ks_uat=${fields.token}`, url], machine.env));
    const against = (time: number) => (other ? `${(time / other).toFixed(2)} × curl` : 'curl is missing here');
    console.log(`${PROCESSES} whoami at once, valid token: ${valid.toFixed(0)} ms (${against(valid)})`);
    console.log(
      `${PROCESSES} whoami at once, expired token: ${expired.toFixed(0)} ms (${against(expired)}), ${exchanges} assume_user`,
    );
    console.log(`Safety checks on the credentials file: ${checksOn(machine.credentials).toFixed(2)} ms (limit 1)`);
  } finally {
    machine.remove();
    await backend.stop();
  }
}

async function together(command: string[], env: Record<string, string>): Promise<number> {
  const started = performance.now();
  const children = Array.from({ length: PROCESSES }, () =>
    Bun.spawn(command, { env, stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' }),
  );
  const exits = await Promise.all(children.map(({ exited }) => exited));
  if (exits.some((exit) => exit !== 0)) throw new Error(`${command[0]} failed`);
  return performance.now() - started;
}

/** Milliseconds for one load, cold path excluded: the median of many in this process. */
function checksOn(path: string): number {
  const userId = process.geteuid?.();
  const samples = Array.from({ length: 201 }, () => {
    const started = performance.now();
    readTrusted(join(trustedDirectory(dirname(path), userId), '.credentials'), 65_536, userId);
    return performance.now() - started;
  });
  return samples.toSorted((a, b) => a - b)[100] ?? Number.NaN;
}
