// A file of a gibibyte: how fast it goes up against curl -F, and how much memory it takes.

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backend, startBackend, USER } from '../backend/server.ts';
import { BINARY, createMachine } from '../binary.ts';
import { measureMemory, measureTimes, type Subject } from './measure.ts';

const ROUNDS = 5;
const SIZE = 1024 * 1024 * 1024;
const ROUTE = 'POST /v1/documents/ingest';

export async function benchUpload(): Promise<void> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url });
  const directory = mkdtempSync(join(tmpdir(), 'kscli-bench-'));
  const file = join(directory, 'large.pdf');
  try {
    await machine.signIn();
    const { token } = await Bun.file(machine.credentials).json();
    writeFileSync(file, '');
    truncateSync(file, SIZE);
    swallow(backend);
    const words = ['documents', 'ingest', '--file', file, '--path-part-id', USER, '-f', 'id-only'];
    const kscli: Subject = { name: 'kscli', command: [BINARY, ...words], env: machine.env };
    const curl = Bun.which('curl');
    const form = ['-F', `path_part_id=${USER}`, '-F', 'name=large.pdf', '-F', `file=@${file}`];
    const subjects: Subject[] = [kscli];
    if (curl) {
      const command = [curl, '-sf', '-b', `ks_uat=${token}`, ...form, `${backend.url}/v1/documents/ingest`];
      subjects.push({ name: 'curl', command, env: machine.env });
    }
    const times = await measureTimes(subjects, ROUNDS);
    const speed = (name: string) => SIZE / 1024 / 1024 / ((times.get(name) ?? Number.NaN) / 1000);
    console.log(`1 GiB up: ${speed('kscli').toFixed(0)} MiB/s, ${compare(speed('kscli'), speed('curl'))}`);
    console.log(`Peak memory of the upload: ${(await measureMemory(kscli)).toFixed(0)} MiB (limit 150)`);
  } finally {
    machine.remove();
    rmSync(directory, { recursive: true });
    await backend.stop();
  }
}

function compare(mine: number, other: number): string {
  return Number.isNaN(other) ? 'curl is missing here' : `${(mine / other).toFixed(2)} × curl -F (${other.toFixed(0)})`;
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
