// A journal on a full disk, a read-only one, with a limit, of another user, behind a holder that was stopped: with a warning
// the command goes on, and where it is required nothing is sent.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';
import { canMount, IS_ROOT, testWhere } from '../where.ts';

const STRANGER = 12345;

let machine: Site;
let journal: string;
beforeEach(async () => {
  machine = createSite();
  journal = join(machine.home, 'journal');
  await machine.signIn();
  machine.env['KSCLI_JOURNAL_PATH'] = journal;
});
afterEach(() => machine.remove());

const BOTH = `
  KSCLI_JOURNAL=on kscli whoami -f id-only; echo "exit $?"
  KSCLI_JOURNAL=required kscli whoami -f id-only; echo "exit $?"
  KSCLI_JOURNAL=required kscli tags create --name x --color ff8800; echo "exit $?"`;

/** Both outputs of a script that may mount. */
const inNamespace = (script: string) => machine.shell('exec 2>&1; unshare -m sh -c "$SCRIPT"', { SCRIPT: script });

testWhere(canMount(), 'root that may mount', 'a full disk', async () => {
  mkdirSync(journal);
  // Two such lines fill the page that the disk has given the file.
  machine.env['KSCLI_OPERATOR'] = 'x'.repeat(900);
  const script = `
    mount -t tmpfs -o size=64k,mode=700 none journal || exit 99
    KSCLI_JOURNAL=on kscli whoami -f id-only; KSCLI_JOURNAL=on kscli whoami -f id-only
    head -c 100000 /dev/zero > journal/filler 2> /dev/null${BOTH}
    rm journal/filler; kscli journal verify | sed 's/:[0-9a-f]*$//'`;
  expect(await inNamespace(script)).toMatchInlineSnapshot(`
    "$ exec 2>&1; unshare -m sh -c "$SCRIPT"
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    00000000-0000-0000-0001-000000000001
    00000000-0000-0000-0001-000000000001
    Warning: The journal cannot be written: ~/journal: no space left on the device. What this command does is not recorded.
    00000000-0000-0000-0001-000000000001
    exit 0
    Error: The journal cannot be written: ~/journal: no space left on the device
    Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1
    Error: The journal cannot be written: ~/journal: no space left on the device
    Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1
    Intact: 3 lines in 1 file, up to 3
    exit 0"
  `);
});

testWhere(canMount(), 'root that may mount', 'a read-only file system', async () => {
  await machine.run('whoami', { KSCLI_JOURNAL: 'on' });
  const script = `
    mount --bind journal journal && mount -o remount,ro,bind journal || exit 99${BOTH}
    kscli journal verify | sed 's/:[0-9a-f]*$//'`;
  expect(await inNamespace(script)).toMatchInlineSnapshot(`
    "$ exec 2>&1; unshare -m sh -c "$SCRIPT"
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    Warning: The journal cannot be written: ~/journal: the file system is read-only. What this command does is not recorded.
    00000000-0000-0000-0001-000000000001
    exit 0
    Error: The journal cannot be written: ~/journal: the file system is read-only
    Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1
    Error: The journal cannot be written: ~/journal: the file system is read-only
    Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1
    Intact: 2 lines in 1 file, up to 2
    exit 0"
  `);
});

test('a limit for the size of files', async () => {
  const script = `exec 2>&1; trap '' XFSZ; ulimit -f 0;${BOTH}`;
  expect(await machine.shell('sh -c "$SCRIPT"', { SCRIPT: script })).toMatchInlineSnapshot(`
    "$ sh -c "$SCRIPT"
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    Warning: The journal cannot be written: ~/journal: it is too large. What this command does is not recorded.
    00000000-0000-0000-0001-000000000001
    exit 0
    Error: The journal cannot be written: ~/journal: it is too large
    Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1
    Error: The journal cannot be written: ~/journal: it is too large
    Nothing was sent. A journal is required by KSCLI_JOURNAL.
    exit 1
    exit 0"
  `);
});

test('a place that goes away during the request: its answer is not shown where a journal is required', async () => {
  const fault = () => {
    chmodSync(journal, 0o777);
    return Response.json({ id: 'an answer' }, { status: 201 });
  };
  for (const route of ['GET /v1/users/me', 'POST /v1/tags']) machine.backend.faults.set(route, fault);
  const run = (line: string, policy: string) => {
    mkdirSync(journal, { recursive: true });
    chmodSync(journal, 0o700);
    return machine.kscli(line, { KSCLI_JOURNAL: policy });
  };
  expect(await run('whoami -f id-only', 'required')).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token 1>
    ! Error: The journal cannot be written: ~/journal can be written by other users
    ! GET /v1/users/me was answered with 201, which is not recorded. A journal is required by KSCLI_JOURNAL.
    exit 1"
  `);
  expect(await run('tags create --name x --color ff8800', 'required')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --color ff8800
    > POST /v1/tags | cookie: ks_uat=<token 1> | {"name":"x","color":"ff8800"}
    ! Error: The journal cannot be written: ~/journal can be written by other users
    ! POST /v1/tags was answered with 201, which is not recorded. A journal is required by KSCLI_JOURNAL.
    exit 1"
  `);
  expect(await run('tags create --name x --color ff8800 -f id-only', 'on')).toMatchInlineSnapshot(`
    "$ kscli tags create --name x --color ff8800 -f id-only
    > POST /v1/tags | cookie: ks_uat=<token 1> | {"name":"x","color":"ff8800"}
    an answer
    ! Warning: The journal cannot be written: ~/journal can be written by other users. What this command does is not recorded.
    exit 0"
  `);
  chmodSync(journal, 0o700);
  expect(
    (await machine.run('journal show -f jsonl')).stdout.match(/"event":"[a-z.]+"/g)?.join(' '),
  ).toMatchInlineSnapshot(`""event":"file.open" "event":"request.intent" "event":"request.intent""`);
});

testWhere(IS_ROOT, 'root', 'a link, a file and a directory of another user', async () => {
  const theirs = join(machine.home, 'theirs');
  mkdirSync(theirs);
  chmodSync(machine.home, 0o1777);
  symlinkSync(theirs, journal);
  lchownSync(journal, STRANGER, STRANGER);
  await expectRefused('~/journal is a link that belongs to another user');
  machine.env['KSCLI_JOURNAL_PATH'] = theirs;
  await machine.run('whoami', { KSCLI_JOURNAL: 'on' });
  const [file = ''] = new Bun.Glob('*.jsonl').scanSync(theirs);
  chownSync(join(theirs, file), STRANGER, STRANGER);
  await expectRefused(`~/theirs/${file} belongs to another user`);
  chownSync(theirs, STRANGER, STRANGER);
  await expectRefused('~/theirs belongs to another user');
});

async function expectRefused(said: string): Promise<void> {
  const shown = await machine.shell(`exec 2>&1;${BOTH}`);
  expect(
    shown
      .split('\n')
      .slice(4)
      .join('\n')
      .replace(/<token \d>/, '<token>'),
  ).toBe(`> GET /v1/users/me | cookie: ks_uat=<token>
Warning: The journal cannot be written: ${said}. What this command does is not recorded.
${USER}
exit 0
Error: The journal cannot be written: ${said}
Nothing was sent. A journal is required by KSCLI_JOURNAL.
exit 1
Error: The journal cannot be written: ${said}
Nothing was sent. A journal is required by KSCLI_JOURNAL.
exit 1
exit 0`);
}

test('a writer that was stopped keeps nobody waiting for long', async () => {
  const { tryLock } = await import('../../src/files/lock.ts');
  await machine.run('whoami', { KSCLI_JOURNAL: 'on' });
  const lock = await tryLock(join(journal, 'journal.write-lock'), process.geteuid?.());
  const said = `The journal cannot be written: the lock ${journal}/journal.write-lock cannot be had: another kscli holds it, or the place allows none`;
  try {
    const run = (policy: string) => machine.run('whoami -f id-only', { KSCLI_JOURNAL: policy });
    expect(await Promise.all(['on', 'required'].map(run))).toEqual([
      { exit: 0, stdout: `${USER}\n`, stderr: `Warning: ${said}. What this command does is not recorded.\n` },
      { exit: 1, stdout: '', stderr: `Error: ${said}\nNothing was sent. A journal is required by KSCLI_JOURNAL.\n` },
    ]);
  } finally {
    if (typeof lock === 'object') lock.release();
  }
});
