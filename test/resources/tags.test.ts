// Tags of a path part: the server replaces them all, so the others are sent along, unless somebody wants them gone.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { A, B, C } from './line.ts';

const TAGS = `/v1/path-parts/${B}/tags`;
const ATTACH = `tags attach ${A} --path-part-id ${B}`;
const DONE = { json: { tags: [] } };
const tagged = (...ids: string[]) => ({ json: { tags: ids.map((id) => ({ id, name: `tag ${id.slice(-1)}` })) } });
const TERMINAL = { isTerminal: true, env: { NO_COLOR: '1' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('a tag is attached beside those that are there', async () => {
  const stubs = { [`GET ${TAGS}`]: tagged(B, C), [`POST ${TAGS}`]: DONE };
  expect(await home.kscli(ATTACH, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags attach 00000000-0000-0000-0003-00000000000a --path-part-id 00000000-0000-0000-0003-00000000000b
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b/tags | cookie: ks_uat=<token>
    > POST /v1/path-parts/00000000-0000-0000-0003-00000000000b/tags | cookie: ks_uat=<token> | {"tag_ids":["00000000-0000-0000-0003-00000000000b","00000000-0000-0000-0003-00000000000c","00000000-0000-0000-0003-00000000000a"]}
    Attached tag 00000000-0000-0000-0003-00000000000a to path part 00000000-0000-0000-0003-00000000000b
    exit 0"
  `);
});

test('one that is there already is attached once', async () => {
  const stubs = { [`GET ${TAGS}`]: tagged(A, C), [`POST ${TAGS}`]: DONE };
  expect(await home.kscli(ATTACH, stubs)).toContain(`| {"tag_ids":["${A}","${C}"]}\n`);
});

test('an eleventh tag is refused, and nothing is sent', async () => {
  const ids = Array.from({ length: 10 }, (_, index) => A.replace(/a$/, `${index}`));
  expect(await home.kscli(ATTACH, { [`GET ${TAGS}`]: tagged(...ids) })).toMatchInlineSnapshot(`
    "$ kscli tags attach 00000000-0000-0000-0003-00000000000a --path-part-id 00000000-0000-0000-0003-00000000000b
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b/tags | cookie: ks_uat=<token>
    ! Error: Refused: path part 00000000-0000-0000-0003-00000000000b has 10 tags already, and can have no more
    ! Nothing was changed. Detach one first, or replace all with --only.
    exit 1"
  `);
});

test.each([{}, { tags: null }, { tags: [{ name: 'without an id' }] }, { tags: ['x'] }])(
  'tags that cannot be read are not replaced: %j',
  async (json) => {
    expect(await home.kscli(ATTACH, { [`GET ${TAGS}`]: { json } })).toBe(`$ kscli ${ATTACH}
> GET ${TAGS} | cookie: ks_uat=<token>
! Error: The server named no tags of the path part. Nothing was changed
exit 1`);
  },
);

test('--only asks at a terminal, and names the tags that would go', async () => {
  const asked = { [`GET ${TAGS}`]: tagged(A, B, C) };
  const no = await home.kscli(`${ATTACH} --only`, asked, { ...TERMINAL, stdin: 'n\n' });
  expect(no).toMatchInlineSnapshot(`
    "$ kscli tags attach 00000000-0000-0000-0003-00000000000a --path-part-id 00000000-0000-0000-0003-00000000000b --only
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b/tags | cookie: ks_uat=<token>
    ! Remove the tags tag b, tag c from path part 00000000-0000-0000-0003-00000000000b of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
  const yes = await home.kscli(`${ATTACH} --only`, { ...asked, [`POST ${TAGS}`]: DONE }, { ...TERMINAL, stdin: 'y\n' });
  expect(yes).toContain(`| {"tag_ids":["${A}"]}\n`);
});

test('--only does not ask where nothing would go, or --yes is given', async () => {
  const stubs = { [`GET ${TAGS}`]: tagged(A), [`POST ${TAGS}`]: DONE };
  expect(await home.kscli(`${ATTACH} --only`, stubs, TERMINAL)).toEndWith('exit 0');
  const others = { [`GET ${TAGS}`]: tagged(C), [`POST ${TAGS}`]: DONE };
  expect(await home.kscli(`${ATTACH} --only --yes`, others, TERMINAL)).toEndWith('exit 0');
});

test('--only needs --yes where KSCLI_CONFIRM is true and nobody can be asked', async () => {
  const env = { KSCLI_CONFIRM: 'true' };
  expect(await home.kscli(`${ATTACH} --only`, { [`GET ${TAGS}`]: tagged(C) }, { env })).toMatchInlineSnapshot(`
    "$ kscli tags attach 00000000-0000-0000-0003-00000000000a --path-part-id 00000000-0000-0000-0003-00000000000b --only
    > GET /v1/path-parts/00000000-0000-0000-0003-00000000000b/tags | cookie: ks_uat=<token>
    ! Error: 'Remove the tag tag c from path part 00000000-0000-0000-0003-00000000000b' needs --yes: nobody can be asked here, and KSCLI_CONFIRM is true
    ! Usage: kscli tags attach <tag-id> --path-part-id <path|id> [options]
    exit 64"
  `);
});

test('a tag is detached unasked, and the others stay', async () => {
  const stubs = { [`DELETE ${TAGS}`]: tagged(C) };
  expect(await home.kscli(`tags detach ${A} --path-part-id ${B}`, stubs, TERMINAL)).toMatchInlineSnapshot(`
    "$ kscli tags detach 00000000-0000-0000-0003-00000000000a --path-part-id 00000000-0000-0000-0003-00000000000b
    > DELETE /v1/path-parts/00000000-0000-0000-0003-00000000000b/tags | cookie: ks_uat=<token> | {"tag_ids":["00000000-0000-0000-0003-00000000000a"]}
    Detached tag 00000000-0000-0000-0003-00000000000a from path part 00000000-0000-0000-0003-00000000000b
    exit 0"
  `);
});

test('where only reading is allowed nothing is asked, on the way neither', async () => {
  expect(await home.kscli(`${ATTACH} --only --read-only`, {}, TERMINAL)).toContain(
    `\n! Error: Refused: POST ${TAGS} would change something, and only reading is allowed\n`,
  );
});
