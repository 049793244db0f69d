// Several ids in one command: typed, or from standard input; a request for each, and their answers as one list.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { A, B, C, DELETE, GET, GONE, tag } from './tags.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const TWO = { [GET(A)]: tag(1), [GET(B)]: tag(2) };

test.each(['table', 'json', 'jsonl', 'yaml', 'csv', 'tsv', 'id-only', 'tree'])(
  'two are described as %s',
  async (format) => {
    expect(await home.kscli(`tags describe ${A} ${B} -f ${format}`, TWO)).toMatchSnapshot();
  },
);

test.each(['table', 'json', 'jsonl', 'yaml', 'csv', 'id-only', 'tree'])('two are deleted as %s', async (format) => {
  const stubs = { [DELETE(A)]: GONE, [DELETE(B)]: GONE };
  expect(await home.kscli(`tags delete ${A} ${B} -f ${format}`, stubs)).toMatchSnapshot();
});

test('one id that is typed is one object, and one from standard input a list of one', async () => {
  const stubs = { [GET(A)]: tag(1) };
  expect(await home.kscli(`tags describe ${A} -f json`, stubs)).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001 -f json
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    {
      "id": "00000000-0000-0000-0003-000000000001",
      "name": "tag 1",
      "color": "ff8800"
    }
    exit 0"
  `);
  expect(await home.kscli('tags describe - -f json', stubs, { stdin: `${A}\n` })).toMatchInlineSnapshot(`
    "$ kscli tags describe - -f json
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    [
      {
        "id": "00000000-0000-0000-0003-000000000001",
        "name": "tag 1",
        "color": "ff8800"
      }
    ]
    exit 0"
  `);
});

test('ids from standard input: one a line, in any form, with blank lines and blanks around', async () => {
  const stdin = `\ufeff${A}\r\n\r\n  ${B.replaceAll('-', '').toUpperCase()}\t\n\n${C}`;
  const stubs = { ...TWO, [GET(C)]: tag(3) };
  expect(await home.kscli('tags describe - -f id-only', stubs, { stdin })).toMatchInlineSnapshot(`
    "$ kscli tags describe - -f id-only
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000003 | cookie: ks_uat=<token>
    00000000-0000-0000-0003-000000000001
    00000000-0000-0000-0003-000000000002
    00000000-0000-0000-0003-000000000003
    exit 0"
  `);
});

test('typed ids stand before and behind those of standard input; one that is read twice is asked for twice', async () => {
  const stubs = { [GET(A)]: [tag(1), tag(1)], [GET(B)]: tag(2) };
  expect(await home.kscli(`tags describe ${A} - ${A} -f id-only`, stubs, { stdin: B })).toEndWith(
    `\n${A}\n${B}\n${A}\nexit 0`,
  );
});

test('what is deleted is deleted once', async () => {
  const stubs = { [DELETE(A)]: GONE, [DELETE(B)]: GONE };
  expect(await home.kscli(`tags delete ${A} - ${A}`, stubs, { stdin: `${B}\n${A}` })).toMatchInlineSnapshot(`
    "$ kscli tags delete 00000000-0000-0000-0003-000000000001 - 00000000-0000-0000-0003-000000000001
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > DELETE /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    Deleted tag 00000000-0000-0000-0003-000000000001
    Deleted tag 00000000-0000-0000-0003-000000000002
    exit 0"
  `);
});

test('nothing on standard input is nothing to do', async () => {
  expect(await home.kscli('tags delete - -f json', {}, { stdin: '\n \n' })).toMatchInlineSnapshot(`
    "$ kscli tags delete - -f json
    []
    exit 0"
  `);
  expect(await home.kscli('tags describe -', {}, { stdin: '' })).toMatchInlineSnapshot(`
    "$ kscli tags describe -
    No results.
    exit 0"
  `);
});

test.each([
  ['a bad line', '-', `${A}\n\n${B}x\n${C}`],
  ['a line with two ids', '-', `${A} ${B}`],
  ['the header of a csv', '-', `id\n${A}`],
  ['a bad id that is typed', `${A} nonsense`, ''],
  ['standard input twice', '- -', A],
  ['what is no part of a path', '- workflows', 'w-1\n..'],
])('nothing is sent for %s', async (_name, words, stdin) => {
  const line = words.endsWith('workflows') ? 'workflows describe -' : `tags describe ${words}`;
  expect(await home.kscli(line, {}, { stdin })).toMatchSnapshot();
});

test('rows of several can be chosen, sorted and cut to columns', async () => {
  const stubs = { ...TWO, [GET(C)]: tag(3) };
  const line = `tags describe ${A} ${B} ${C} --where name!='tag 2' --sort-by name:desc --columns name,id -f csv`;
  expect(await home.kscli(line.replace("name!='tag 2'", "'name!=tag 2'"), stubs)).toMatchInlineSnapshot(`
    "$ kscli tags describe 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002 00000000-0000-0000-0003-000000000003 --where 'name!=tag 2' --sort-by name:desc --columns name,id -f csv
    > GET /v1/tags/00000000-0000-0000-0003-000000000001 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000002 | cookie: ks_uat=<token>
    > GET /v1/tags/00000000-0000-0000-0003-000000000003 | cookie: ks_uat=<token>
    name,id
    tag 3,00000000-0000-0000-0003-000000000003
    tag 1,00000000-0000-0000-0003-000000000001
    ! 2 of 3 rows.
    exit 0"
  `);
});

test('workflows are cancelled and run again together', async () => {
  const route = (one: string) => `POST /v1/workflows/document_versions/${one}`;
  const done = (workflow_id: string) => ({ json: { workflow_id, action: 'rerun', message: 'Workflow started' } });
  const stubs = { [route('w-1')]: done('w-1'), [route('w-2')]: done('w-2') };
  expect(await home.kscli('workflows rerun -', stubs, { stdin: 'w-1\nw-2\n' })).toMatchInlineSnapshot(`
    "$ kscli workflows rerun -
    > POST /v1/workflows/document_versions/w-1 | cookie: ks_uat=<token>
    > POST /v1/workflows/document_versions/w-2 | cookie: ks_uat=<token>
    ┌─────────────┬────────┬──────────────────┐
    │ WORKFLOW_ID │ ACTION │ MESSAGE          │
    ├─────────────┼────────┼──────────────────┤
    │ w-1         │ rerun  │ Workflow started │
    │ w-2         │ rerun  │ Workflow started │
    └─────────────┴────────┴──────────────────┘
    exit 0"
  `);
});

test('two sessions are compared by one id', async () => {
  expect(await home.kscli(`compare a b -- tags describe ${A} ${B}`)).toMatchInlineSnapshot(`
    "$ kscli compare a b -- tags describe 00000000-0000-0000-0003-000000000001 00000000-0000-0000-0003-000000000002
    ! Error: <tag-id>: one at a time can be compared
    ! Usage: kscli compare <a> [b] <command>... [options]
    exit 64"
  `);
});
