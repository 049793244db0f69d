// The compiled binary chooses rows and columns, page by page, and writes them in every format.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createSite, type Site } from '../binary.ts';

const ROWS = Array.from({ length: 250 }, (_, index) => ({
  id: `id-${index}`,
  name: index % 100 === 7 ? `Bericht "${index}"` : `tag ${index}`,
  owner: { email: `u${index % 3}@example.com` },
  size: index === 3 ? 1 : index,
}));

let site: Site;
beforeAll(async () => {
  site = createSite();
  await site.signIn();
  site.backend.faults.set('GET /v1/tags', ({ url }) => {
    const { searchParams } = new URL(url);
    const offset = Number(searchParams.get('offset'));
    const items = ROWS.slice(offset, offset + Number(searchParams.get('limit')));
    // One number has more digits than a double holds.
    const body = JSON.stringify({ items, total: ROWS.length }).replaceAll(/"size":(\d+)/g, '"size":90071992547409$1.0');
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  });
});
afterAll(() => site.remove());

test.each(['table', 'csv', 'tsv', 'jsonl', 'json'])('rows, order and columns over all pages as %s', async (format) => {
  site.backend.requests.length = 0;
  const line = `tags list --all --where name~BERICHT --sort-by size:desc --columns id,size,owner.email,name -f ${format}`;
  expect(await site.kscli(line)).toMatchSnapshot();
});

test('ids of rows that hold lead on to other commands', async () => {
  const script = 'kscli tags list --all --where owner.email=u1@example.com -f id-only 2>/dev/null | wc -l';
  expect(await site.shell(script)).toContain('\n83\n');
});

test('a reader that has enough ends the list early', async () => {
  // How far kscli is by then, is a matter of luck.
  expect(await site.shell('kscli tags list --all --columns id -f csv | head -n 2')).toEndWith('\nid\r\nid-0\r\nexit 0');
});

test('a wrong column is told after the first page, and nothing is printed', async () => {
  site.backend.requests.length = 0;
  expect(await site.kscli('tags list --all --columns id,nmae -f jsonl')).toMatchSnapshot();
});

test.each(['Europe/Zurich', 'America/St_Johns', 'UTC'])('times of the zone %s', async (TZ) => {
  site.backend.faults.set('GET /v1/folders', () =>
    Response.json({ items: [{ id: '2026-02-23T12:00:00Z' }, { id: '2026-07-01T23:59:59.999+00:00' }], total: 2 }),
  );
  site.backend.requests.length = 0;
  expect(await site.kscli('folders list --columns id --times local', { TZ })).toMatchSnapshot();
});

test('states have colors at a terminal alone', async () => {
  site.backend.faults.set('GET /v1/folders', () => Response.json({ items: [{ id: 1, status: 'FAILED' }], total: 1 }));
  const line = 'folders list --columns id,status';
  expect((await site.runInTerminal(line)).shown).toContain('│ \x1b[31mFAILED\x1b[39m │');
  expect((await site.runInTerminal(line, '', { NO_COLOR: '1' })).shown).toContain('│ FAILED │');
  expect(await site.kscli(line)).toContain('│ FAILED │');
});
