// Long lists: as json against a bare fetch, as tables by their length, and 100,000 rows page by page.

import { type Backend, startBackend } from '../backend/server.ts';
import { BINARY, createMachine, type Machine } from '../binary.ts';
import { measureMemory, measureTimes, type Subject } from './measure.ts';

const ROUNDS = 11;
const ALL = 100_000;

/** @param bare a compiled fetch that prints the JSON it gets from URL */
export async function benchLists(bare: string): Promise<void> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url });
  try {
    await machine.signIn();
    for (const rows of [1000, 10_000]) {
      serve(backend, rows, rows);
      const times = await measureTimes(subjects(machine, backend, bare), ROUNDS);
      const [json = 0, table = 0, other = 0] = ['json', 'table', 'bare'].map((name) => times.get(name));
      console.log(`${rows} rows as json: ${json.toFixed(0)} ms, ${(json / other).toFixed(2)} × bare fetch (limit 1.3)`);
      console.log(`${rows} rows as table: ${table.toFixed(0)} ms`);
    }
    serve(backend, ALL, 100);
    const all: Subject = {
      name: 'all',
      command: [BINARY, 'tags', 'list', '--all', '-l', '100', '-f', 'jsonl'],
      env: machine.env,
    };
    const time = (await measureTimes([all], 1)).get('all') ?? Number.NaN;
    const memory = await measureMemory(all);
    console.log(
      `${ALL} rows as jsonl: ${Math.round(ALL / (time / 1000))} rows a second, ${memory.toFixed(0)} MiB (limit 150)`,
    );
  } finally {
    machine.remove();
    await backend.stop();
  }
}

function subjects(machine: Machine, { url }: Backend, bare: string): Subject[] {
  const list = (format: string) => [BINARY, 'tags', 'list', '-l', '100', '-f', format];
  return [
    { name: 'json', command: list('json'), env: machine.env },
    { name: 'table', command: list('table'), env: machine.env },
    { name: 'bare', command: [bare], env: { ...machine.env, URL: `${url}/v1/tags`, COOKIE: '' } },
  ];
}

/** Pages as the server would send them, made once. */
function serve(backend: Backend, total: number, perPage: number): void {
  const items = Array.from({ length: perPage }, (_, index) => ({
    id: `00000000-0000-0000-0003-${String(index).padStart(12, '0')}`,
    name: `tag ${index}`,
    color: 'ff8800',
    description: `The tag number ${index}`,
    created_at: '2026-02-23T12:00:00+00:00',
  }));
  backend.faults.set('GET /v1/tags', (request) => {
    const offset = Number(new URL(request.url).searchParams.get('offset') ?? 0);
    return Response.json({ items: offset < total ? items : [], total, limit: perPage, offset });
  });
}
