// Sessions: a shell's prompt and the list of many, against --version; one command at once in two sessions, against one.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startBackend } from '../backend/server.ts';
import { createMachine } from '../binary.ts';
import type { Binaries } from './binaries.ts';
import { atOnce } from './many.ts';
import { measureTimes, type Subject } from './measure.ts';
import { compare, type Figure } from './report.ts';

const SESSIONS = 200;

export async function benchSessions({ kscli }: Binaries, rounds: number): Promise<Figure[]> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url });
  const { credentials, env } = machine;
  const run = (name: string, ...words: string[]): Subject => ({ name, command: [kscli, ...words], env });
  const many = (name: string, session: string): Subject => ({
    name,
    command: atOnce(`KSCLI_SESSION=${session} ${kscli} whoami`),
    env,
  });
  try {
    await machine.signIn();
    mkdirSync(`${credentials}.sessions`, { mode: 0o700 });
    for (let at = 0; at < SESSIONS; at++) copyFileSync(credentials, join(`${credentials}.sessions`, `s${at}`));
    const samples = await measureTimes(
      [
        run('--version', '--version'),
        run('prompt', 'prompt'),
        run('sessions list', 'sessions', 'list'),
        run('whoami', 'whoami'),
        run('whoami --session', 'whoami', '--session', 's0'),
      ],
      rounds,
    );
    const crowds = await measureTimes(
      [many('one session', 's0'), many('two sessions', 's$((i % 2))')],
      Math.max(3, Math.round(rounds / 4)),
    );
    return [
      ...compare(samples, 'prompt', 'prompt', '--version', 1.3),
      ...compare(samples, `sessions list of ${SESSIONS}`, 'sessions list', '--version', 2),
      ...compare(samples, 'whoami in a session', 'whoami --session', 'whoami'),
      ...compare(crowds, '50 whoami over two sessions', 'two sessions', 'one session', 1.2),
    ];
  } finally {
    await machine.remove();
    await backend.stop();
  }
}
