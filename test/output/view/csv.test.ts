// csv and tsv: RFC 4180, digit for digit. What a spreadsheet or a parser reads is what the server sent.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../../kscli.ts';

const LIST = 'GET /v1/tags?limit=20&offset=0';
const COLUMNS = '--columns id,name';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

/** What stands on stdout, between the request and the end. */
async function print(flags: string, text: string, options = {}): Promise<string> {
  const shown = await home.kscli(
    `tags list ${flags}`,
    { [LIST]: { text: `{"items": [${text}], "total": 1}` } },
    options,
  );
  return shown.slice(shown.indexOf('<token>\n') + 8, -'exit 0'.length);
}

test.each([
  ['a comma', '"a,b"', '"a,b"', 'a,b'],
  ['a quote', '"say \\"hi\\""', '"say ""hi"""', '"say ""hi"""'],
  ['a tab', '"a\\tb"', 'a\tb', '"a\tb"'],
  ['a line break', '"a\\nb"', '"a\nb"', '"a\nb"'],
  ['a carriage return', '"a\\rb"', '"a\rb"', '"a\rb"'],
  ['blanks around', '" a "', ' a ', ' a '],
  ['a formula', '"=1+1"', '=1+1', '=1+1'],
  ['a minus', '"-x"', '-x', '-x'],
  ['a text without characters', '""', '""', '""'],
  ['null', 'null', '', ''],
  ['a large number', '9007199254740993', '9007199254740993', '9007199254740993'],
  ['a fraction', '1.10', '1.10', '1.10'],
  ['an exponent', '1E5', '1E5', '1E5'],
  ['yes and no', 'true', 'true', 'true'],
  ['an object', '{"10": 1.0, "a": "b"}', '"{""10"":1.0,""a"":""b""}"', '"{""10"":1.0,""a"":""b""}"'],
  ['a list', '[1, 2]', '"[1,2]"', '[1,2]'],
  ['other scripts and pictures', '"漢 👩‍👩‍👧 e\u0301"', '漢 👩‍👩‍👧 e\u0301', '漢 👩‍👩‍👧 e\u0301'],
  ['a NUL and an escape', '"\\u0000\\u001b[31m"', '\0\x1b[31m', '\0\x1b[31m'],
])('%s', async (_name, json, csv, tsv) => {
  const row = `{"id": 1, "name": ${json}}`;
  expect(await print(`${COLUMNS} -f csv`, row)).toBe(`id,name\r\n1,${csv}\r\n`);
  expect(await print(`${COLUMNS} -f tsv`, row)).toBe(`id\tname\n1\t${tsv}\n`);
});

test('a missing value is nothing, and the only one of a line is quoted: readers skip empty lines', async () => {
  expect(await print(`${COLUMNS} -f csv`, '{"id": 1}, {"name": "x"}')).toBe('id,name\r\n1,\r\n,x\r\n');
  expect(await print('--columns name -f csv', '{"name": null}, {"name": ""}, {"name": "x"}')).toBe(
    'name\r\n""\r\n""\r\nx\r\n',
  );
});

test('-H leaves the line of names out', async () => {
  expect(await print(`${COLUMNS} -f csv -H`, '{"id": 1, "name": "a"}')).toBe('1,a\r\n');
  expect(await print(`${COLUMNS} -f tsv -H`, '{"id": 1, "name": "a"}')).toBe('1\ta\n');
});

test('a name is quoted like a value', async () => {
  const stubs = { 'GET /v1/tags/00000000-0000-0000-0003-000000000001': { json: { 'a,b': 1, 'c"d': 2, 'e\tf': 3 } } };
  const line = 'tags describe 00000000-0000-0000-0003-000000000001 -f';
  expect(await home.kscli(`${line} csv`, stubs)).toEndWith('\n"a,b","c""d",e\tf\r\n1,2,3\r\nexit 0');
  expect(await home.kscli(`${line} tsv`, stubs)).toEndWith('\na,b\t"c""d"\t"e\tf"\n1\t2\t3\nexit 0');
});

test('rows that are no objects have one column', async () => {
  const route = 'GET /v1/chunks/version-chunk-ids?document_version_id=00000000-0000-0000-0003-000000000001';
  const line = 'chunks version-chunk-ids --document-version-id 00000000-0000-0000-0003-000000000001 -f csv';
  expect(await home.kscli(line, { [route]: { json: { chunk_ids: ['x', 'y'] } } })).toEndWith(
    '\nvalue\r\nx\r\ny\r\nexit 0',
  );
});

test('at a terminal control characters are left out, in a pipe nothing is', async () => {
  const row = '{"id": 1, "name": "\\u001b[2Ja\\u0007"}';
  expect(await print(`${COLUMNS} -f csv`, row, { isTerminal: true, width: 80 })).toBe('id,name\n1,a\n');
  expect(await print(`${COLUMNS} -f csv`, row)).toBe('id,name\r\n1,\x1b[2Ja\x07\r\n');
});

test('settings and sessions are rows too', async () => {
  expect((await home.kscli('settings show -f csv')).split('\r\n').slice(0, 2)).toEqual([
    '$ kscli settings show -f csv\nsetting,value,source',
    'base_url,https://api.knowledgestack.ai,default',
  ]);
  expect(await home.kscli('sessions list --columns name,state --where state=valid -f tsv')).toMatchInlineSnapshot(`
    "$ kscli sessions list --columns name,state --where state=valid -f tsv
    name	state
    -	valid
    ! 1 of 1 rows.
    exit 0"
  `);
});
