// An id that is another thing's: the server says only that it finds nothing, one more look says what it is.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home, type Stub } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const B = '00000000-0000-0000-0003-00000000000b';
const MISSING = { status: 404, json: { detail: 'No such thing' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const THING = { json: { id: A, path_part_id: B } };
const part = (part_type: string): Stub => ({ json: { path_part_id: A, part_type, metadata_obj_id: B } });

test.each<[string, string, Record<string, Stub>, string]>([
  ['folders describe', 'folders', { documents: THING }, `${A} is a document, and no folder`],
  [
    'folders describe',
    'folders',
    { documents: MISSING, 'path-parts': part('FOLDER') },
    `${A} is a path part, and no folder. It is the place of folder ${B}`,
  ],
  ['documents describe', 'documents', { folders: THING }, `${A} is a folder, and no document`],
  [
    'documents describe',
    'documents',
    { folders: MISSING, 'path-parts': part('DOCUMENT_VERSION') },
    `${A} is a path part, and no document. It is the place of document version ${B}`,
  ],
  [
    'path-parts describe',
    'path-parts',
    { folders: THING },
    `${A} is a folder, and no path part. Its path part is ${B}`,
  ],
  [
    'path-parts describe',
    'path-parts',
    { folders: MISSING, documents: THING },
    `${A} is a document, and no path part. Its path part is ${B}`,
  ],
])('%s of /v1/%s says that it is something else', async (line, collection, looks, said) => {
  const stubs = { [collection]: MISSING, ...looks };
  const routes = Object.entries(stubs).map(([name, stub]) => [`GET /v1/${name}/${A}`, stub] as const);
  const sent = routes.map(([route]) => `> ${route} | cookie: ks_uat=<token>\n`).join('');
  expect(await home.kscli(`${line} ${A}`, Object.fromEntries(routes))).toBe(`$ kscli ${line} ${A}
${sent}! Error: Not found: No such thing
! ${said}
exit 3`);
});

test('the parent of something new is told too, and nothing is made', async () => {
  const stubs = { 'POST /v1/folders': MISSING, [`GET /v1/folders/${A}`]: THING };
  expect(await home.kscli(`folders create -n x --under ${A}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli folders create -n x --under 00000000-0000-0000-0003-00000000000a
    > POST /v1/folders | cookie: ks_uat=<token> | {"name":"x","parent_path_part_id":"00000000-0000-0000-0003-00000000000a"}
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Error: Not found: No such thing
    ! 00000000-0000-0000-0003-00000000000a is a folder, and no path part. Its path part is 00000000-0000-0000-0003-00000000000b
    exit 3"
  `);
});

test('where the looks find nothing, or are not allowed, the first answer stands', async () => {
  const refused = { status: 403, json: { detail: 'No' } };
  const stubs = {
    [`DELETE /v1/folders/${A}`]: MISSING,
    [`GET /v1/documents/${A}`]: refused,
    [`GET /v1/path-parts/${A}`]: { text: 'no json' },
  };
  expect(await home.kscli(`folders delete ${A}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli folders delete 00000000-0000-0000-0003-00000000000a
    > DELETE /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/documents/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Error: Not found: No such thing
    exit 3"
  `);
});

test("the router's own answer, and that of a thing that is no place, lead to no further look", async () => {
  const unknown = { status: 404, json: { detail: 'Not Found' } };
  expect(await home.kscli(`folders describe ${A}`, { [`GET /v1/folders/${A}`]: unknown })).toMatchInlineSnapshot(`
    "$ kscli folders describe 00000000-0000-0000-0003-00000000000a
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Error: Not found: Not Found
    exit 3"
  `);
  expect(await home.kscli(`tags describe ${A}`, { [`GET /v1/tags/${A}`]: MISSING })).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-00000000000a
    > GET /v1/tags/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Error: Not found: No such thing
    exit 3"
  `);
});
