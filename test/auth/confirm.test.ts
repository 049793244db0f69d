// The question before a delete: what it names, who is asked, and what needs no question.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const TERMINAL = { isTerminal: true, env: { NO_COLOR: '1' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('a delete asks at a terminal, with the path and how much goes with it; a no changes nothing', async () => {
  const stubs = {
    [`GET /v1/folders/${A}`]: { json: { id: A, name: 'many', materialized_path: '/shared/many' } },
    [`GET /v1/folders/${A}/contents?limit=1`]: { json: { items: [{}], total: 101 } },
  };
  expect(await home.kscli(`folders delete ${A}`, stubs, { ...TERMINAL, stdin: '\n' })).toMatchInlineSnapshot(`
    "$ kscli folders delete 00000000-0000-0000-0003-00000000000a
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?limit=1 | cookie: ks_uat=<token>
    ! Delete folder /shared/many (101 items) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
  const all = { ...stubs, [`DELETE /v1/folders/${A}`]: { status: 204 } };
  expect(await home.kscli(`folders delete ${A}`, all, { ...TERMINAL, stdin: 'y\n' })).toMatchInlineSnapshot(`
    "$ kscli folders delete 00000000-0000-0000-0003-00000000000a
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > GET /v1/folders/00000000-0000-0000-0003-00000000000a/contents?limit=1 | cookie: ks_uat=<token>
    > DELETE /v1/folders/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    Deleted folder 00000000-0000-0000-0003-00000000000a
    ! Delete folder /shared/many (101 items) of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] <no newline>
    exit 0"
  `);
});

test('a delete of what cannot be looked at asks by its id', async () => {
  const stubs = { [`GET /v1/tags/${A}`]: { status: 404 } };
  expect(await home.kscli(`tags delete ${A}`, stubs, { ...TERMINAL, stdin: 'n\n' })).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a
    > GET /v1/tags/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Delete tag 00000000-0000-0000-0003-00000000000a of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
});

test('kscli api DELETE asks like a delete', async () => {
  expect(await home.kscli(`api DELETE /v1/tags/${A}`, {}, { ...TERMINAL, stdin: '\n' })).toMatchInlineSnapshot(`
    "$ kscli api DELETE /v1/tags/00000000-0000-0000-0003-00000000000a
    ! DELETE /v1/tags/00000000-0000-0000-0003-00000000000a of tenant 00000000-0000-0000-0002-000000000001 as user 00000000-0000-0000-0001-000000000001 at api.knowledgestack.ai? [y/N] Error: Refused: Nothing was changed
    exit 1"
  `);
});

test.each(['false', 'no', '0'])('KSCLI_CONFIRM=%s never asks', async (word) => {
  const env = { NO_COLOR: '1', KSCLI_CONFIRM: word };
  const stubs = { [`DELETE /v1/tags/${A}`]: { status: 204 } };
  expect(await home.kscli(`tags delete ${A}`, stubs, { isTerminal: true, env })).toBe(`$ kscli tags delete ${A}
> DELETE /v1/tags/${A} | cookie: ks_uat=<token>
Deleted tag ${A}
exit 0`);
});

test('without a terminal a delete needs --yes, and only where it is asked for', async () => {
  const env = { KSCLI_CONFIRM: '1' };
  expect(await home.kscli(`tags delete ${A}`, {}, { env })).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a
    ! Error: 'Delete tag 00000000-0000-0000-0003-00000000000a' needs --yes: nobody can be asked here, and KSCLI_CONFIRM is true
    ! Usage: kscli tags delete <tag-id>... [options]
    exit 64"
  `);
  const stubs = { [`DELETE /v1/tags/${A}`]: { status: 204 } };
  expect(await home.kscli(`tags delete ${A} --yes`, stubs, { env })).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a --yes
    > DELETE /v1/tags/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    Deleted tag 00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
  expect(await home.kscli(`tags delete ${A}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-00000000000a
    > DELETE /v1/tags/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    Deleted tag 00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
});
