// Runs the compiled binary as a user would: a home of its own, an environment that holds nothing unasked.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from './backend/server.ts';

export const BINARY = join(import.meta.dir, '../dist/kscli');

export type Outcome = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };

export type Shown = { readonly exit: number; readonly shown: string };

export type Machine = {
  readonly home: string;
  readonly credentials: string;
  /** Merged into every run. */
  readonly env: Record<string, string>;
  run(args: string, env?: Record<string, string>): Promise<Outcome>;
  /** As the first user, at the stand-in backend. */
  signIn(): Promise<void>;
  /** The kept token is past its end. */
  expire(): void;
  start(args: readonly string[], env?: Record<string, string>): Bun.Subprocess<'ignore', 'pipe', 'pipe'>;
  /** As at a terminal, where both outputs are one. What is typed waits for the end of a question. */
  runInTerminal(args: string, typed?: string, env?: Record<string, string>, columns?: number): Promise<Shown>;
  remove(): void;
};

export function createMachine(env: Record<string, string> = {}): Machine {
  if (!existsSync(BINARY)) throw new Error('dist/kscli is missing: run bun build.ts');
  const home = mkdtempSync(join(tmpdir(), 'kscli-test-'));
  const credentials = join(home, 'state', '.credentials');
  const machine: Machine = {
    home,
    credentials,
    env: { HOME: home, PATH: '/usr/bin:/bin', KSCLI_CREDENTIALS_PATH: credentials, ...env },
    run: async (args, extra) => finish(machine.start(args.split(' ').filter(Boolean), extra)),
    signIn: async () => {
      const { stderr } = await machine.run(`assume-user --tenant-id ${TENANT} --user-id ${USER}`, {
        ADMIN_API_KEY: ADMIN_KEY,
      });
      if (stderr !== '') throw new Error(stderr);
    },
    expire: () => {
      const fields = JSON.parse(readFileSync(credentials, 'utf8'));
      writeFileSync(credentials, JSON.stringify({ ...fields, expires_at: '2020-01-01T00:00:00+00:00' }));
    },
    start: (args, extra) =>
      Bun.spawn([BINARY, ...args], {
        cwd: home,
        env: { ...machine.env, ...extra },
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
      }),
    runInTerminal: async (args, typed, extra, columns = 80) => {
      let shown = '';
      const decoder = new TextDecoder();
      const terminal = {
        cols: columns,
        rows: 24,
        data: (self: Bun.Terminal, bytes: Uint8Array) => {
          const isAsked = shown.includes('? ');
          shown += decoder.decode(bytes, { stream: true });
          if (typed !== undefined && !isAsked && shown.includes('? ')) self.write(typed);
        },
      };
      const env = { ...machine.env, TERM: 'xterm', ...extra };
      const child = Bun.spawn([BINARY, ...args.split(' ').filter(Boolean)], { cwd: home, env, terminal });
      const exit = await child.exited;
      child.terminal?.close();
      return { exit, shown };
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
  return machine;
}

export async function finish(process: Bun.Subprocess<'ignore', 'pipe', 'pipe'>): Promise<Outcome> {
  const [stdout, stderr] = await Promise.all([process.stdout.text(), process.stderr.text()]);
  return { exit: await process.exited, stdout, stderr };
}
