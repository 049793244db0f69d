// kscli compare --before: a saved answer in place of the second session, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepSessions } from '../auth/two-sessions.ts';
import { createHome, type Home } from '../kscli.ts';
import { FOLDER, FOLDERS, ID, list, row } from './rows.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  keepSessions(home);
});
afterEach(() => home.remove());

test('a saved answer stands in place of the second session', async () => {
  const place = join(home.directory, 'before.json');
  const stubs = { [FOLDERS]: list(row(1, 'A'), row(2, 'B')) };
  writeFileSync(place, JSON.stringify(list(row(1, 'A'), row(3, 'C')).json));
  expect(await home.kscli('compare acme --before ~/before.json -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme --before ~/before.json -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    Different: 1 row only in acme, 1 row only in ~/before.json. 1 row is the same.
    acme: user 00000000-0000-0000-0001-000000000001
    acme: tenant 00000000-0000-0000-0002-000000000001
    acme: server https://api.knowledgestack.ai

    Only in acme:
      00000000-0000-0000-0003-000000000002  B
    Only in ~/before.json:
      00000000-0000-0000-0003-000000000003  C
    exit 5"
  `);
  writeFileSync(place, '\ufeff[]');
  expect(
    await home.kscli('compare acme --before ~/before.json -f jsonl -- folders list', stubs),
  ).toMatchInlineSnapshot(`
    "$ kscli compare acme --before ~/before.json -f jsonl -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    {"difference":"only_in_a","id":"00000000-0000-0000-0003-000000000001","row":{"id":"00000000-0000-0000-0003-000000000001","name":"A"}}
    {"difference":"only_in_a","id":"00000000-0000-0000-0003-000000000002","row":{"id":"00000000-0000-0000-0003-000000000002","name":"B"}}
    ! Different: 2 rows only in acme. No row is the same.
    exit 5"
  `);
  writeFileSync(place, JSON.stringify(row(1, 'A')));
  const gone = { [FOLDER]: { status: 404, json: { detail: 'Gone' } } };
  expect(
    await home.kscli(`compare acme --before ~/before.json -- folders describe ${ID}`, gone),
  ).toMatchInlineSnapshot(`
    "$ kscli compare acme --before ~/before.json -- folders describe 00000000-0000-0000-0003-000000000001
    > GET /v1/folders/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    Different: only in ~/before.json. In acme: Not found: Gone
    acme: user 00000000-0000-0000-0001-000000000001
    acme: tenant 00000000-0000-0000-0002-000000000001
    acme: server https://api.knowledgestack.ai
    exit 5"
  `);
});

test('a saved answer that is a part of a list gets a warning', async () => {
  writeFileSync(join(home.directory, 'before.json'), JSON.stringify({ items: [row(1, 'A')], total: 2 }));
  const stubs = { [FOLDERS]: list(row(1, 'A'), row(2, 'B')) };
  expect(await home.kscli('compare acme --before ~/before.json -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme --before ~/before.json -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    Different: 1 row only in acme. 1 row is the same.
    acme: user 00000000-0000-0000-0001-000000000001
    acme: tenant 00000000-0000-0000-0002-000000000001
    acme: server https://api.knowledgestack.ai

    Only in acme:
      00000000-0000-0000-0003-000000000002  B
    ! Warning: ~/before.json holds 1 of 2 rows. Save it with --all, or what it lacks seems to be new.
    exit 5"
  `);
});

test('an answer of another shape is not compared', async () => {
  writeFileSync(join(home.directory, 'before.json'), JSON.stringify(row(1, 'A')));
  const stubs = { [FOLDERS]: list(row(1, 'A')) };
  expect(await home.kscli('compare acme --before ~/before.json -- folders list', stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme --before ~/before.json -- folders list
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: The answer in acme is a list, and in ~/before.json it is none
    ! Are both answers to the same command?
    exit 1"
  `);
});

test('rows under another key are found too, of whatever kind', async () => {
  const line = `compare acme --before ~/before.json -f jsonl -- chunks version-chunk-ids --document-version-id ${ID}`;
  writeFileSync(join(home.directory, 'before.json'), '{"chunk_ids": ["a", "b"]}');
  const stubs = { [`GET /v1/chunks/version-chunk-ids?document_version_id=${ID}`]: { json: { chunk_ids: ['b', 'c'] } } };
  expect(await home.kscli(line, stubs)).toMatchInlineSnapshot(`
    "$ kscli compare acme --before ~/before.json -f jsonl -- chunks version-chunk-ids --document-version-id 00000000-0000-0000-0003-000000000001
    > GET /v1/chunks/version-chunk-ids?document_version_id=00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    {"difference":"only_in_a","id":"c","row":"c"}
    {"difference":"only_in_b","id":"a","row":"a"}
    ! Different: 1 row only in acme, 1 row only in ~/before.json. 1 row is the same.
    exit 5"
  `);
});
