// kscli api at a terminal: JSON is indented, and nothing steers the terminal; in a pipe it is as it came.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

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
  const piped = text === '' || text.endsWith('\n') ? text : `${text}<no newline>\n`;
  expect(await home.kscli('api /v1/a', stubs, { isTerminal: true, width: 80 })).toBe(`${head}${shown}exit 0`);
  expect(await home.kscli('api /v1/a', stubs)).toBe(`${head}${piped}exit 0`);
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
