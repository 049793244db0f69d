// A journal that cannot be written: with a warning the command goes on, and where one is required nothing is done.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';

const SEEN = { 'GET /v1/users/me': { json: { id: USER } } };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const whoami = (env: Record<string, string> = {}, stubs: object = SEEN) =>
  home.kscli('whoami -f id-only', { ...stubs }, { env });

const UNWRITABLE: readonly [why: string, make: (journal: string) => void, said: string][] = [
  ['is a file', (journal) => writeFileSync(journal, ''), '~/journal is not a directory'],
  [
    'lies in one that others can write',
    (journal) => {
      mkdirSync(journal);
      chmodSync(journal, 0o777);
    },
    '~/journal can be written by other users',
  ],
  [
    'holds a file that others can write',
    (journal) => {
      mkdirSync(journal);
      writeFileSync(join(journal, '2026-02.jsonl'), '');
      chmodSync(join(journal, '2026-02.jsonl'), 0o666);
    },
    '~/journal/2026-02.jsonl can be written by other users',
  ],
  [
    'holds a link in place of the file',
    (journal) => {
      mkdirSync(journal);
      symlinkSync('/dev/null', join(journal, '2026-02.jsonl'));
    },
    '~/journal/2026-02.jsonl is a link',
  ],
  [
    'holds a directory in place of the file',
    (journal) => mkdirSync(join(journal, '2026-02.jsonl'), { recursive: true }),
    '~/journal/2026-02.jsonl is not a regular file',
  ],
  [
    'holds a directory in place of the head',
    (journal) => mkdirSync(join(journal, 'journal.head'), { recursive: true }),
    '~/journal/journal.head is not a regular file',
  ],
  [
    'holds a directory in place of the lock',
    (journal) => mkdirSync(join(journal, 'journal.write-lock'), { recursive: true }),
    'the lock ~/journal/journal.write-lock cannot be had: another kscli holds it, or the place allows none',
  ],
  ['is a chain of links', (journal) => symlinkSync(journal, journal), '~/journal is a chain of links without an end'],
];

test.each(UNWRITABLE)(
  'a journal that %s: one warning and on, or nothing is sent where it is required',
  async (_why, make, said) => {
    const journal = join(home.directory, 'journal');
    make(journal);
    const env = { KSCLI_JOURNAL_PATH: journal };
    expect(await whoami({ ...env, KSCLI_JOURNAL: 'on' })).toBe(`$ kscli whoami -f id-only
> GET /v1/users/me | cookie: ks_uat=<token>
${USER}
! Warning: The journal cannot be written: ${said}. What this command does is not recorded.
exit 0`);
    const create = { 'POST /v1/tags': { status: 201, json: { id: 'x' } } };
    const line = 'tags create --name x --color ff8800 -f id-only';
    expect(await home.kscli(line, create, { env: { ...env, KSCLI_JOURNAL: 'on' } })).toBe(`$ kscli ${line}
> POST /v1/tags | cookie: ks_uat=<token> | {"name":"x","color":"ff8800"}
x
! Warning: The journal cannot be written: ${said}. What this command does is not recorded.
exit 0`);
    for (const command of ['whoami -f id-only', line, 'token', 'exec -- true'])
      expect(await home.kscli(command, {}, { env: { ...env, KSCLI_JOURNAL: 'required' } })).toContain(
        `! Error: The journal cannot be written: ${said}\n`,
      );
    expect(await home.kscli('logout', {}, { env: { ...env, KSCLI_JOURNAL: 'required' } })).toBe(`$ kscli logout
Removed ~/state/.credentials
! Warning: The journal cannot be written: ${said}. What this command does is not recorded.
exit 0`);
  },
);

test('the rest of what is required: the exit code, and what was not done', async () => {
  const env = { KSCLI_JOURNAL: 'required', KSCLI_JOURNAL_PATH: '/dev/null' };
  expect(await home.kscli('tags create --name x --color ff8800', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --color ff8800
    ! Error: The journal cannot be written: /dev/null is not a directory
    ! Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1"
  `);
  expect(await home.kscli('token', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli token
    ! Error: The journal cannot be written: /dev/null is not a directory
    ! No token was printed. A journal is required by KSCLI_JOURNAL.
    exit 1"
  `);
  expect(await home.kscli('exec -- true', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli exec -- true
    ! Error: The journal cannot be written: /dev/null is not a directory
    ! Nothing was run. A journal is required by KSCLI_JOURNAL.
    exit 125"
  `);
  expect(
    await home.kscli(
      `assume-user --tenant-id ${USER} --user-id ${USER}`,
      {},
      { env: { ...env, ADMIN_API_KEY: 'the-admin-key' } },
    ),
  ).toMatchInlineSnapshot(`
    "$ kscli assume-user --tenant-id 00000000-0000-0000-0001-000000000001 --user-id 00000000-0000-0000-0001-000000000001
    ! Error: The journal cannot be written: /dev/null is not a directory
    ! Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1"
  `);
  home.keep(credentialsFields({ expires_at: '2026-02-23T10:00:00+00:00' }));
  expect(await home.kscli('whoami', {}, { env })).toMatchInlineSnapshot(`
    "$ kscli whoami
    ! Error: The journal cannot be written: /dev/null is not a directory
    ! Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1"
  `);
});
