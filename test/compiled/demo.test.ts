// bun run demo -- --stay: every example of the README that can be tried works in that shell, and nothing is left behind.

import { expect, test } from 'bun:test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasTool, testWhere } from '../where.ts';

const DEMO = join(import.meta.dir, '../demo.ts');
/** All that it leaves would be found. */
const ENV = { PATH: process.env['PATH'], SHELL: '/bin/sh', TMPDIR: tmpdir() };
const README = readFileSync(join(import.meta.dir, '../../README.md'), 'utf8');

async function stay(script: string) {
  const child = Bun.spawn([process.execPath, DEMO, '--stay'], {
    env: ENV,
    stdin: Buffer.from(script),
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { exit: await child.exited, stdout, stderr };
}

/** The blocks of commands in the section, line by line. */
function listExamples(title: string): string[][] {
  const [section = ''] = new RegExp(`^##+ ${title}\\n[\\s\\S]*?(?=^##+ )`, 'm').exec(README) ?? [];
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block.trimEnd().split('\n'));
}

/** Sections whose examples all end with 0. */
const SECTIONS = [
  'Finding and looking',
  'API commands',
  'Long uploads',
  'Asking a thread',
  'Who may do what',
  'A snapshot to compare later',
  'Sign in with a key of your own',
];

/** What they say on stderr as they go. */
const NEWS =
  /^(Left out .*|HTTP .*|\S+: document .*|\d+ of \d+ rows\.|workflow-\S+: completed|The answer is message .*)\n/gm;

const canFilter = hasTool('jq');
if (!canFilter) console.warn('not run, needs jq: examples of the README that pipe into it');

test('every command that the README shows works there', async () => {
  const blocks = SECTIONS.flatMap(listExamples).map((lines) =>
    lines.filter((line) => canFilter || !/\bjq\b/.test(line)),
  );
  expect(blocks.flat().length).toBeGreaterThan(15);
  const tell = (line: string) => `code=$?; echo; echo "exit $code: ${line.replace(/["$\\`]/g, '\\$&')}"`;
  // Each block by itself: one may export what stops another.
  const script = blocks.map((lines) => `(\n${lines.map((line) => `${line}\n${tell(line)}`).join('\n')}\n)`).join('\n');
  const { exit, stdout, stderr } = await stay(script);
  expect(stderr.replace(NEWS, '')).toBe('');
  expect([...(stdout.match(/^exit .*$/gm) ?? [])]).toEqual(blocks.flat().map((line) => `exit 0: ${line}`));
  expect(exit).toBe(0);
}, 60_000);

test('what the README says of two users holds there', async () => {
  const lines = listExamples('Why can Bob not see it\\?')
    .flat()
    .filter((line) => !line.includes('| jq'));
  const { exit, stdout, stderr } = await stay(lines.map((line) => `${line}\necho "exit $?"`).join('\n'));
  const shown = stdout
    .slice(stdout.indexOf('Authenticated'))
    .replace(/http:\S+/g, '<server>')
    .replace(/\d{4}-\d\d-\d\dT\S+/g, '<time>');
  expect(shown).toMatchInlineSnapshot(`
    "Authenticated as user 00000000-0000-0000-0001-000000000001 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: <time>
    exit 0
    Authenticated as user 00000000-0000-0000-0001-000000000002 in tenant 00000000-0000-0000-0002-000000000001
    Token expires: <time>
    exit 0
    Different: 1 row only in alice. 2 rows are the same.
    alice: user 00000000-0000-0000-0001-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server <server>

    Only in alice:
      00000000-0000-4000-8000-000000000001  Contracts
    exit 5
    exit 0
    The same: 2 rows in bob and in before.json.
    bob: user 00000000-0000-0000-0001-000000000002
    bob: tenant 00000000-0000-0000-0002-000000000001
    bob: server <server>
    exit 0
    "
  `);
  expect([stderr, exit]).toEqual(['', 0]);
});

testWhere(existsSync('/dev/shm'), '/dev/shm', 'the job that leaves no file behind leaves none', async () => {
  const [[...job] = []] = listExamples('In CI without a file left behind');
  const script = ['(', ...job, 'echo "in $KSCLI_CREDENTIALS_PATH"', ')', 'echo "code $?"', 'wc -l < tags.jsonl'].join(
    '\n',
  );
  const { stdout, stderr } = await stay(script);
  expect(stderr).toBe('');
  const [, credentials = ''] = /^in (\S+)$/m.exec(stdout) ?? [];
  expect(credentials).toStartWith('/dev/shm/kscli.');
  expect(existsSync(dirname(credentials))).toBe(false);
  expect(stdout).toMatch(/Lease ends: .*[\s\S]*\ncode 0\n1\n$/);
});

test('its variables are told at the start, and are those of the shell', async () => {
  const names = ['PART', 'FOLDER', 'VERSION', 'CHUNK', 'THREAD', 'TENANT', 'USER_ID', 'WHO'];
  const { stdout } = await stay(names.map((name) => `echo "is ${name} $${name}"`).join('\n'));
  const told = [...stdout.matchAll(/^ {2}\$(\w+) +(\S+)/gm)].map(([, name, value]) => `is ${name} ${value}`);
  expect([...(stdout.match(/^is .*$/gm) ?? [])]).toEqual(told);
  expect(told.map((line) => line.split(' ')[1])).toEqual(names);
  expect(told.every((line) => /[0-9a-f-]{36}$/.test(line))).toBe(true);
});

test('exit ends the backend too and removes the directory, whatever the last command came to', async () => {
  const { exit, stdout } = await stay(
    'echo "at $HOME $KSCLI_BASE_URL"\nkscli whoami -f id-only\nkscli nonsense\nexit 7',
  );
  const [, home = '', url = ''] = /^at (\S+) (\S+)$/m.exec(stdout) ?? [];
  expect(exit).toBe(0);
  expect(stdout).toEndWith('00000000-0000-0000-0001-000000000001\n');
  expect([home !== '', existsSync(home)]).toEqual([true, false]);
  expect(await fetch(url).catch(({ code }) => code)).toBe('ECONNREFUSED');
});

test('at a terminal it asks with its own prompt, and Ctrl-C there ends nothing', async () => {
  let shown = '';
  // What is typed at each prompt, one after the other.
  const typed = ['\x03', 'echo "at $HOME"\r', 'exit\r'];
  const decoder = new TextDecoder();
  const child = Bun.spawn([process.execPath, DEMO, '--stay'], {
    env: { ...ENV, TERM: 'xterm' },
    terminal: {
      cols: 120,
      rows: 24,
      data: (self, bytes) => {
        shown += decoder.decode(bytes, { stream: true });
        if (shown.endsWith('kscli demo $ ')) self.write(typed.shift() ?? '');
      },
    },
  });
  expect(await child.exited).toBe(0);
  child.terminal?.close();
  const home = /^at (\S+)\r$/m.exec(shown)?.[1] ?? '';
  expect([typed, home !== '', existsSync(home)]).toEqual([[], true, false]);
});

test('told to end, it takes the shell and the directory with it', async () => {
  const child = Bun.spawn([process.execPath, DEMO, '--stay'], {
    env: ENV,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  child.stdin.write('echo "at $HOME"\n');
  await child.stdin.flush();
  let stdout = '';
  for await (const piece of child.stdout) {
    stdout += new TextDecoder().decode(piece);
    if (/\nat .*\n/.test(stdout)) break;
  }
  child.kill('SIGTERM');
  expect(await child.exited).toBe(0);
  const home = /^at (\S+)$/m.exec(stdout)?.[1] ?? '';
  expect([home !== '', existsSync(home)]).toEqual([true, false]);
});

test('the demo alone, told to end, leaves nothing either', async () => {
  const child = Bun.spawn([process.execPath, DEMO], { env: ENV, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  // Its first line: the directory is there.
  await child.stdout.getReader().read();
  expect(listHomes()).toHaveLength(1);
  child.kill('SIGTERM');
  expect([await child.exited, await child.stderr.text()]).toEqual([1, '']);
  expect(listHomes()).toEqual([]);
});

function listHomes(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('kscli-test-'));
}
