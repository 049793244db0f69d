// kscli api: requests to any endpoint, what is wrong usage, and what goes to stdout.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
  writeFileSync(join(home.directory, 'body.json'), '{"from": "file"}');
});
afterAll(() => home.remove());

test.each([
  ['api /v1/features', 'GET /v1/features', ''],
  ['api v1/features', 'GET /v1/features', ''],
  ['api https://api.knowledgestack.ai/v1/a?b=c', 'GET /v1/a?b=c', ''],
  ['api get /v1/a -F limit=5 --raw-field q=true', 'GET /v1/a?limit=5&q=true', ''],
  [
    'api /v1/a -F n=1.50 -F b=false -F z=null -F t=01 --raw-field r=1',
    'POST /v1/a',
    ' | {"n":1.50,"b":false,"z":null,"t":"01","r":"1"}',
  ],
  [
    'api /v1/a -F a[b]=1 -F a[c][]=x -F a[c][]=2 -F l[][n]=1 -F l[][n]=2 -F l[][m]=3 -F e[] -F __proto__[x]=1',
    'POST /v1/a',
    ' | {"a":{"b":1,"c":["x",2]},"l":[{"n":1},{"n":2,"m":3}],"e":[],"__proto__":{"x":1}}',
  ],
  ['api GET /v1/a -F id[]=1 -F id[]=2', 'GET /v1/a?id=1&id=2', ''],
  ['api GET /v1/a -F n=1.50 -F m=12345678901234567890', 'GET /v1/a?n=1.50&m=12345678901234567890', ''],
  ['api PUT /v1/a --input -', 'PUT /v1/a', ' | {"from": "stdin"}'],
  ['api DELETE /v1/a', 'DELETE /v1/a', ''],
])('%s sends %s%s and prints the answer as it came', async (line, route, body) => {
  const options = { stdin: '{"from": "stdin"}' };
  expect(await home.kscli(line, { [route]: { text: '{"a":  1}\n' } }, options)).toBe(`$ kscli ${line}
> ${route} | cookie: ks_uat=<token>${body}
{"a":  1}
exit 0`);
});

test('a file is the body, or the text of a field', async () => {
  const file = join(home.directory, 'body.json');
  const stubs = { 'POST /v1/a': { json: {} } };
  expect(await home.kscli(`api /v1/a --input ${file}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a --input ~/body.json
    > POST /v1/a | cookie: ks_uat=<token> | {"from": "file"}
    {}<no newline>
    exit 0"
  `);
  expect(await home.kscli(`api /v1/a -F x=@${file}`, stubs)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a -F x=@~/body.json
    > POST /v1/a | cookie: ks_uat=<token> | {"x":"{\\"from\\": \\"file\\"}"}
    {}<no newline>
    exit 0"
  `);
});

test('-i prints the status and the headers before the answer', async () => {
  const stubs = { 'GET /v1/a': { json: {}, headers: { 'x-request-id': '7' } } };
  expect(await home.kscli('api /v1/a -i', stubs)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a -i
    > GET /v1/a | cookie: ks_uat=<token>
    HTTP 200
    content-type: application/json
    x-request-id: 7

    {}<no newline>
    exit 0"
  `);
});

test('a failure prints the answer of the server and has its exit code, on a later page too', async () => {
  const stubs = { 'GET /v1/a': { status: 404, json: { detail: 'No a' } } };
  expect(await home.kscli('api /v1/a', stubs)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a
    > GET /v1/a | cookie: ks_uat=<token>
    {"detail":"No a"}<no newline>
    ! Error: Not found: No a
    exit 3"
  `);
  expect(await home.kscli('api /v1/a -i', stubs)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a -i
    > GET /v1/a | cookie: ks_uat=<token>
    HTTP 404
    content-type: application/json

    {"detail":"No a"}<no newline>
    ! Error: Not found: No a
    exit 3"
  `);
  const later = {
    'GET /v1/a?limit=1&offset=0': { json: { items: [1], total: 9 } },
    'GET /v1/a?limit=1&offset=1': { status: 500 },
  };
  expect(await home.kscli('api /v1/a?limit=1 --paginate', later)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a?limit=1 --paginate
    > GET /v1/a?limit=1&offset=0 | cookie: ks_uat=<token>
    > GET /v1/a?limit=1&offset=1 | cookie: ks_uat=<token>
    {"items":[1],"total":9}
    ! Error: Server error: 500
    exit 1"
  `);
});

const MISUSES: readonly (readonly [line: string, complaint: string])[] = [
  [
    'api /v1/a?limit=1 POST',
    "<method> is '/v1/a?limit=1', but must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
  ],
  [
    'api https://evil.example/v1/a',
    "<path> is 'https://evil.example/v1/a', but must be under https://api.knowledgestack.ai",
  ],
  ['api //evil.example/v1/a', "<path> is '//evil.example/v1/a', but must be under https://api.knowledgestack.ai"],
  ['api FETCH /v1/a', "<method> is 'FETCH', but must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
  ["api /v1/a --header 'Cookie: ks_uat=x'", '--header cannot set Cookie'],
  ["api /v1/a --header 'host: x'", '--header cannot set host'],
  ['api /v1/a --header nothing', "--header must be 'name: value', in characters that a header may hold"],
  ['api /v1/a -F x', "--field is 'x', but must be key=value"],
  ['api /v1/a -F =1', "--field is '=1', but must be key=value"],
  ['api /v1/a -F a[=1', "--field has the key 'a[', but it must be like a, a[b] or a[]"],
  ['api /v1/a -F [a]=1', "--field has the key '[a]', but it must be like a, a[b] or a[]"],
  ['api /v1/a -F a=1 -F a=2', "--field gives 'a' a second meaning. For a list, write a[]"],
  ['api /v1/a -F a=1 -F a[]=2', "--field gives 'a[]' a second meaning. For a list, write a[]"],
  ['api /v1/a -F a[]=1 -F a[b]=2', "--field gives 'a[b]' a second meaning. For a list, write a[]"],
  ['api /v1/a --input /does/not/exist', '--input names /does/not/exist, which cannot be read: no such file'],
  ['api /v1/a --input - -F a=1', '--input and --field cannot be used together'],
  ['api POST /v1/a --paginate', '--paginate is for GET only'],
  ['api', 'Missing <path>'],
];

test.each(MISUSES)('%s is wrong usage, and nothing is sent', async (line, complaint) => {
  expect(await home.kscli(line)).toBe(`$ kscli ${line}
! Error: ${complaint}
! Usage: kscli api [method] <path> [options]
exit 64`);
});
