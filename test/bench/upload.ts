// A file of a gibibyte: how fast it goes up against curl -F, and how much memory it takes.

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backend, startBackend, USER } from '../backend/server.ts';
import { createMachine } from '../binary.ts';
import type { Binaries } from './binaries.ts';
import { measureTimes, measureUsage, pairRatio, type Subject } from './measure.ts';
import type { Figure } from './report.ts';

const ROUNDS = 5;
const SIZE = 1024 * 1024 * 1024;
const ROUTE = 'POST /v1/documents/ingest';

export async function benchUpload({ kscli }: Binaries): Promise<Figure[]> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url });
  const directory = mkdtempSync(join(tmpdir(), 'kscli-bench-'));
  const file = join(directory, 'large.pdf');
  const { env } = machine;
  try {
    await machine.signIn();
    const { token } = await Bun.file(machine.credentials).json();
    writeFileSync(file, '');
    truncateSync(file, SIZE);
    swallow(backend);
    const words = ['documents', 'ingest', '--file', file, '--path-part-id', USER, '-f', 'id-only'];
    const mine: Subject = { name: 'kscli', command: [kscli, ...words], env };
    const curl = Bun.which('curl');
    const form = ['-F', `path_part_id=${USER}`, '-F', 'name=large.pdf', '-F', `file=@${file}`];
    const command = [`${curl}`, '-sf', '-b', `ks_uat=${token}`, ...form, `${backend.url}/v1/documents/ingest`];
    const samples = await measureTimes(curl ? [mine, { name: 'curl', command, env }] : [mine], ROUNDS);
    const { mebibytes } = await measureUsage(mine);
    return [
      {
        what: '1 GiB up, speed / curl -F',
        value: pairRatio(samples, 'curl', 'kscli') ?? Number.NaN,
        unit: '×',
        reach: 0.98,
        least: true,
      },
      { what: '1 GiB up, memory at its peak', value: mebibytes, unit: 'MiB', reach: 150 },
    ];
  } finally {
    await machine.remove();
    rmSync(directory, { recursive: true });
    await backend.stop();
  }
}

/** Reads the body and forgets it, as fast as it comes. */
function swallow({ streams, faults }: Backend): void {
  streams.add(ROUTE);
  faults.set(ROUTE, async ({ body }) => {
    let size = 0;
    for await (const piece of body ?? []) size += piece.length;
    if (size < SIZE) return Response.json({ detail: `only ${size} bytes came` }, { status: 422 });
    return Response.json({ document_id: USER, document_version_id: USER, workflow_id: 'w' });
  });
}
