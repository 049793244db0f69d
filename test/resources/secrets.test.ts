// Secrets of rows: one in an answer is printed once and nowhere else, one that is sent comes from a file.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS } from '../../src/schema/formats.ts';
import { createHome, type Home } from '../kscli.ts';
import { A } from './line.ts';

const KEY = 'sk-user-0123456789abcdef';
const CREATE = 'api-keys create --name x --allow-lasting';
const MADE = {
  status: 201,
  json: { id: A, name: 'x', key: KEY, key_suffix: 'cdef', created_at: '2026-01-01T00:00:00Z' },
};

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test('a new key is shown in full, this once', async () => {
  expect(await home.kscli(CREATE, { 'POST /v1/api-keys': MADE })).toMatchInlineSnapshot(`
    "$ kscli api-keys create --name x --allow-lasting
    > POST /v1/api-keys | cookie: ks_uat=<token> | {"name":"x"}
    ┌─────────────┬──────────────────────────────────────┐
    │ Key         │ Value                                │
    ├─────────────┼──────────────────────────────────────┤
    │ id          │ 00000000-0000-0000-0003-00000000000a │
    │ name        │ x                                    │
    │ key         │ sk-user-0123456789abcdef             │
    │ key_suffix  │ cdef                                 │
    │ created_at  │ 2026-01-01T00:00:00Z                 │
    └─────────────┴──────────────────────────────────────┘
    ! The key is shown only this once.
    exit 0"
  `);
});

test.each(FORMATS.filter((format) => format !== 'id-only'))('a new key is on stdout alone as %s', async (format) => {
  const transcript = await home.kscli(`${CREATE} -f ${format} --debug`, { 'POST /v1/api-keys': MADE });
  const lines = transcript.split('\n').filter((line) => line.includes(KEY));
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toStartWith('!');
});

test.each([`${CREATE} -f id-only`, CREATE])(
  'a format that would lose it is refused before it is made: %s',
  async (line) => {
    const env = { KSCLI_FORMAT: 'id-only' };
    expect(await home.kscli(line, {}, { env })).toBe(`$ kscli ${line}
! Error: --format id-only would not show the key, and nothing shows it later
! Usage: kscli api-keys create --name <text> [options]
exit 64`);
  },
);

const IDS = ['source', 'instruction', 'output'].map((name) => `--${name}-path-part-ids ${A}`).join(' ');
const DEFINE = `workflow-definitions create -n x ${IDS} --runner-url https://r.example.com --webhook-secret-file`;
const DEFINITION = 'POST /v1/workflow-definitions';

test.each([
  ['hook-secret\n', 'hook-secret'],
  ['hook-secret\r\n', 'hook-secret'],
  ['hook-secret\n\n', 'hook-secret\\n'],
  [' hook-secret ', ' hook-secret '],
  ['hook-secret', 'hook-secret'],
])('a secret from standard input loses one line end, and nothing else: %j', async (stdin, sent) => {
  const transcript = await home.kscli(`${DEFINE} -`, { [DEFINITION]: { json: {} } }, { stdin });
  expect(transcript).toContain(`"webhook_secret":"${sent}"}`);
});

test('no message shows a secret that was sent, whatever the server says of it', async () => {
  writeFileSync(join(home.directory, 'secret'), 'hook-secret\n');
  const detail = [{ loc: ['body', 'runner_config', 'webhook_secret'], msg: 'hook-secret is too short', type: 'x' }];
  const transcript = await home.kscli(`${DEFINE} ~/secret --debug`, {
    [DEFINITION]: { status: 422, json: { detail } },
  });
  expect(
    transcript
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .join('\n'),
  ).not.toContain('hook-secret');
  expect(transcript).toContain('! runner_config.webhook_secret: [redacted] is too short\n');
});

test.each([
  ['--runner-url https://r.example.com', '--runner-url needs --webhook-secret-file'],
  ['--webhook-secret-file ~/secret', '--webhook-secret-file needs --runner-url'],
  ['--webhook-secret x', 'Unknown option --webhook-secret'],
  [
    '--runner-url https://r.example.com --webhook-secret-file ~/none',
    '--webhook-secret-file names ~/none, which cannot be read: no such file',
  ],
])('a runner has an address and a secret, or neither: %s', async (flags, complaint) => {
  expect(await home.kscli(`workflow-definitions create -n x ${IDS} ${flags}`)).toContain(`! Error: ${complaint}`);
});
