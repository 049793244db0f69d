// The main job, step by step, with a binary of any target.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startBackend, TENANT, USER } from '../backend/server.ts';
import { checkMachine } from './machine.ts';
import { createWalk, expire, IDS, type Runner, type Walk } from './walk.ts';

/** What is wrong, one line each; none where all is well. */
export async function walkHappyPath(runner: Runner): Promise<readonly string[]> {
  const backend = startBackend();
  const walk = createWalk(runner, backend);
  try {
    await signIn(walk);
    await work(walk);
    await checkMachine(walk);
    await leave(walk);
    return walk.wrong;
  } finally {
    await backend.stop();
  }
}

async function signIn({ expect, same, backend, credentials }: Walk): Promise<void> {
  const version = await expect(0, '--version');
  if (!/^kscli \d+\.\d+\.\d+ \([0-9a-f]{12}\)\n$/.test(version)) same('--version', version, 'a version and a commit');
  await expect(0, '--help');
  await expect(64, 'nonsense');
  await expect(2, 'whoami');
  await expect(0, 'assume-user', ...IDS);
  same('whoami', (await expect(0, 'whoami', '-f', 'id-only')).trim(), USER);
  expire(credentials);
  await expect(0, 'whoami', '--format', 'json');
  same('requests for a token', backend.count('POST /v1/auth/assume_user'), 2);
}

async function work({ expect, same, runner, backend }: Walk): Promise<void> {
  await expect(0, 'doctor');
  await expect(0, 'settings', 'show');
  await expect(0, 'settings', 'set', 'timeout', '20');
  const documents = join(runner.home, 'documents');
  writeDocuments(documents);
  const place = ['--name', 'Demo', '--parent-path-part-id', USER, '-f', 'id-only'];
  const folder = (await expect(0, 'folders', 'create', ...place)).trim();
  const upload = ['folders', 'bulk-ingest', runner.locate(documents), '--folder-id', folder];
  await expect(0, ...upload);
  await expect(0, ...upload);
  same('uploads', backend.count('POST /v1/documents/ingest'), 3);
  const list = ['folders', 'list', '--folder-id', folder, '--show-content', '--max-depth', '3', '--format', 'tree'];
  const tree = ['├── a.pdf', '└── sub', '    ├── b c.pdf', '    └── ü.pdf', ''].join('\n');
  same('tree', sortTree(await expect(0, ...list)), sortTree(tree));
  await expect(3, 'folders', 'describe', TENANT);
  const nowhere = ['--base-url', 'http://127.0.0.1:1', '--timeout', '2'];
  await expect(1, 'assume-user', ...IDS, '--session', 'nowhere', ...nowhere);
}

async function leave({ expect }: Walk): Promise<void> {
  await expect(0, 'logout');
  await expect(0, 'logout');
  await expect(2, 'whoami');
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
