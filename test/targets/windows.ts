// What only Windows has, under Wine: locks and renames of files that are open, its paths, its console and code pages.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from '../backend/server.ts';
import { expire, type Ran } from './happy-path.ts';
import type { Opened } from './runners.ts';

const MANY = 10;

/** @property credentials as this machine sees them */
type Site = {
  readonly opened: Opened;
  readonly backend: Backend;
  readonly credentials: string;
  readonly env: Record<string, string>;
  kscli(...words: string[]): Promise<Ran>;
};

/** What is wrong, one line each; none where all is well. */
export async function checkWindows(opened: Opened): Promise<string[]> {
  const backend = startBackend();
  const credentials = join(opened.home, 'windows/.credentials');
  const env = {
    KSCLI_BASE_URL: backend.url,
    ADMIN_API_KEY: ADMIN_KEY,
    KSCLI_TENANT_ID: TENANT,
    KSCLI_USER_ID: USER,
    KSCLI_CREDENTIALS_PATH: opened.locate(credentials),
  };
  const kscli = (...words: string[]) => opened.run(words, env);
  const site: Site = { opened, backend, credentials, env, kscli };
  try {
    const wrong: string[] = [];
    for (const [name, check] of Object.entries(CHECKS)) {
      await kscli('assume-user');
      const fault = await check(site);
      if (fault !== undefined) wrong.push(`${name}: ${fault}`);
    }
    return wrong;
  } finally {
    await backend.stop();
  }
}

const CHECKS: Readonly<Record<string, (site: Site) => Promise<string | undefined>>> = {
  'ten commands with an expired token make one request': async ({ credentials, backend, kscli }) => {
    expire(credentials);
    const before = backend.count('POST /v1/auth/assume_user');
    const all = await Promise.all(Array.from({ length: MANY }, () => kscli('whoami', '-f', 'id-only')));
    const answered = all.filter(({ stdout }) => stdout.trim() === USER).length;
    const asked = backend.count('POST /v1/auth/assume_user') - before;
    return answered === MANY && asked === 1 ? undefined : `${answered} answers, ${asked} requests`;
  },
  'a file that another process reads is replaced whole, or not at all': async ({ opened, credentials, kscli }) => {
    const held = opened.run(['version'], {});
    const readers = Array.from({ length: MANY }, () => kscli('sessions', 'list', '-f', 'json'));
    const writers = await Promise.all(Array.from({ length: 4 }, () => kscli('assume-user')));
    const read = await Promise.all(readers);
    await held;
    JSON.parse(readFileSync(credentials, 'utf8'));
    const failed = [...writers, ...read].find(({ exit }) => exit !== 0);
    return failed && `exit ${failed.exit}: ${failed.stderr}`;
  },
  'a path with a drive, and one for the system itself, name the same file': async ({ opened, credentials, env }) => {
    const path = `\\\\?\\${opened.locate(credentials)}`;
    const { stdout, stderr } = await opened.run(['whoami', '-f', 'id-only'], { ...env, KSCLI_CREDENTIALS_PATH: path });
    return stdout.trim() === USER ? undefined : stderr;
  },
  'code page 850 changes no byte of an output': async ({ opened, env, kscli }) => {
    const name = 'Zürich ŁŃ';
    await kscli('tags', 'create', '--name', name, '--color', '#ff0000');
    const program = opened.command.at(-1) ?? '';
    const inConsole = [...opened.command.slice(0, -1), 'cmd', '/c', `chcp 850 >nul & ${program} tags list -f json`];
    const child = Bun.spawn(inConsole, {
      env: { ...opened.environment, ...env },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const stdout = await child.stdout.text();
    return stdout.includes(name) && !stdout.includes('\r\n') ? undefined : stdout.slice(0, 200);
  },
  'a question waits for its answer, and a no changes nothing': async (site) => {
    const { stdout } = await site.kscli('tags', 'create', '--name', 'kept', '--color', '#00ff00', '-f', 'id-only');
    const { exit, shown } = await inConsole(site, ['tags', 'delete', stdout.trim()], '[y/N]', 'n\r');
    const deleted = site.backend.count(`DELETE /v1/tags/${stdout.trim()}`);
    return exit === 1 && deleted === 0 ? undefined : `exit ${exit}, ${deleted} deletes: ${shown}`;
  },
  'Ctrl-C ends a command that waits': async (site) => {
    const held = site.backend.hold('GET /v1/users/me');
    const running = inConsole(site, ['whoami', '--timeout', '30'], held.reached, '\x03');
    const { exit, shown } = await running;
    held.release();
    return exit === 130 ? undefined : `exit ${exit}: ${shown}`;
  },
};

/** At a console: what is typed once the words are shown, or something has happened. */
async function inConsole(
  { opened, env }: Site,
  words: readonly string[],
  until: string | Promise<void>,
  typed: string,
) {
  let shown = '';
  let awaited = typeof until === 'string' ? until : undefined;
  const decoder = new TextDecoder();
  const child = Bun.spawn([...opened.command, ...words], {
    env: { ...opened.environment, ...env, TERM: 'xterm' },
    terminal: {
      cols: 200,
      rows: 40,
      data: (terminal, bytes) => {
        shown += decoder.decode(bytes, { stream: true });
        if (awaited === undefined || !shown.includes(awaited)) return;
        // A key that comes before Wine has taken the terminal over is another one, and shown as such.
        awaited = '^J';
        shown = shown.replaceAll('^J', '');
        terminal.write(typed);
      },
    },
  });
  if (typeof until !== 'string') {
    await Promise.race([until, child.exited]);
    if (child.exitCode === null) child.terminal?.write(typed);
  }
  const exit = await child.exited;
  child.terminal?.close();
  return { exit, shown: shown.slice(-300) };
}
