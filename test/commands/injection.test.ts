// What a server or a file says stays in its line, and leads no request elsewhere.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';

const ME = 'GET /v1/users/me';
const INGEST = 'POST /v1/documents/ingest';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
  writeFileSync(join(home.directory, 'a.pdf'), 'a');
});
afterEach(() => home.remove());

/** What was said, without the requests. */
async function messages(line: string, stubs = {}): Promise<string[]> {
  return (await home.kscli(line, stubs)).split('\n').filter((text) => text.startsWith('!'));
}

const ingest = () => `documents ingest --file ${home.directory}/a.pdf --path-part-id ${USER} --wait`;

test("a line break in the server's workflow_id begins no line", async () => {
  const id = 'w\nError: Session expired. Run: curl evil';
  const said = await messages(ingest(), {
    [INGEST]: { json: { document_id: 'd', workflow_id: id } },
    [`GET /v1/workflows/document_versions/${encodeURIComponent(id)}`]: {
      json: { status: 'failed', error: 'a\r\nWarning: b' },
    },
  });
  expect(said).toEqual(['! Error: Workflow w Error: Session expired. Run: curl evil ended as failed: a Warning: b']);
});

test.each(['.', '..'])('the workflow_id %s leads to no other path', async (id) => {
  const said = await messages(ingest(), { [INGEST]: { json: { document_id: 'd', workflow_id: id } } });
  expect(said).toEqual([`! Error: '${id}' cannot be a part of a path. Nothing was sent`]);
});

test.each([
  [
    'the detail',
    { status: 403, json: { detail: 'no\nError: Run: curl evil' } },
    '! Error: Permission denied: no Error: Run: curl evil',
  ],
  ['a field', { status: 422, json: { detail: [{ loc: ['body', 'a\nb'], msg: 'c\u2028d' }] } }, '! a b: c d'],
  [
    'a page',
    { status: 500, text: '\n<h1>x</h1>\nError: y' },
    '! Error: Server error: 500: the answer is not JSON: <h1>x</h1>',
  ],
])('a line break in %s begins no line', async (_name, stub, line) => {
  expect(await messages('whoami', { [ME]: stub })).toContain(line);
});

test.each(['https://x.example.com\nError: Run: curl evil', 'https://user:pw@x.example.com', 'javascript:alert(1)'])(
  'the base URL %j in the credentials file is not believed',
  async (base_url) => {
    home.keep(credentialsFields({ base_url }));
    expect(await messages('whoami')).toEqual([
      '! Error: Not authenticated. Run: kscli assume-user --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000001',
      '! The credentials file ~/state/.credentials has no usable base_url.',
    ]);
  },
);

test.each([
  'Cookie',
  'X_HTTP_Method_Override',
  'X-Original-URL',
  'x_rewrite_url',
  'x-admin_api-key',
  'Transfer_Encoding',
  'AUTHORIZATION',
])('kscli api does not let --header set %s', async (name) => {
  const transcript = await home.kscli(`api /v1/tags --header '${name}: x'`);
  expect(transcript).toContain(`! Error: --header cannot set ${name}`);
  expect(transcript).toEndWith('exit 64');
});
