// Rows that are chosen, sorted and written in other formats, page by page: against the same list as jsonl without any of it.
// And a hundred ids in one command, against a command for each.

import { type Backend, startBackend } from '../backend/server.ts';
import { createMachine } from '../binary.ts';
import type { Binaries } from './binaries.ts';
import { serve } from './lists.ts';
import { measureTimes, measureUsage, type Subject } from './measure.ts';
import { compare, type Figure } from './report.ts';

const ALL = 100_000;
const PER_PAGE = 100;
const MANY = 100;
/** 0.7 of the rate without. */
const CHOSEN = 1 / 0.7;

export async function benchOutput({ kscli }: Binaries, rounds: number): Promise<Figure[]> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url, KSCLI_TIMEOUT: '300' });
  const list = (name: string, ...words: string[]): Subject => ({
    name,
    command: [kscli, 'tags', 'list', '--all', '-l', `${PER_PAGE}`, ...words],
    env: machine.env,
  });
  const plain = list('jsonl', '-f', 'jsonl');
  const where = list('--where', '-f', 'jsonl', '--where', 'name~tag', '--where', 'color!=000000');
  const columns = list('--columns', '-f', 'jsonl', '--columns', 'id,name,created_at');
  const csv = list('csv', '-f', 'csv');
  const sorted = list('--sort-by', '-f', 'jsonl', '--sort-by', 'name:desc');
  try {
    await machine.signIn();
    serve(backend, ALL, PER_PAGE);
    const samples = await measureTimes([plain, where, columns, csv, sorted], rounds);
    const memory = async (subject: Subject, reach?: number): Promise<Figure> => ({
      what: `${ALL} rows ${subject.name}, memory at its peak`,
      value: (await measureUsage(subject)).mebibytes,
      unit: 'MiB',
      ...(reach !== undefined && { reach }),
    });
    const together = await measureTimes(describeMany(kscli, machine.env, backend), Math.min(rounds, 5));
    return [
      ...compare(together, `${MANY} ids through describe -`, 'describe -', `${MANY} processes`, 0.3),
      ...compare(samples, `${ALL} rows jsonl --where`, '--where', 'jsonl', CHOSEN),
      ...compare(samples, `${ALL} rows jsonl --columns`, '--columns', 'jsonl', CHOSEN),
      ...compare(samples, `${ALL} rows csv`, 'csv', 'jsonl', 1.3),
      ...compare(samples, `${ALL} rows jsonl --sort-by`, '--sort-by', 'jsonl'),
      await memory(where, 150),
      await memory(columns, 150),
      await memory(csv, 150),
      await memory(sorted),
    ];
  } finally {
    await machine.remove();
    await backend.stop();
  }
}

/** By a shell, which gives the ids to one process or to each of many. */
function describeMany(kscli: string, env: Record<string, string>, { resources: { store } }: Backend): Subject[] {
  const ids = Array.from({ length: MANY }, (_, index) => String(store.create('tags', { name: `tag ${index}` })['id']));
  const run = (name: string, script: string): Subject => ({ name, command: ['sh', '-c', script, 'sh', ...ids], env });
  return [
    run('describe -', `printf '%s\\n' "$@" | '${kscli}' tags describe - -f jsonl`),
    run(`${MANY} processes`, `for id in "$@"; do '${kscli}' tags describe "$id" -f jsonl || exit; done`),
  ];
}
