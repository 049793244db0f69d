// Many at once: 50 whoami on a valid token and on an expired one, against 50 curl; wall and processor time.

import { readFileSync, writeFileSync } from 'node:fs';
import { startBackend } from '../backend/server.ts';
import { createMachine } from '../binary.ts';
import type { Binaries } from './binaries.ts';
import { measureTimes, measureUsage } from './measure.ts';
import { compare, type Figure } from './report.ts';

const PROCESSES = 50;

export async function benchMany({ kscli, bare }: Binaries, rounds: number): Promise<Figure[]> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url });
  const { env } = machine;
  try {
    await machine.signIn();
    const fields = JSON.parse(readFileSync(machine.credentials, 'utf8'));
    const whoami = atOnce(`${kscli} whoami`);
    const curl = Bun.which('curl');
    const request = `${curl} -sf -b ks_uat=${fields.token} ${backend.url}/v1/users/me`;
    const samples = await measureTimes(
      [{ name: 'kscli', command: whoami, env }, ...(curl ? [{ name: 'curl', command: atOnce(request), env }] : [])],
      Math.max(3, Math.round(rounds / 4)),
    );
    const { cpu } = await measureUsage({ command: whoami, env });
    const asked = { ...env, URL: `${backend.url}/v1/users/me`, COOKIE: `ks_uat=${fields.token}` };
    const least = await measureUsage({ command: atOnce(bare), env: asked });
    writeFileSync(machine.credentials, JSON.stringify({ ...fields, expires_at: '2020-01-01T00:00:00+00:00' }));
    backend.requests.length = 0;
    await measureUsage({ command: whoami, env });
    return [
      ...compare(samples, `${PROCESSES} whoami at once`, 'kscli', 'curl', 2.2),
      {
        what: `${PROCESSES} whoami at once, processor time of each`,
        value: cpu / PROCESSES,
        unit: 'ms',
        note: `bare ${(least.cpu / PROCESSES).toFixed(1)} ms`,
      },
      {
        what: `${PROCESSES} whoami at once on an expired token, assume_user`,
        value: backend.count('POST /v1/auth/assume_user'),
        unit: 'requests',
        reach: 1,
      },
    ];
  } finally {
    await machine.remove();
    await backend.stop();
  }
}

/** One shell that starts them all and waits: its children's processor time is its own. @param command `$i` is its number */
export function atOnce(command: string): string[] {
  return ['sh', '-c', `i=0; while [ $i -lt ${PROCESSES} ]; do ${command} > /dev/null & i=$((i + 1)); done; wait`];
}
