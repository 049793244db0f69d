// What the journal costs: a command that writes a line, and the verification of a long one.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEGINNING, encodeLine, type Head } from '../../src/journal/line.ts';
import { startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine } from '../binary.ts';
import type { Binaries } from './binaries.ts';
import { measureTimes, measureUsage, median } from './measure.ts';
import type { Figure } from './report.ts';

const LINES = 100_000;

export async function benchJournal({ kscli }: Binaries, rounds: number): Promise<Figure[]> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url }, backend);
  try {
    await machine.signIn();
    const whoami = (policy: string) => ({
      name: policy,
      command: [kscli, 'whoami'],
      env: { ...machine.env, KSCLI_JOURNAL: policy },
    });
    const samples = await measureTimes(['off', 'on', 'required'].map(whoami), rounds);
    const without = samples.get('off') ?? [];
    const more = (policy: string) =>
      median((samples.get(policy) ?? []).map((time, round) => time - (without[round] ?? Number.NaN)));
    const directory = join(machine.home, 'long');
    writeLong(directory);
    const verify = { command: [kscli, 'journal', 'verify'], env: { ...machine.env, KSCLI_JOURNAL_PATH: directory } };
    const runs = [await measureUsage(verify), await measureUsage(verify), await measureUsage(verify)];
    const reach = { unit: 'ms', reach: 3 };
    return [
      { what: 'whoami with a journal, longer than without', value: more('on'), ...reach },
      { what: 'whoami with a journal that is required, longer than without', value: more('required'), ...reach },
      {
        what: `${LINES} lines of a journal verified`,
        value: median(runs.map(({ milliseconds }) => milliseconds)),
        unit: 'ms',
        reach: 500,
      },
      {
        what: `${LINES} lines of a journal verified, memory at its peak`,
        value: Math.max(...runs.map(({ mebibytes }) => mebibytes)),
        unit: 'MiB',
        reach: 80,
      },
    ];
  } finally {
    await machine.remove();
  }
}

function writeLong(directory: string): void {
  const who = { operator: 'jane', os_user: 'jane', host: 'desk-17' };
  const line = {
    ...who,
    event: 'request',
    session: 'acme',
    base_url: 'https://api.knowledgestack.ai',
    tenant_id: TENANT,
    user_id: USER,
    reason: 'wrong totals',
    ticket: 'SUP-4711',
    command: 'folders list',
    flags: ['limit', 'format'],
    method: 'GET',
    path: '/v1/folders',
    query: ['limit'],
    status: 200,
    ms: 42,
    sent: 0,
    received: 12_345,
  } as const;
  const texts: string[] = [];
  let head: Head = BEGINNING;
  for (let count = 0; count < LINES; count++) {
    const made = encodeLine(count === 0 ? { event: 'file.open', ...who } : line, head, Date.UTC(2026, 0, 1));
    texts.push(made.text);
    head = made.head;
  }
  mkdirSync(directory, { mode: 0o700 });
  writeFileSync(join(directory, '2026-01.jsonl'), texts.join(''), { mode: 0o600 });
  writeFileSync(join(directory, 'journal.head'), `${head.seq}:${head.hash}\n`, { mode: 0o600 });
}
