// Long lists: as json against a bare fetch, as a table against json, 100,000 rows page by page, and one answer of many megabytes.

import { join } from 'node:path';
import { type Backend, startBackend } from '../backend/server.ts';
import { createMachine } from '../binary.ts';
import type { Binaries } from './binaries.ts';
import { measureTimes, measureUsage, type Subject } from './measure.ts';
import { compare, type Figure } from './report.ts';

const ALL = 100_000;
const PER_PAGE = 100;
const LARGE = 500_000;
const MEBIBYTE = 1024 * 1024;

export async function benchLists({ kscli, bare }: Binaries, rounds: number): Promise<Figure[]> {
  const backend = startBackend();
  const machine = createMachine({ KSCLI_BASE_URL: backend.url, KSCLI_TIMEOUT: '300' });
  const { env } = machine;
  const list = (format: string, ...words: string[]): Subject => ({
    name: format,
    command: [kscli, 'tags', 'list', '-l', `${PER_PAGE}`, '-f', format, ...words],
    env,
  });
  const figures: Figure[] = [];
  try {
    await machine.signIn();
    const subjects: Subject[] = [
      list('json'),
      list('table'),
      { name: 'bare', command: [bare], env: { ...env, URL: `${backend.url}/v1/tags`, COOKIE: '' } },
    ];
    for (const [rows, reach] of [
      [1000, 1.65],
      [10_000, 1.4],
    ] as const) {
      serve(backend, rows, rows);
      const samples = await measureTimes(subjects, rounds);
      figures.push(...compare(samples, `${rows} rows json`, 'json', 'bare', reach));
      if (rows === 10_000) figures.push(...compare(samples, `${rows} rows table`, 'table', 'json', 4));
    }
    serve(backend, ALL, PER_PAGE);
    const { milliseconds, mebibytes } = await measureUsage(list('jsonl', '--all'), join(machine.home, 'rows.jsonl'));
    figures.push(
      {
        what: `${ALL} rows jsonl into a file`,
        value: ALL / (milliseconds / 1000),
        unit: 'rows/s',
        reach: 400_000,
        least: true,
      },
      { what: `${ALL} rows jsonl, memory at its peak`, value: mebibytes, unit: 'MiB', reach: 80 },
    );
    const size = serve(backend, LARGE, LARGE) / MEBIBYTE;
    for (const [format, reach] of [
      ['json', 3],
      ['table', 6],
    ] as const) {
      const { mebibytes: peak } = await measureUsage(list(format));
      figures.push({
        what: `an answer of ${size.toFixed(0)} MiB as ${format}, memory / its size`,
        value: peak / size,
        unit: '×',
        reach,
      });
    }
    return figures;
  } finally {
    await machine.remove();
    await backend.stop();
  }
}

/** Pages as the server would send them, made once. Bytes of a page. */
export function serve(backend: Backend, total: number, perPage: number): number {
  const items = Array.from({ length: perPage }, (_, index) => ({
    id: `00000000-0000-0000-0003-${String(index).padStart(12, '0')}`,
    name: `tag ${index}`,
    color: 'ff8800',
    description: `The tag number ${index}`,
    created_at: '2026-02-23T12:00:00+00:00',
  }));
  const rows = JSON.stringify(items);
  backend.faults.set('GET /v1/tags', (request) => {
    const offset = Number(new URL(request.url).searchParams.get('offset') ?? 0);
    // Each page has rows of its own: a list that stands still is an error.
    const page = rows.replaceAll('-0003-', `-${String(offset / perPage).padStart(4, '0')}-`);
    const body = `{"items":${offset < total ? page : '[]'},"total":${total},"limit":${perPage},"offset":${offset}}`;
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  });
  return rows.length;
}
