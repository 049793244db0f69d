// bun run demo: the main job, with the real binary against the stand-in backend. With --stay: a shell to play in. With
// --svg [FILE]: the same run as a picture, in .github/demo.svg without FILE. Leaves nothing else behind.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ADMIN_KEY, OTHER_USER, startBackend, TENANT, USER } from './backend/server.ts';
import { createMachine } from './binary.ts';
import { drawPicture } from './picture.ts';
import { play } from './playground.ts';
import { createStage } from './stage.ts';

const PICTURE = join(import.meta.dir, '../.github/demo.svg');
const TITLE = 'kscli signs in as a user, renews the token, uploads a directory, compares two users, signs out';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { stay: { type: 'boolean' }, svg: { type: 'boolean' } },
  allowPositionals: true,
});
// Where its lines wrap in the picture depends on how long the name of the directory is.
if (values.svg) process.env['TMPDIR'] = '/tmp';
const backend = startBackend();
const machine = createMachine({ KSCLI_BASE_URL: backend.url, ADMIN_API_KEY: ADMIN_KEY });
const { say, show, scenes } = createStage(machine, backend, values.svg === true);
// However it ends. A shell to play in is told of a signal first: see playground.ts.
process.once('exit', () => rmSync(machine.home, { recursive: true, force: true }));
if (!values.stay) for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

try {
  await (values.stay ? play(backend, machine) : perform());
  if (values.svg) writeFileSync(positionals[0] ?? PICTURE, await drawPicture(scenes, TITLE));
} finally {
  await machine.remove();
  await backend.stop();
}

async function perform(): Promise<void> {
  await show('kscli --version', {}, 0);
  await show(`kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`, {}, 0);
  await show('kscli whoami', {}, 0);

  say('# An hour passes: the token expires. The next command gets a new one by itself.');
  machine.expire();
  await show('kscli whoami', {}, 0);
  say(`# Requests for a token so far: ${backend.count('POST /v1/auth/assume_user')}`);

  say('# A directory is uploaded, and shown as a tree. Run again, nothing is uploaded twice.');
  mkdirSync(join(machine.home, 'reports/2026'), { recursive: true });
  for (const name of ['summary.pdf', '2026/january.pdf']) writeFileSync(join(machine.home, 'reports', name), name);
  const id = await folder();
  await show(`kscli folders bulk-ingest reports --folder-id ${id} --wait --parallel 1`, {}, 0);
  await show(`kscli folders list --folder-id ${id} --show-content --max-depth 2 --format tree`, {}, 0);
  await show(`kscli folders bulk-ingest reports --folder-id ${id}`, {}, 0);

  say('# Looking without touching:');
  await show(`kscli folders delete ${id} --read-only`, {}, 1);

  say('# Two users side by side, each in a session of its own. One of them does not see the folder.');
  backend.hidden.set(OTHER_USER, new Set([id]));
  await show(`kscli assume-user --session alice --tenant-id ${TENANT} --user-id ${USER} --read-only`, {}, 0);
  await show(`kscli assume-user --session bob --tenant-id ${TENANT} --user-id ${OTHER_USER} --read-only`, {}, 0);
  await show('kscli sessions list', {}, 0);
  await show('kscli compare alice bob -- folders list', {}, 5);

  say('# A session for two hours, with a reason. When they are over nothing more is sent, and nothing secret stays.');
  const who = `--tenant-id ${TENANT} --user-id ${USER}`;
  await show(`kscli assume-user --session acme ${who} --for 2h --reason totals --ticket SUP-4711`, {}, 0);
  await show('kscli tags create --name urgent --session acme', {}, 0);
  passTwoHours(`${machine.credentials}.sessions/acme`);
  await show('kscli whoami --session acme', {}, 2);
  await show('kscli sessions remove --ended', {}, 0);

  say('# What was done for that reason is on record, line by line in a chain.');
  await show('kscli journal show --ticket SUP-4711 --columns seq,event,method,path,status', {}, 0);
  await show('kscli journal verify', {}, 0);
  say('# Somebody changes one line of it, and is found.');
  changeLine();
  await show('kscli journal verify', {}, 1);

  say('# A key that the server refuses:');
  await show(`kscli assume-user --tenant-id ${TENANT} --user-id ${USER}`, { ADMIN_API_KEY: 'not-the-key' }, 1);

  say('# The end: token and key are removed. Exit code 2 always means: run assume-user.');
  await show('kscli logout --all', {}, 0);
  await show('kscli whoami', {}, 2);
}

/** For a session: its lease lies so far back. */
function passTwoHours(path: string): void {
  const kept = JSON.parse(readFileSync(path, 'utf8'));
  const back = (time: string) => `${new Date(Date.parse(time) - 7_200_000).toISOString().slice(0, 19)}+00:00`;
  const times = { started_at: back(kept.started_at), lease_until: back(kept.lease_until) };
  writeFileSync(path, JSON.stringify({ ...kept, ...times }));
}

/** As if nothing had been created. */
function changeLine(): void {
  const directory = join(machine.home, '.local/state/kscli/journal');
  const [name = ''] = readdirSync(directory).filter((file) => file.endsWith('.jsonl'));
  const path = join(directory, name);
  writeFileSync(path, readFileSync(path, 'utf8').replace('"status":201', '"status":409'));
}

/** A folder on the server that something is put into. */
async function folder(): Promise<string> {
  const line = `folders create --name Demo --parent-path-part-id ${USER} -f id-only`;
  return (await machine.run(line)).stdout.trim();
}
