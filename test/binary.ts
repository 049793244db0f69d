// Runs the compiled binary as a user would: a home of its own, an environment that holds nothing unasked.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ADMIN_KEY, type Backend, startBackend, TENANT, USER } from './backend/server.ts';
import { describeRequest, type Names, splitWords, writeTranscript } from './transcript.ts';

export const BINARY = join(import.meta.dir, '../dist/kscli');

export type Outcome = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };

export type Shown = { readonly exit: number; readonly shown: string };

export type Machine = {
  readonly home: string;
  readonly credentials: string;
  /** Merged into every run. */
  readonly env: Record<string, string>;
  /** The transcript of a command line. */
  kscli(line: string, env?: Record<string, string>): Promise<string>;
  /** The transcript of a script of the shell, which finds kscli on its PATH. */
  shell(script: string, env?: Record<string, string>): Promise<string>;
  run(args: string, env?: Record<string, string>): Promise<Outcome>;
  /** As the first user, at the stand-in backend, which forgets that it was asked. */
  signIn(): Promise<void>;
  /** The fields that a named session holds now; the unnamed one, where none is named. */
  kept(session?: string): Record<string, unknown>;
  /** Gives some of these fields other values. */
  change(fields: object, session?: string): void;
  /** The kept token is past its end. */
  expire(): void;
  start(args: readonly string[], env?: Record<string, string>): Child;
  /** As at a terminal, where both outputs are one. What is typed waits for the end of a question. */
  runInTerminal(args: string, typed?: string, env?: Record<string, string>, columns?: number): Promise<Shown>;
  /** With its backend. */
  remove(): Promise<void>;
};

/** A machine with the server that it talks to. */
export type Site = Machine & { readonly backend: Backend };

/** Each with a server of its own, so that no test sees what another one did. */
export function createSite(env: Record<string, string> = {}): Site {
  const backend = startBackend();
  return { ...createMachine({ KSCLI_BASE_URL: backend.url, ...env }, backend), backend };
}

/** @param backend stopped with the machine; its requests are part of the transcripts */
export function createMachine(env: Record<string, string> = {}, backend?: Backend): Machine {
  if (!existsSync(BINARY)) throw new Error('dist/kscli is missing: run bun build.ts');
  const home = mkdtempSync(join(tmpdir(), 'kscli-test-'));
  const credentials = join(home, 'state', '.credentials');
  const pathOf = (session?: string) => (session === undefined ? credentials : join(`${credentials}.sessions`, session));
  const write = createWriter(home, backend);
  const machine: Machine = {
    home,
    credentials,
    env: { HOME: home, PATH: '/usr/bin:/bin', KSCLI_CREDENTIALS_PATH: credentials, ...env },
    kscli: (line, extra) => write(`kscli ${line}`, finish(machine.start(splitWords(line), extra))),
    shell: (script, extra) => write(script, finish(startShell(script, { ...machine.env, ...extra }, home))),
    run: async (args, extra) => finish(machine.start(args.split(' ').filter(Boolean), extra)),
    signIn: async () => {
      const { stderr } = await machine.run(`assume-user --tenant-id ${TENANT} --user-id ${USER}`, {
        ADMIN_API_KEY: ADMIN_KEY,
      });
      if (stderr !== '') throw new Error(stderr);
      if (backend) backend.requests.length = 0;
    },
    kept: (session) => JSON.parse(readFileSync(pathOf(session), 'utf8')),
    change: (fields, session) =>
      writeFileSync(pathOf(session), JSON.stringify({ ...machine.kept(session), ...fields }), { mode: 0o600 }),
    expire: () => machine.change({ expires_at: '2020-01-01T00:00:00+00:00' }),
    start: (args, extra) => spawn([BINARY, ...args], { ...machine.env, ...extra }, home),
    runInTerminal: (...line) => runInTerminal(machine, ...line),
    remove: async () => {
      await backend?.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
  return machine;
}

type Child = Bun.Subprocess<'ignore', 'pipe', 'pipe'>;

function spawn(command: string[], env: Record<string, string>, cwd: string): Child {
  return Bun.spawn(command, { cwd, env, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
}

function startShell(script: string, env: Record<string, string>, cwd: string): Child {
  return spawn(['sh', '-c', script], { ...env, PATH: `${dirname(BINARY)}:${env['PATH']}` }, cwd);
}

export async function finish(process: Child): Promise<Outcome> {
  const [stdout, stderr] = await Promise.all([process.stdout.text(), process.stderr.text()]);
  return { exit: await process.exited, stdout, stderr };
}

/** Without what only --debug tells. */
export function dropDebug(outcome: Outcome): Outcome {
  return { ...outcome, stderr: outcome.stderr.replace(/^Debug: .*\n/gm, '') };
}

/** How a process says, with --debug, that another one renews the token. */
export const WAITING = 'Debug: Waiting for another kscli that renews the token';

/** @property said whether the words came on stderr: settled as soon as they do, at the end where they never do */
export type Followed = { readonly said: Promise<boolean>; readonly outcome: Promise<Outcome> };

export function follow(process: Child, words: string): Followed {
  const said = Promise.withResolvers<boolean>();
  const read = async (): Promise<string> => {
    const decoder = new TextDecoder();
    let stderr = '';
    for await (const piece of process.stderr) {
      stderr += decoder.decode(piece, { stream: true });
      if (stderr.includes(words)) said.resolve(true);
    }
    said.resolve(false);
    return stderr;
  };
  const outcome = Promise.all([process.exited, process.stdout.text(), read()]);
  return { said: said.promise, outcome: outcome.then(([exit, stdout, stderr]) => ({ exit, stdout, stderr })) };
}

/** Settles once so many of them have said their words. */
export function waitUntilSaid(children: readonly Followed[], count: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = 0;
  let ended = 0;
  for (const child of children) {
    child.said.then((isSaid) => {
      if (isSaid && ++said === count) resolve();
      if (!isSaid && ++ended > children.length - count) reject(new Error(`only ${said} of ${count} said their words`));
    }, reject);
  }
  return promise;
}

/** Tokens are named by the order in which they are first seen on this machine; of times only those to come. */
function createWriter(
  home: string,
  backend?: Backend,
): (command: string, running: Promise<Outcome>) => Promise<string> {
  const start = Date.now();
  const tokens: string[] = [];
  const names: Names = [
    [home, '~'],
    ...(backend
      ? ([
          [backend.url, '<server>'],
          [new URL(backend.url).host, '<host>'],
        ] as const)
      : []),
    [/sk-user-[0-9a-f]{32}/g, '<key>'],
    [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, (token) => `<token ${tokens.indexOf(token) + 1 || tokens.push(token)}>`],
    [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00/g, (time) => (Date.parse(time) > start ? '<time>' : time)],
  ];
  return async (command, running) => {
    const before = backend?.requests.length;
    const outcome = await running;
    const sent = backend?.requests.slice(before) ?? [];
    const requests = sent.map(({ route, headers, body }) => describeRequest(route, headers, body));
    return writeTranscript({ command, requests, ...outcome }, names);
  };
}

/** The end of a question. */
const ASKING = /\? |\(it is not shown\): /;

async function runInTerminal(
  machine: Machine,
  args: string,
  typed?: string,
  extra?: Record<string, string>,
  columns = 80,
): Promise<Shown> {
  let shown = '';
  const decoder = new TextDecoder();
  const terminal = {
    cols: columns,
    rows: 24,
    data: (self: Bun.Terminal, bytes: Uint8Array) => {
      const isAsked = ASKING.test(shown);
      shown += decoder.decode(bytes, { stream: true });
      if (typed !== undefined && !isAsked && ASKING.test(shown)) self.write(typed);
    },
  };
  const env = { ...machine.env, TERM: 'xterm', ...extra };
  const child = Bun.spawn([BINARY, ...args.split(' ').filter(Boolean)], { cwd: machine.home, env, terminal });
  const exit = await child.exited;
  child.terminal?.close();
  return { exit, shown };
}
