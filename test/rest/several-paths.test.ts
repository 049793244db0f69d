// Several paths at once: what is read goes on after a path that leads nowhere, and what is changed does not begin.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home, type Stubs } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const B = '00000000-0000-0000-0003-00000000000b';
const PART = '00000000-0000-0000-0003-00000000000c';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const place = (name: string, id: string) => ({
  part_type: 'FOLDER',
  id,
  path_part_id: PART,
  name,
  materialized_path: `/shared/${name}`,
});
const search = (text: string) => `GET /v1/folders/search?name_like=${text}&limit=100&offset=0`;
const found = (...rows: object[]) => ({ json: { items: rows, total: rows.length } });
const FOUND: Stubs = { [search('one')]: found(place('one', A)), [search('two')]: found(place('two', B)) };
const LOST: Stubs = {
  [search('lost')]: found(),
  'GET /v1/folders?limit=100&offset=0': found({ ...place('', PART), name: 'shared', materialized_path: '/shared' }),
  [`GET /v1/folders/${PART}/contents?limit=100&offset=0`]: found(place('one', A)),
};

test('a path that leads nowhere is named, and the others are shown', async () => {
  const rows = { [`GET /v1/folders/${A}`]: { json: { id: A } }, [`GET /v1/folders/${B}`]: { json: { id: B } } };
  const line = 'folders describe /shared/one /shared/lost /shared/two -f jsonl';
  expect(await home.kscli(line, { ...FOUND, ...LOST, ...rows })).toMatchInlineSnapshot(`
    "$ kscli folders describe /shared/one /shared/lost /shared/two -f jsonl
    > GET /v1/folders/search?name_like=one&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders/search?name_like=lost&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000c/contents?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/search?name_like=two&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000b | cookie: ks_uat=<token>
    {"id":"00000000-0000-0000-0003-00000000000a"}
    {"id":"00000000-0000-0000-0003-00000000000b"}
    ! Error: /shared/lost: Not found: /shared/lost: /shared holds no 'lost' that this user can see
    ! /shared holds: one/
    ! 1 of 3 failed.
    exit 3"
  `);
});

test('paths and ids from standard input are deleted, each thing once', async () => {
  const gone = { [`DELETE /v1/folders/${A}`]: { status: 204 }, [`DELETE /v1/folders/${B}`]: { status: 204 } };
  const stdin = `/shared/one\n${A}\n/shared/two\n/shared/one\n`;
  expect(await home.kscli('folders delete -', { ...FOUND, ...gone }, { stdin })).toMatchInlineSnapshot(`
    "$ kscli folders delete -
    > GET /v1/folders/search?name_like=one&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/search?name_like=two&limit=100&offset=0 | cookie: ks_uat=<token>
    > DELETE /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > DELETE /v1/folders/00000000-0000-0000-0003-00000000000b | cookie: ks_uat=<token>
    Deleted folder 00000000-0000-0000-0003-00000000000a
    Deleted folder 00000000-0000-0000-0003-00000000000b
    exit 0"
  `);
});

test('one path that leads nowhere, and nothing is deleted', async () => {
  const stubs = { [search('one')]: found(place('one', A)), ...LOST };
  expect(await home.kscli('folders delete /shared/one /shared/lost', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/one /shared/lost
    > GET /v1/folders/search?name_like=one&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/search?name_like=lost&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000c/contents?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Not found: /shared/lost: /shared holds no 'lost' that this user can see
    ! /shared holds: one/
    ! None of them was changed.
    exit 3"
  `);
});

test('one that is no path, and nothing is asked', async () => {
  const stdin = '/shared/one\nshared/two\n';
  expect(await home.kscli('folders delete -', {}, { stdin })).toMatchInlineSnapshot(`
    "$ kscli folders delete -
    ! Error: Standard input, line 2: 'shared/two' does not begin with a slash, as a path does here: /shared/reports
    ! Nothing was sent. One id a line is expected, as --format id-only prints them.
    ! Usage: kscli folders delete <folder-id>... [options]
    exit 64"
  `);
});

test('one question has the paths and ids of several', async () => {
  const names = {
    [`GET /v1/folders/${A}`]: { json: place('one', A) },
    [`GET /v1/folders/${B}`]: { json: place('two', B) },
  };
  const counts = {
    [`GET /v1/folders/${A}/contents?limit=1`]: found({}),
    [`GET /v1/folders/${B}/contents?limit=1`]: found(),
  };
  const options = { isTerminal: true, env: { NO_COLOR: '1' }, stdin: 'n\n' };
  expect(
    await home.kscli('folders delete /shared/one /shared/two', { ...FOUND, ...names, ...counts }, options),
  ).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/one /shared/two
    > GET /v1/folders/search?name_like=one&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/search?name_like=two&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000b | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?limit=1 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000b/contents?limit=1 | cookie: ks_uat=<token>
    ! Delete 2 folders (/shared/one (00000000-0000-0000-0003-00000000000a, 1 item), /shared/two (00000000-0000-0000-0003-00000000000b, 0 items)) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
});

test('only reading: no path is looked up for a change of several', async () => {
  expect(await home.kscli('folders delete /shared/one /shared/two --read-only')).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/one /shared/two --read-only
    ! Error: Refused: DELETE /v1/folders/{folder_id} would change something, and only reading is allowed
    ! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
    exit 1"
  `);
});
