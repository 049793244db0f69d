// kscli api: requests to any endpoint, and what goes to stdout.

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
  ['api /v1/a?limit=1 POST', undefined, ''],
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
  ['api PUT /v1/a --input -', 'PUT /v1/a', ' | {"from": "stdin"}'],
  ['api DELETE /v1/a', 'DELETE /v1/a', ''],
])('%s', async (line, route, body) => {
  const stubs = route ? { [route]: { text: '{"a":  1}\n' } } : {};
  const transcript = await home.kscli(line, stubs, { stdin: '{"from": "stdin"}' });
  const expected = `> ${route} | cookie: ks_uat=<token>${body}\n{"a":  1}\nexit 0`;
  if (route) expect(transcript).toEndWith(expected);
  else expect(transcript).toEndWith('exit 64');
});

test('a number in a query keeps its digits', async () => {
  const stubs = { 'GET /v1/a?n=1.50&m=12345678901234567890': { json: {} } };
  expect(await home.kscli('api GET /v1/a -F n=1.50 -F m=12345678901234567890', stubs)).toEndWith('exit 0');
});

test('a file as body and as field', async () => {
  const file = join(home.directory, 'body.json');
  const stubs = { 'POST /v1/a': { json: {} } };
  expect(await home.kscli(`api /v1/a --input ${file}`, stubs)).toContain(' | {"from": "file"}\n');
  expect(await home.kscli(`api /v1/a -F x=@${file}`, stubs)).toContain('{"x":"{\\"from\\": \\"file\\"}"}');
});

test('status and headers, and pages to the end', async () => {
  const shown = await home.kscli('api /v1/a -i', { 'GET /v1/a': { json: {}, headers: { 'x-request-id': '7' } } });
  expect(shown).toContain('HTTP 200\ncontent-type: application/json');
  expect(shown).toContain('x-request-id: 7\n\n{}');
  const rows = Array.from({ length: 100 }, (_, index) => index);
  const paged = await home.kscli('api /v1/a --paginate', {
    'GET /v1/a?limit=100&offset=0': { json: { items: rows, total: 101 } },
    'GET /v1/a?limit=100&offset=100': { json: { items: [100], total: 101 } },
  });
  expect(paged).toEndWith('{"items":[100],"total":101}\nexit 0');
  const small = await home.kscli('api /v1/a?limit=2 --paginate', {
    'GET /v1/a?limit=2&offset=0': { text: '{"items":[1,2]}\n' },
    'GET /v1/a?limit=2&offset=2': { text: '{"items":[3]}' },
  });
  expect(small).toEndWith('{"items":[1,2]}\n{"items":[3]}\nexit 0');
});

test('a page that is no list ends the pages with an error', async () => {
  const stubs = {
    'GET /v1/a?limit=1&offset=0': { json: { items: [1], total: 9 } },
    'GET /v1/a?limit=1&offset=1': { json: { oops: 1 } },
  };
  expect(await home.kscli('api /v1/a?limit=1 --paginate', stubs)).toEndWith(
    '! Error: The server answered with something that is no list\nexit 1',
  );
  const alone = { 'GET /v1/b?limit=100&offset=0': { json: { id: 1 } } };
  expect(await home.kscli('api /v1/b --paginate', alone)).toEndWith('{"id":1}\nexit 0');
});

test('a failure has its answer and its exit code', async () => {
  const stubs = { 'GET /v1/a': { status: 404, json: { detail: 'No a' } } };
  expect(await home.kscli('api /v1/a', stubs)).toEndWith('\n{"detail":"No a"}\n! Error: Not found: No a\nexit 3');
  expect(await home.kscli('api /v1/a -i', stubs)).toContain('HTTP 404\n');
  const later = {
    'GET /v1/a?limit=1&offset=0': { json: { items: [1], total: 9 } },
    'GET /v1/a?limit=1&offset=1': { status: 500 },
  };
  expect(await home.kscli('api /v1/a?limit=1 --paginate', later)).toEndWith(
    '{"items":[1],"total":9}\n! Error: Server error: 500\nexit 1',
  );
});

test.each([
  [
    'api https://evil.example/v1/a',
    "<path> is 'https://evil.example/v1/a', but must be under https://api.knowledgestack.ai",
  ],
  ['api //evil.example/v1/a', '<path>'],
  ['api FETCH /v1/a', '<method>'],
  ["api /v1/a --header 'Cookie: ks_uat=x'", '--header cannot set Cookie'],
  ["api /v1/a --header 'host: x'", '--header cannot set host'],
  ['api /v1/a --header nothing', "--header must be 'name: value'"],
  ['api /v1/a -F x', '--field'],
  ['api /v1/a -F =1', '--field'],
  ['api /v1/a -F a[=1', '--field'],
  ['api /v1/a -F [a]=1', '--field'],
  ['api /v1/a -F a=1 -F a=2', '--field'],
  ['api /v1/a -F a=1 -F a[]=2', '--field'],
  ['api /v1/a -F a[]=1 -F a[b]=2', '--field'],
  ['api /v1/a --input /does/not/exist', '--input names /does/not/exist'],
  ['api /v1/a --input - -F a=1', '--input and --field'],
  ['api POST /v1/a --paginate', '--paginate is for GET only'],
  ['api', 'Missing <path>'],
])('%s is wrong usage: %s', async (line, message) => {
  const shown = await home.kscli(line);
  expect(shown).toContain(`\n! Error: ${message}`);
  expect(shown).toEndWith('exit 64');
});

const ODD_JSON = '{"b":1.50,"10":[ ],\t"a":12345678901234567890}';

test.each([
  [ODD_JSON, '{\n  "b": 1.50,\n  "10": [],\n  "a": 12345678901234567890\n}\n'],
  ['[1]\n', '[\n  1\n]\n'],
  ['<h1>no \x1b[31mJSON\x1b]0;title\x07</h1>', '<h1>no JSON</h1>\n'],
  ['a\n\n', 'a\n\n'],
  ['', ''],
])('on a terminal %j is indented and ends its line, and in a pipe it is as it came', async (text, shown) => {
  const stubs = { 'GET /v1/a': { text } };
  const head = '$ kscli api /v1/a\n> GET /v1/a | cookie: ks_uat=<token>\n';
  // The transcript itself drops blanks at the end.
  const body = (printed: string) => (printed.trimEnd() === '' ? '' : `${printed.trimEnd()}\n`);
  expect(await home.kscli('api /v1/a', stubs, { isTerminal: true, width: 80 })).toBe(`${head}${body(shown)}exit 0`);
  expect(await home.kscli('api /v1/a', stubs)).toBe(`${head}${body(text)}exit 0`);
});

test('on a terminal pages and refusals are indented too', async () => {
  const place = { isTerminal: true, width: 80, env: { NO_COLOR: '1' } };
  const stubs = {
    'GET /v1/a?limit=2&offset=0': { text: '{"items":[1,2],"total":3}' },
    'GET /v1/a?limit=2&offset=2': { status: 403, text: '{"detail":"no"}' },
  };
  expect(await home.kscli('api /v1/a?limit=2 --paginate', stubs, place)).toMatchInlineSnapshot(`
    "$ kscli api /v1/a?limit=2 --paginate
    > GET /v1/a?limit=2&offset=0 | cookie: ks_uat=<token>
    > GET /v1/a?limit=2&offset=2 | cookie: ks_uat=<token>
    {
      "items": [
        1,
        2
      ],
      "total": 3
    }
    {
      "detail": "no"
    }
    ! Error: Permission denied: no
    exit 1"
  `);
});
