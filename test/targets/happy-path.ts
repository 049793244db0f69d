// The main job, step by step, with a binary of any target: what is typed, what it must end with, what it must have sent.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ADMIN_KEY, startBackend, TENANT, USER } from '../backend/server.ts';

export type Ran = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };

/** Runs kscli of one target. */
export type Runner = {
  run(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran>;
  /** A directory that the binary can write, as this machine sees it. */
  readonly home: string;
  /** A path in it, as the binary sees it. */
  locate(path: string): string;
};

/** What is wrong, one line each; none where all is well. */
export async function walkHappyPath(runner: Runner): Promise<string[]> {
  const backend = startBackend();
  const credentials = join(runner.home, 'state/.credentials');
  const env = {
    KSCLI_BASE_URL: backend.url,
    ADMIN_API_KEY: ADMIN_KEY,
    KSCLI_CREDENTIALS_PATH: runner.locate(credentials),
    KSCLI_CONFIG: runner.locate(join(runner.home, 'config.json')),
  };
  const wrong: string[] = [];
  const expect = async (exit: number, ...words: string[]): Promise<string> => {
    const ran = await runner.run(words, env);
    const last = `${ran.stdout}${ran.stderr}`.trim().split('\n').at(-1);
    if (ran.exit !== exit) wrong.push(`kscli ${words.join(' ')}: exit ${ran.exit} instead of ${exit}: ${last}`);
    return ran.stdout;
  };
  const count = (what: string, is: unknown, wanted: unknown) => {
    if (is !== wanted) wrong.push(`${what}: ${is} instead of ${wanted}`);
  };
  try {
    const version = await expect(0, '--version');
    if (!/^kscli \d+\.\d+\.\d+ \([0-9a-f]{12}\)\n$/.test(version)) wrong.push(`--version prints ${version}`);
    await expect(0, '--help');
    await expect(64, 'nonsense');
    await expect(2, 'whoami');
    await expect(0, 'assume-user', '--tenant-id', TENANT, '--user-id', USER);
    count('whoami', (await expect(0, 'whoami', '-f', 'id-only')).trim(), USER);
    expire(credentials);
    await expect(0, 'whoami', '--format', 'json');
    count('requests for a token', backend.count('POST /v1/auth/assume_user'), 2);
    await expect(0, 'doctor');
    await expect(0, 'settings', 'show');
    await expect(0, 'settings', 'set', 'timeout', '20');
    writeDocuments(join(runner.home, 'documents'));
    const place = ['--name', 'Demo', '--parent-path-part-id', USER, '-f', 'id-only'];
    const folder = (await expect(0, 'folders', 'create', ...place)).trim();
    const upload = ['folders', 'bulk-ingest', runner.locate(join(runner.home, 'documents')), '--folder-id', folder];
    await expect(0, ...upload);
    await expect(0, ...upload);
    count('uploads', backend.count('POST /v1/documents/ingest'), 3);
    const list = ['folders', 'list', '--folder-id', folder, '--show-content', '--max-depth', '3', '--format', 'tree'];
    const tree = ['├── a.pdf', '└── sub', '    ├── b c.pdf', '    └── ü.pdf', ''].join('\n');
    count('tree', sortTree(await expect(0, ...list)), sortTree(tree));
    await expect(0, 'logout');
    await expect(0, 'logout');
    await expect(2, 'whoami');
    return wrong;
  } finally {
    await backend.stop();
  }
}

/** The kept token is past its end. */
export function expire(credentials: string): void {
  const fields = JSON.parse(readFileSync(credentials, 'utf8'));
  writeFileSync(credentials, JSON.stringify({ ...fields, expires_at: '2020-01-01T00:00:00+00:00' }));
}

function writeDocuments(directory: string): void {
  for (const name of ['a.pdf', 'sub/b c.pdf', 'sub/ü.pdf']) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), name);
  }
}

/** By name, whatever the order in which they were uploaded. */
function sortTree(text: string): string {
  return (text.normalize().match(/\w[\w ]*\.pdf|ü\.pdf|sub/g) ?? []).sort().join(' ');
}
