// The credentials file among unsafe files, unsafe directories, full disks and other users, on the compiled binary.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import {
  chmodSync,
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { BINARY, createMachine, finish, type Machine, type Outcome } from '../binary.ts';
import { canMount, hasTool, IS_ROOT, testWhere } from '../where.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const STRANGER = 12345;

let backend: Backend;
let machine: Machine;
let directory: string;
beforeAll(() => {
  backend = startBackend();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  machine = createMachine({ KSCLI_BASE_URL: backend.url, ADMIN_API_KEY: ADMIN_KEY });
  directory = dirname(machine.credentials);
  await machine.run(LINE);
  backend.requests.length = 0;
});
afterEach(() => machine.remove());

async function shell(script: string, env: Record<string, string> = {}): Promise<Outcome> {
  const command = ['sh', '-c', script];
  const options = { cwd: '/', env: { ...machine.env, KSCLI: BINARY, C: machine.credentials, D: directory, ...env } };
  return finish(Bun.spawn(command, { ...options, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' }));
}

async function expectRefusedFile(why: string): Promise<void> {
  const { exit, stderr } = await machine.run('whoami');
  expect(stderr).toContain(why);
  expect(stderr).toStartWith('Error: Not authenticated. Run: kscli assume-user ');
  expect(exit).toBe(2);
  expect(backend.requests).toEqual([]);
}

async function expectRefusedDirectory(why: string): Promise<void> {
  for (const line of ['whoami', LINE, 'logout']) {
    const { exit, stderr } = await machine.run(line);
    expect(stderr).toStartWith('Error: Unsafe place for credentials: ');
    expect(stderr).toContain(why);
    expect(stderr).toContain('KSCLI_CREDENTIALS_PATH');
    expect(exit).toBe(1);
  }
  expect(backend.requests).toEqual([]);
}

async function expectReplaced(): Promise<void> {
  expect(await machine.run(LINE)).toMatchObject({ exit: 0, stderr: '' });
  expect(lstatSync(machine.credentials).isFile()).toBe(true);
  expect(lstatSync(machine.credentials).mode & 0o777).toBe(0o600);
  backend.requests.length = 0;
  expect((await machine.run('whoami')).exit).toBe(0);
}

test('a FIFO is refused at once, and replaced', async () => {
  rmSync(machine.credentials);
  await shell('mkfifo "$C"');
  await expectRefusedFile('is not a regular file');
  await expectReplaced();
});

test('a directory in place of the file means .credentials inside it', async () => {
  rmSync(machine.credentials);
  mkdirSync(machine.credentials, { mode: 0o700 });
  expect((await machine.run(LINE)).exit).toBe(0);
  expect(statSync(`${machine.credentials}/.credentials`).mode & 0o777).toBe(0o600);
  expect((await machine.run('whoami')).exit).toBe(0);
  mkdirSync(`${directory}/other/.credentials`, { recursive: true, mode: 0o700 });
  const { exit, stderr } = await machine.run('whoami', { KSCLI_CREDENTIALS_PATH: `${directory}/other` });
  expect([exit, stderr]).toEqual([2, expect.stringContaining('is not a regular file')]);
});

test('10 MB are refused, and replaced', async () => {
  writeFileSync(machine.credentials, Buffer.alloc(10_000_000, ' '));
  await expectRefusedFile('is larger than 65536 bytes');
  await expectReplaced();
});

test('a file that others can write is refused', async () => {
  chmodSync(machine.credentials, 0o620);
  await expectRefusedFile('can be written by other users');
  await expectReplaced();
});

test('a file that others can read is tightened, once with a warning', async () => {
  chmodSync(machine.credentials, 0o644);
  const { exit, stderr } = await machine.run('whoami');
  expect([exit, stderr]).toEqual([
    0,
    `Warning: ${machine.credentials} could be read by other users. Its mode is now 0600.\n`,
  ]);
  expect(statSync(machine.credentials).mode & 0o777).toBe(0o600);
  expect((await machine.run('whoami')).stderr).toBe('');
});

test('writing never follows a link', async () => {
  const target = `${machine.home}/target`;
  writeFileSync(target, 'untouched');
  rmSync(machine.credentials);
  symlinkSync(target, machine.credentials);
  await expectReplaced();
  expect(readFileSync(target, 'utf8')).toBe('untouched');
  rmSync(machine.credentials);
  symlinkSync(`${machine.home}/nowhere`, machine.credentials);
  await expectReplaced();
});

test('a chain of links without an end is refused', async () => {
  rmSync(machine.credentials);
  symlinkSync(machine.credentials, machine.credentials);
  await expectRefusedFile('is a chain of links without an end');
});

test('files mounted by a container platform: links in a sticky directory, 0444', async () => {
  mkdirSync(`${machine.home}/secret/..data`, { recursive: true });
  chmodSync(`${machine.home}/secret`, 0o1777);
  renameSync(machine.credentials, `${machine.home}/secret/..data/credentials`);
  chmodSync(`${machine.home}/secret/..data/credentials`, 0o444);
  symlinkSync('..data/credentials', `${machine.home}/secret/credentials`);
  expect((await machine.run('whoami', { KSCLI_CREDENTIALS_PATH: `${machine.home}/secret/credentials` })).exit).toBe(0);
});

test('a world-writable directory is refused; with the sticky bit it is not', async () => {
  chmodSync(directory, 0o777);
  await expectRefusedDirectory(`${directory} can be written by other users`);
  expect(statSync(directory).mode & 0o777).toBe(0o777);
  chmodSync(directory, 0o1777);
  expect((await machine.run('whoami')).exit).toBe(0);
});

test('so is one further up, and one behind a link', async () => {
  mkdirSync(`${machine.home}/open/inner`, { recursive: true });
  chmodSync(`${machine.home}/open`, 0o777);
  symlinkSync(`${machine.home}/open/inner`, `${machine.home}/link`);
  machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/link/.credentials`;
  await expectRefusedDirectory(`${machine.home}/open can be written by other users`);
});

test('a file-size limit of 0 keeps the old file and is told', async () => {
  const before = readFileSync(machine.credentials, 'utf8');
  const { exit, stderr } = await shell(`trap '' XFSZ; ulimit -f 0; exec "$KSCLI" ${LINE}`);
  expect(stderr).toContain('cannot be changed: it is too large');
  expect(exit).toBe(1);
  expect(readFileSync(machine.credentials, 'utf8')).toBe(before);
});

testWhere(hasTool('strace'), 'strace', 'with umask 000, no file is ever wider than 0600', async () => {
  const { stderr } = await shell(`umask 000; strace -f -e trace=open,openat,creat,mkdir,mkdirat "$KSCLI" ${LINE}`, {
    KSCLI_CREDENTIALS_PATH: `${machine.home}/new/.credentials`,
  });
  const created = stderr
    .split('\n')
    .filter((line) => line.includes(`${machine.home}/new`) && /O_CREAT|mkdir/.test(line));
  expect(created.length).toBeGreaterThanOrEqual(3);
  expect(created.filter((line) => !/, 0[67]00\)/.test(line))).toEqual([]);
});

testWhere(
  canMount(),
  'root that may mount',
  'a full disk keeps the old file; a command goes on with the new token',
  async () => {
    machine.expire();
    const { stdout, exit } = await shell(`
    exec 2>&1; unshare -m sh -c '
      mkdir /tmp/kscli-full-$$ && mount -t tmpfs -o size=64k,mode=700 none /tmp/kscli-full-$$ && cd /tmp/kscli-full-$$ || exit 99
      cp "$C" .credentials; chmod 600 .credentials; before=$(cksum < .credentials)
      head -c 100000 /dev/zero > filler 2>/dev/null
      KSCLI_CREDENTIALS_PATH=$PWD/.credentials "$KSCLI" whoami -f id-only; echo "exit $?"
      KSCLI_CREDENTIALS_PATH=$PWD/.credentials "$KSCLI" ${LINE}; echo "exit $?"
      [ "$before" = "$(cksum < .credentials)" ] && echo same; ls -A | grep tmp
      cd /; umount /tmp/kscli-full-$$; rmdir /tmp/kscli-full-$$'`);
    expect(exit).toBe(0);
    expect(stdout).toContain(`cannot be changed: no space left on the device. The new token is used, but not kept.\n`);
    expect(stdout).toContain(`${USER}\n`);
    expect(stdout).toMatch(/exit 0\n.*no space left.*\n.*\nexit 1\nsame\n$/s);
  },
);

testWhere(
  canMount(),
  'root that may mount',
  'a read-only directory: the new token is used, with one warning',
  async () => {
    machine.expire();
    const { stdout } = await shell(`
    exec 2>&1; unshare -m sh -c 'mount --bind "$D" "$D" && mount -o remount,ro,bind "$D" || exit 99
      "$KSCLI" whoami -f id-only; echo "exit $?"; "$KSCLI" ${LINE}; echo "exit $?"'`);
    expect(stdout.match(/Warning: /g)).toHaveLength(1);
    expect(stdout).toContain(': the file system is read-only. The new token is used, but not kept.');
    expect(stdout).toContain(`${USER}\nexit 0\n`);
    expect(stdout).toContain('Error: The credentials file');
    expect(stdout).toEndWith('exit 1\n');
  },
);

testWhere(IS_ROOT, 'root', 'what belongs to another user is refused', async () => {
  chownSync(machine.credentials, STRANGER, STRANGER);
  await expectRefusedFile('belongs to another user');
  await expectReplaced();
  backend.requests.length = 0;
  chownSync(directory, STRANGER, STRANGER);
  await expectRefusedDirectory(`${directory} belongs to another user`);
});

testWhere(IS_ROOT, 'root', 'a link of another user is refused, as directory and as file', async () => {
  chmodSync(machine.home, 0o1777);
  symlinkSync(directory, `${machine.home}/link`);
  lchownSync(`${machine.home}/link`, STRANGER, STRANGER);
  machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/link/.credentials`;
  await expectRefusedDirectory(`${machine.home}/link is a link that belongs to another user`);
  symlinkSync(machine.credentials, `${machine.home}/.credentials`);
  lchownSync(`${machine.home}/.credentials`, STRANGER, STRANGER);
  machine.env['KSCLI_CREDENTIALS_PATH'] = `${machine.home}/.credentials`;
  await expectRefusedFile('is a link that belongs to another user');
});

testWhere(
  IS_ROOT && hasTool('setpriv'),
  'root and setpriv',
  'a second user on the same path is refused and told what to do',
  async () => {
    mkdirSync(`${machine.home}/shared`);
    chmodSync(machine.home, 0o755);
    chmodSync(`${machine.home}/shared`, 0o1777);
    const path = `${machine.home}/shared/kscli/.credentials`;
    const as = (user: number, line: string) =>
      shell(`exec setpriv --reuid ${user} --regid ${user} --clear-groups "$KSCLI" ${line}`, {
        KSCLI_CREDENTIALS_PATH: path,
      });
    expect((await as(STRANGER, LINE)).exit).toBe(0);
    for (const line of ['whoami', LINE]) {
      const { exit, stderr } = await as(STRANGER + 1, line);
      expect(stderr).toContain(`${machine.home}/shared/kscli belongs to another user`);
      expect(stderr).toContain('KSCLI_CREDENTIALS_PATH');
      expect(exit).toBe(1);
    }
    expect((await as(STRANGER, 'whoami')).exit).toBe(0);
  },
);

testWhere(IS_ROOT, 'root', 'a device is refused at once', async () => {
  const { exit, stderr } = await machine.run('whoami', { KSCLI_CREDENTIALS_PATH: '/dev/zero' });
  expect([exit, stderr]).toEqual([2, expect.stringContaining('is not a regular file')]);
});
