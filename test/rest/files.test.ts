// Long texts come from a file or standard input through a flag of their own; what is typed stays as it is typed.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const CONTENT = `PATCH /v1/chunks/${A}/content`;
const DONE = { json: { id: A } };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

function put(name: string, contents: string | Uint8Array): string {
  const path = join(home.directory, name);
  writeFileSync(path, contents);
  return path;
}

const as = (line: string) => `${line} -f id-only`;

test('a lone dash is no text of a chunk, and nothing is sent', async () => {
  expect(await home.kscli(`chunks update-content ${A} --content -`, {}, { stdin: 'whole' })).toMatchInlineSnapshot(`
    "$ kscli chunks update-content 00000000-0000-0000-0003-00000000000a --content -
    ! Error: --content: '-' is not read as standard input. Use --content-file -
    ! Usage: kscli chunks update-content <chunk-id> (--content <text> | --content-file <file>) [options]
    exit 64"
  `);
});

test.each([
  ['a -', `{"content":"a -"}`],
  ['--', `{"content":"--"}`],
])("what is typed is the text: '%s'", async (typed, body) => {
  const transcript = await home.kscli(as(`chunks update-content ${A} --content='${typed}'`).replace(/='/, " '"), {
    [CONTENT]: DONE,
  });
  expect(transcript).toContain(` | ${body}\n`);
});

test('a file and standard input are taken to the last byte, without a byte-order mark', async () => {
  const file = put('text.md', '\uFEFF- Ä\r\n\n');
  expect(
    await home.kscli(as(`chunks update-content ${A} --content-file ${file}`), { [CONTENT]: DONE }),
  ).toMatchInlineSnapshot(`
    "$ kscli chunks update-content 00000000-0000-0000-0003-00000000000a --content-file ~/text.md -f id-only
    > PATCH /v1/chunks/00000000-0000-0000-0003-00000000000a/content | cookie: ks_uat=<token> | {"content":"- Ä\\r\\n\\n"}
    00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
  const line = as(`chunks update-content ${A} --content-file -`);
  expect(await home.kscli(line, { [CONTENT]: DONE }, { stdin: '-' })).toMatchInlineSnapshot(`
    "$ kscli chunks update-content 00000000-0000-0000-0003-00000000000a --content-file - -f id-only
    > PATCH /v1/chunks/00000000-0000-0000-0003-00000000000a/content | cookie: ks_uat=<token> | {"content":"-"}
    00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
});

test.each([
  [`chunks create --section-id ${A} --content-file @ --metadata-file @`, 'POST /v1/chunks', 'chunk_metadata":{"a":1}'],
  [`chunks create --section-id ${A} --content x`, 'POST /v1/chunks', 'chunk_metadata":{}'],
  [`chunks update ${A} --metadata-file @`, `PATCH /v1/chunks/${A}`, '{"chunk_metadata":{"a":1}}'],
  [
    `thread-messages create --thread-id ${A} --role USER --content-file @`,
    `POST /v1/threads/${A}/messages`,
    '{"content":{"text":"{\\"a\\":1}"},"role":"USER"}',
  ],
])('%s', async (line, route, body) => {
  const file = put('x.json', '{"a":1}');
  expect(await home.kscli(as(line.replaceAll('@', file)), { [route]: DONE })).toContain(body);
});

test('filters from standard input are checked as typed ones are', async () => {
  const line = 'chunks search -q x --filters-file - -f id-only';
  const stubs = { 'POST /v1/chunks/search': { json: [] } };
  expect(await home.kscli(line, stubs, { stdin: '{"score_threshold": 0.5}' })).toMatchInlineSnapshot(`
    "$ kscli chunks search -q x --filters-file - -f id-only
    > POST /v1/chunks/search | cookie: ks_uat=<token> | {"score_threshold":0.5,"query":"x","top_k":10}
    exit 0"
  `);
  expect(await home.kscli(line, {}, { stdin: '{"scores": 0.5}' })).toContain(
    `! Error: --filters-file: '-' has the key 'scores', which is not one of `,
  );
});

test.each([
  ['--content x --content-file y', '--content-file and --content cannot be used together'],
  ['', 'Missing one of --content or --content-file'],
  ['--content-file y', '--content-file names y, which cannot be read: no such file'],
  ['--content-file latin', `--content-file: 'latin' is not UTF-8`],
  ['--content-file endless', `--content-file: 'endless' is larger than 64 MiB`],
  ['--content-file - --metadata-file -', '--content-file and --metadata-file cannot both read standard input'],
  ['--content x --metadata-file text', `--metadata-file: 'text' is not a JSON object: `],
])('what cannot be taken is refused before anything is sent: %s', async (flags, why) => {
  put('latin', Buffer.from([0xe4]));
  put('text', 'text');
  truncateSync(put('endless', ''), 64 * 1024 * 1024 + 1);
  const line = flags.replace(/latin|endless|text$/, (name) => join(home.directory, name));
  const transcript = await home.kscli(`chunks create --section-id ${A} ${line}`);
  expect(transcript.replaceAll('~/', '')).toContain(`! Error: ${why}`);
  expect(transcript).toEndWith('exit 64');
});

test('a tilde that no shell has expanded is the home directory', async () => {
  put('text.md', 'x');
  const line = as(`chunks update-content ${A} --content-file ~/text.md`);
  expect(await home.kscli(line, { [CONTENT]: DONE })).toMatchInlineSnapshot(`
    "$ kscli chunks update-content 00000000-0000-0000-0003-00000000000a --content-file ~/text.md -f id-only
    > PATCH /v1/chunks/00000000-0000-0000-0003-00000000000a/content | cookie: ks_uat=<token> | {"content":"x"}
    00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
});
