// What each system does in its own way: locks, renames and appends of many processes at once, other programs, modes of files.
// As a named session with a lease, and with a journal of all that is done.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { expire, IDS, type Walk } from './walk.ts';

/** Processes at once. */
const MANY = 10;
const MINUTE = 60_000;

export async function checkMachine(walk: Walk): Promise<void> {
  const journal = join(walk.runner.home, 'journal');
  Object.assign(walk.env, { KSCLI_JOURNAL: 'on', KSCLI_JOURNAL_PATH: walk.runner.locate(journal) });
  await checkLease(walk);
  await checkExec(walk);
  await checkMany(walk);
  await checkJournal(journal, walk);
  await walk.expect(0, 'completion', 'bash');
  await checkUpgrade(walk);
}

async function checkLease({ expect, same }: Walk): Promise<void> {
  const before = Date.now();
  await expect(0, 'assume-user', '--session', 'acme', ...IDS, '--for', '1m', '--reason', 'a check');
  const [, row] = JSON.parse(await expect(0, 'sessions', 'list', '--format', 'json'));
  const lease = Date.parse(row?.lease_until) - before;
  same('the session', row?.name, 'acme');
  // Kept to the second.
  if (!(lease >= MINUTE - 1000 && lease <= MINUTE + Date.now() - before))
    same('the lease', row?.lease_until, 'a minute from now');
}

/** The program has the session, and not the key; its exit code is kscli's. */
async function checkExec({ expect, same, runner }: Walk): Promise<void> {
  await expect(0, 'assume-user', '--session', 'inner', ...IDS);
  const exec = ['exec', '--session', 'inner', '--'];
  const program = runner.isWindows
    ? ['cmd', '/d', '/c', 'echo %KSCLI_SESSION% %KSCLI_EXPECT_USER% %ADMIN_API_KEY%& exit 7']
    : ['/bin/sh', '-c', 'echo "$KSCLI_SESSION $KSCLI_EXPECT_USER $ADMIN_API_KEY"; exit 7'];
  // What cmd writes of a variable that is not there.
  const said = (await expect(7, ...exec, ...program)).replace('%ADMIN_API_KEY%', '');
  same('exec', said.trim(), `inner ${USER}`);
  await expect(127, ...exec, 'no-such-program');
  await expect(0, 'sessions', 'remove', 'acme', 'inner');
}

async function checkMany({ same, runner, backend, credentials, env }: Walk): Promise<void> {
  expire(credentials);
  const before = backend.count('POST /v1/auth/assume_user');
  const all = await Promise.all(Array.from({ length: MANY }, () => runner.run(['whoami', '-f', 'id-only'], env)));
  const silent = all.find(({ stdout, stderr }) => stdout.trim() !== USER || stderr !== '');
  same('one of ten commands at once', silent && `${silent.stdout}${silent.stderr}`, undefined);
  same('their requests for a token', backend.count('POST /v1/auth/assume_user') - before, 1);
}

async function checkJournal(directory: string, { expect, same, runner }: Walk): Promise<void> {
  const verified = JSON.parse(await expect(0, 'journal', 'verify', '--format', 'json'));
  same('the journal', verified.intact ? 'intact' : verified.detail, 'intact');
  const requests = (await expect(0, 'journal', 'show', '--format', 'jsonl')).trim().split('\n');
  // Two new sessions and their ends, exec, ten requests and a renewal, the opening of the file.
  if (requests.length < MANY + 6) same('lines of the journal', requests.length, `${MANY + 6} or more`);
  if (runner.isWindows) return;
  for (const name of ['.', ...readdirSync(directory)])
    if (statSync(join(directory, name)).mode & 0o077)
      same(`the mode of journal/${name}`, 'open', 'for its owner alone');
}

/** It did not come by install.sh. */
async function checkUpgrade({ same, runner, env }: Walk): Promise<void> {
  const { exit, stderr } = await runner.run(['upgrade', '--dry-run'], env);
  same('upgrade', exit === 1 && stderr.includes('upgrade does not touch it') ? 'refuses' : stderr, 'refuses');
}
