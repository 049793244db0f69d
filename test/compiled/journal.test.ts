// The journal on the compiled binary: many processes at once, killed ones, other tools on its files, and no trace without it.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, finish, type Site } from '../binary.ts';
import { hasTool, testWhere } from '../where.ts';

const SIGN_IN = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const WHOAMI = ['whoami', '-f', 'id-only'];

let machine: Site;
let journal: string;
beforeEach(async () => {
  machine = createSite();
  journal = join(machine.home, '.local/state/kscli/journal');
  await machine.signIn();
});
afterEach(() => machine.remove());

function listFiles(): string[] {
  return readdirSync(journal)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
}

function readLines(): Record<string, unknown>[] {
  const text = listFiles().map((name) => readFileSync(join(journal, name), 'utf8'));
  return text
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Its table, without the hash. */
async function verify(): Promise<string> {
  const { stdout, stderr, exit } = await machine.run('journal verify');
  return `${stdout.replace(/:[0-9a-f]{64}/, '')}${stderr}exit ${exit}`;
}

test('40 commands at once write 40 lines, one after the other', async () => {
  machine.env['KSCLI_JOURNAL'] = 'required';
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => finish(machine.start(WHOAMI))));
  expect(outcomes).toEqual(outcomes.map(() => ({ exit: 0, stdout: `${USER}\n`, stderr: '' })));
  expect(readLines().map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, at) => at + 1));
  expect(await verify()).toBe('Intact: 41 lines in 1 file, up to 41\nexit 0');
});

test('requests side by side in one command write their lines one after the other', async () => {
  mkdirSync(join(machine.home, 'reports'));
  for (let at = 0; at < 20; at++) writeFileSync(join(machine.home, 'reports', `${at}.pdf`), `${at}`);
  const { stdout } = await machine.run(`folders create --name x --parent-path-part-id ${USER} -f id-only`);
  const line = `folders bulk-ingest reports --folder-id ${stdout.trim()} --parallel 10`;
  expect((await machine.run(line, { KSCLI_JOURNAL: 'required' })).exit).toBe(0);
  expect(await verify()).toMatch(/^Intact: \d+ lines in 1 file, up to \d+\nexit 0$/);
  const uploads = readLines().filter(({ path }) => path === '/v1/documents/ingest');
  const count = (wanted: string) => uploads.filter(({ event }) => event === wanted).length;
  expect([count('request.intent'), count('request')]).toEqual([20, 20]);
  expect(JSON.stringify(readLines())).not.toMatch(/reports|\.pdf/);
});

test('200 commands that are killed while they write leave a whole chain', async () => {
  machine.env['KSCLI_JOURNAL'] = 'on';
  const line = ['api', 'POST', '/v1/unknown'];
  const kill = async (moment: Promise<unknown>, command = line): Promise<void> => {
    const child = machine.start(command);
    await Promise.race([child.exited, moment]);
    child.kill('SIGKILL');
    await child.exited;
  };
  const start = performance.now();
  await finish(machine.start(line));
  // As long as they take on this machine: some time between their start and their end.
  const longest = 2 * (performance.now() - start);
  for (let round = 0; round < 40; round++) {
    const { reached } = machine.backend.hold('POST /v1/held');
    const sure = kill(reached, ['api', 'POST', '/v1/held']);
    await Promise.all([sure, ...Array.from({ length: 4 }, () => kill(Bun.sleep(Math.random() * longest)))]);
  }
  // The next writer finds the lock free, and sets aside what was never finished.
  expect((await machine.run('whoami')).exit).toBe(0);
  expect(await verify()).toMatch(/^Intact: \d+ lines in \d files?, up to \d+\n(Set aside, .*\n)?exit 0$/);
  // It was worth it: they were killed at different places.
  const events = readLines().map(({ event }) => event);
  const count = (wanted: string) => events.filter((event) => event === wanted).length;
  expect(count('request.intent')).toBeGreaterThan(0);
  expect(count('request.intent')).toBeGreaterThanOrEqual(count('request') - 1);
});

testWhere(
  hasTool('strace'),
  'strace',
  'killed at each of its calls to the system, a writer leaves a whole chain',
  async () => {
    machine.env['KSCLI_JOURNAL'] = 'on';
    await machine.run('whoami');
    const killed: string[] = [];
    for (const call of ['write', 'pwrite64', 'fdatasync']) {
      for (let at = 1; at <= 8; at++) {
        const inject = `-e trace=${call} -e inject=${call}:signal=KILL:when=${at}`;
        const shown = await machine.shell(`strace -f -o /dev/null ${inject} kscli api POST /v1/unknown`);
        if (!/exit [13]$/.test(shown)) killed.push(call);
      }
    }
    expect([...new Set(killed)]).toEqual(['write', 'pwrite64', 'fdatasync']);
    expect((await machine.run('whoami')).exit).toBe(0);
    expect(await verify()).toMatch(/^Intact: \d+ lines in \d files?, up to \d+\n(Set aside, .*\n)?exit 0$/);
  },
);

testWhere(
  hasTool('sed') && hasTool('sha256sum'),
  'sed and sha256sum',
  'sed and sha256sum find the same hashes',
  async () => {
    machine.env['KSCLI_JOURNAL'] = 'on';
    for (let run = 0; run < 3; run++) await machine.run('whoami');
    const script = `cd ${journal}
    while read -r line; do
      printf '%s' "$line" | sed 's/,"hash":"[0-9a-f]*"}$/}/' | tr -d '\\n' | sha256sum | cut -d ' ' -f 1
      printf '%s\\n' "$line" | sed 's/.*"hash":"\\([0-9a-f]*\\)"}$/\\1/'
    done < ${listFiles()[0]}`;
    const { stdout } = await finish(
      Bun.spawn(['sh', '-c', script], { env: machine.env, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' }),
    );
    const hashes = stdout.trim().split('\n');
    expect(hashes).toHaveLength(8);
    for (let at = 0; at < hashes.length; at += 2) expect(hashes[at]).toBe(hashes[at + 1]);
  },
);

testWhere(hasTool('strace'), 'strace', 'a command without a journal touches nothing of it', async () => {
  await machine.shell('strace -f -e trace=file -o calls kscli whoami');
  expect(readFileSync(`${machine.home}/calls`, 'utf8')).not.toMatch(/\.local|\.jsonl|journal\.|passwd/);
  expect(existsSync(join(machine.home, '.local'))).toBe(false);
  await machine.shell('strace -f -e trace=file -o calls kscli whoami', { KSCLI_JOURNAL: 'on' });
  expect(readFileSync(`${machine.home}/calls`, 'utf8')).toContain('.local/state/kscli/journal');
});

testWhere(hasTool('strace'), 'strace', 'with umask 000 no file of it is ever wider than 0600', async () => {
  await machine.shell('umask 000; strace -f -e trace=open,openat,creat,mkdir,mkdirat -o calls kscli whoami', {
    KSCLI_JOURNAL: 'required',
  });
  const created = readFileSync(`${machine.home}/calls`, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`${machine.home}/.local`) && /O_CREAT|mkdir/.test(line));
  expect(created.length).toBeGreaterThanOrEqual(6);
  expect(created.filter((line) => !/, 0[67]00\)/.test(line))).toEqual([]);
});

test('the names of account and machine are those of the system, whatever variables say', async () => {
  await machine.run('whoami', { KSCLI_JOURNAL: 'on', USER: 'mallory', LOGNAME: 'mallory', HOSTNAME: 'elsewhere' });
  const { stdout } = await finish(
    Bun.spawn(['sh', '-c', 'name=$(id -un 2> /dev/null) && echo "$name" || echo "uid $(id -u)"; hostname'], {
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    }),
  );
  const [user = '', host = ''] = stdout.split('\n');
  expect(readLines()[1]).toMatchObject({ operator: user, os_user: user, host });
});

test('a whole case from beginning to end', async () => {
  const env = { ADMIN_API_KEY: ADMIN_KEY };
  await machine.run(`${SIGN_IN} --session acme --reason totals --ticket SUP-4711`, env);
  machine.env['KSCLI_SESSION'] = 'acme';
  await machine.run('whoami');
  await machine.run('tags create --name x --color ff8800');
  await machine.run('logout');
  expect(readLines().map(({ event, command, session }) => [event, command, session].join(' '))).toEqual([
    'file.open  ',
    'session.start assume-user acme',
    'request whoami acme',
    'request.intent tags create acme',
    'request tags create acme',
    'session.end logout acme',
  ]);
  const head = (await machine.run('journal head')).stdout.trim();
  expect((await machine.run(`journal verify --head ${head}`)).exit).toBe(0);
});
