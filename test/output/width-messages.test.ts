// Trees, questions, messages and sentences on terminals: words are never broken, and neither is an id.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, token } from '../kscli.ts';

const id = (digit: string) => `00000000-0000-0000-0003-00000000000${digit}`;

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

test('the names of a tree break at words, beside their branches', async () => {
  const items = [
    { path_part_id: 'a', name: `Reports of the northern region, ${id('1')}` },
    { path_part_id: 'b', parent_path_part_id: 'a', name: `Figures by quarter, ${id('2')}` },
    { path_part_id: 'c', name: 'Plans' },
  ];
  const stubs = { 'GET /v1/folders?limit=20&offset=0': { json: { items } } };
  expect(await home.kscli('folders list -f tree', stubs, { isTerminal: true, width: 45 })).toMatchInlineSnapshot(`
    "$ kscli folders list -f tree
    > GET /v1/folders?limit=20&offset=0 | cookie: ks_uat=<token>
    ├── Reports of the northern region,
    │   00000000-0000-0000-0003-000000000001
    │   └── Figures by quarter,
    │       00000000-0000-0000-0003-000000000002
    └── Plans
    exit 0"
  `);
});

/** What a terminal shows in each of its rows. */
function listRows(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []);
}

test('a question, a message and a sentence stay one line each, which the terminal breaks between words', async () => {
  const place = { isTerminal: true, width: 60, env: { NO_COLOR: '1' } };
  const folder = {
    [`GET /v1/folders/${id('1')}`]: { json: { name: 'Reports' } },
    [`GET /v1/folders/${id('1')}/contents?limit=1`]: { json: { items: [], total: 7 } },
  };
  const asked = await home.kscli(`folders delete ${id('1')}`, folder, place);
  expect(listRows(asked.replaceAll(/^! /gm, ''), 60).slice(-7)).toMatchInlineSnapshot(`
    [
      "Delete folder Reports                                       ",
      "  (00000000-0000-0000-0003-000000000001, 7 items) of tenant ",
      "  00000000-0000-0000-0002-000000000001 as user              ",
      "  00000000-0000-0000-0001-000000000001 at                   ",
      "  api.knowledgestack.ai? [y/N] Error: Refused: Nothing was c",
      "hanged",
      "exit 1",
    ]
  `);
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
  const answers = { 'POST /v1/auth/assume_user': { json: { token: token() } } };
  const env = { ...place.env, ADMIN_API_KEY: 'canary-admin-key' };
  expect(listRows(await home.kscli(line, answers, { ...place, env }), 60).slice(-4)).toMatchInlineSnapshot(`
    [
      "Authenticated as user 00000000-0000-0000-0001-000000000001  ",
      "  in tenant 00000000-0000-0000-0002-000000000001",
      "Token expires: 2026-02-23T12:00:00+00:00",
      "exit 0",
    ]
  `);
});

test('at any width no message breaks an id', async () => {
  for (let width = 45; width < 200; width++) {
    const place = { isTerminal: true, width, env: { NO_COLOR: '1' } };
    const shown = await home.kscli(`whoami --expect-user ${id('1')}`, {}, place);
    // The transcript puts two characters before the lines of stderr, and its command line before all.
    const messages = shown.split('\n').slice(1).join('\n').replaceAll(/^! /gm, '');
    expect(listRows(messages, width).join('\n').match(UUID)).toEqual(messages.match(UUID));
  }
});
