// One line a row, at least: what is typed, and the request that it becomes.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadResources } from '../../src/resources/index.ts';
import { createHome, type Home } from '../kscli.ts';
import { A, B, type Line, PAGE } from './line.ts';
import { LINES as CHUNKS } from './lines-chunks.ts';
import { LINES as DOCUMENTS } from './lines-documents.ts';
import { LINES as PEOPLE } from './lines-people.ts';
import { LINES as WORK } from './lines-work.ts';

const LINES: readonly Line[] = [...DOCUMENTS, ...CHUNKS, ...PEOPLE, ...WORK];

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
  for (const name of ['report.pdf', 'logo.png']) writeFileSync(join(home.directory, name), 'text');
  writeFileSync(join(home.directory, 'secret'), 'hook-secret\n');
});
afterAll(() => home.remove());

test.each(LINES.map(([line, route, sent, onTheWay]) => ({ line, route, sent, onTheWay })))(
  '$line sends $route',
  async ({ line, route, sent, onTheWay = {} }) => {
    const body = typeof sent === 'string' ? sent : JSON.stringify(sent)?.replace('"exact"', '12345678901234567890');
    const asked = Object.entries(onTheWay).map(([name, json]) => [name, { json }]);
    const stubs = { ...Object.fromEntries(asked), [route]: { json: { items: [], total: 0 } } };
    expect(await home.kscli(`${line} -f json`, stubs)).toBe(`$ kscli ${line} -f json
${asked.map(([name]) => `> ${name} | cookie: ks_uat=<token>\n`).join('')}> ${route} | cookie: ks_uat=<token>${body === undefined ? '' : ` | ${body}`}
{
  "items": [],
  "total": 0
}
exit 0`);
  },
);

test('there is a line for every row', async () => {
  const rows = (await loadResources()).flatMap(({ name, operations }) =>
    Object.keys(operations).map((operation) => `${name} ${operation}`.trim()),
  );
  expect(rows.length).toBeGreaterThan(110);
  const untold = rows.filter((row) => !LINES.some(([line]) => `${line} `.startsWith(`${row} `)));
  expect(untold).toEqual([]);
});

test('a folder is listed by its path part', async () => {
  const folder = { id: A, path_part_id: B };
  const transcript = await home.kscli(`folders list --folder-id ${A}`, {
    [`GET /v1/folders/${A}`]: { json: folder },
    [`GET /v1/folders?parent_path_part_id=${B}&${PAGE}`]: { json: { items: [], total: 0 } },
  });
  expect(transcript).toMatchInlineSnapshot(`
    "$ kscli folders list --folder-id 00000000-0000-0000-0003-00000000000a
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders?parent_path_part_id=00000000-0000-0000-0003-00000000000b&limit=20&offset=0 | cookie: ks_uat=<token>
    No results.
    exit 0"
  `);
});
