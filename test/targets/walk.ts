// A walk with the binary of any target: what is typed, what it must end with, and what was wrong on the way.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, type Backend, TENANT, USER } from '../backend/server.ts';

export const IDS = ['--tenant-id', TENANT, '--user-id', USER] as const;

export type Ran = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };

/** Runs kscli of one target. */
export type Runner = {
  run(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran>;
  /** A directory that the binary can write, as this machine sees it. */
  readonly home: string;
  /** A path in it, as the binary sees it. */
  locate(path: string): string;
  /** The binary's, with backslashes and cmd. */
  readonly isWindows: boolean;
};

/** @property credentials as this machine sees them @property env of every run @property wrong one line each */
export type Walk = {
  readonly runner: Runner;
  readonly backend: Backend;
  readonly credentials: string;
  readonly env: Record<string, string>;
  readonly wrong: string[];
  /** What it prints; another exit code is noted. */
  expect(exit: number, ...words: string[]): Promise<string>;
  /** Notes what is not as wanted. */
  same(what: string, is: unknown, wanted: unknown): void;
};

export function createWalk(runner: Runner, backend: Backend): Walk {
  const credentials = join(runner.home, 'state/.credentials');
  const env = {
    KSCLI_BASE_URL: backend.url,
    ADMIN_API_KEY: ADMIN_KEY,
    KSCLI_CREDENTIALS_PATH: runner.locate(credentials),
    KSCLI_CONFIG: runner.locate(join(runner.home, 'config.json')),
  };
  const wrong: string[] = [];
  return {
    ...{ runner, backend, credentials, env, wrong },
    expect: async (exit, ...words) => {
      const ran = await runner.run(words, env);
      const last = `${ran.stdout}${ran.stderr}`.trim().split('\n').at(-1);
      if (ran.exit !== exit) wrong.push(`kscli ${words.join(' ')}: exit ${ran.exit} instead of ${exit}: ${last}`);
      return ran.stdout;
    },
    same: (what, is, wanted) => {
      if (is !== wanted) wrong.push(`${what}: ${is} instead of ${wanted}`);
    },
  };
}

/** The kept token is past its end. */
export function expire(credentials: string): void {
  const fields = JSON.parse(readFileSync(credentials, 'utf8'));
  writeFileSync(credentials, JSON.stringify({ ...fields, expires_at: '2020-01-01T00:00:00+00:00' }));
}
