// bun run demo -- --stay: a shell that is signed in to the stand-in backend, with something there to look at. What is done
// in it stays in a directory of its own, which goes with the shell.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Backend, OTHER_USER, TENANT, USER } from './backend/server.ts';
import type { Row } from './backend/store.ts';
import { BINARY, type Machine } from './binary.ts';

/** Variables that the examples of the README use. */
type Names = 'PART' | 'FOLDER' | 'VERSION' | 'CHUNK' | 'THREAD' | 'TENANT' | 'USER_ID' | 'WHO';

const MEANINGS: Readonly<Record<Names, string>> = {
  PART: 'path part of the folder Demo',
  FOLDER: 'the folder itself',
  VERSION: 'a version of the document in it',
  CHUNK: 'a chunk of that version',
  THREAD: 'a thread',
  TENANT: 'the tenant',
  USER_ID: 'the user that commands act as',
  WHO: 'another user, who does not see the folder Contracts',
};

/** Taken over from the caller's own shell, beside what a test machine has. */
const KEPT = ['TERM', 'COLORTERM', 'LANG', 'LC_ALL', 'TZ', 'USER'];

/** Settles when the shell has ended, however that was. */
export async function play(backend: Backend, machine: Machine): Promise<void> {
  await machine.signIn();
  const values = fill(backend);
  writeFiles(machine.home, backend.apiKeys.create({ userId: USER, tenantId: TENANT }));
  tell(values);
  const shell = process.env['SHELL'] || '/bin/sh';
  const kept = KEPT.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  let child: Bun.Subprocess | undefined;
  // The shell decides what Ctrl-C means; when this process is told to end, the shell goes first and the directory last.
  const ignore = () => undefined;
  const end = () => child?.kill('SIGHUP');
  process.on('SIGINT', ignore).on('SIGTERM', end).on('SIGHUP', end);
  child = Bun.spawn([shell], {
    cwd: machine.home,
    env: {
      ...Object.fromEntries(kept),
      ...machine.env,
      ...values,
      PATH: `${dirname(BINARY)}:${process.env['PATH']}`,
      PS1: 'kscli demo $ ',
    },
    stdio: ['inherit', 'inherit', 'inherit'],
  });
  await child.exited;
  process.off('SIGINT', ignore).off('SIGTERM', end).off('SIGHUP', end);
}

function fill(backend: Backend): Readonly<Record<Names, string>> {
  const { store } = backend.resources;
  const folder = store.create('folders', {
    name: 'Demo',
    part_type: 'FOLDER',
    parent_path_part_id: null,
  });
  const year = store.create('folders', {
    name: '2026',
    part_type: 'FOLDER',
    parent_path_part_id: folder['path_part_id'],
  });
  store.create('documents', {
    name: 'Budget.xlsx',
    part_type: 'DOCUMENT',
    document_type: 'XLSX',
    document_origin: 'SOURCE',
    parent_path_part_id: year['path_part_id'],
  });
  const document = store.create('documents', {
    name: 'Annual report.pdf',
    part_type: 'DOCUMENT',
    document_type: 'PDF',
    document_origin: 'SOURCE',
    parent_path_part_id: folder['path_part_id'],
  });
  const version = store.create('document_versions', {
    document_id: document['id'],
    version: 1,
    name: 'v1',
    part_type: 'DOCUMENT_VERSION',
    parent_path_id: document['path_part_id'],
  });
  store.change(document, { active_version_id: version['id'] });
  const section = (name: string) =>
    store.create('sections', { name, part_type: 'SECTION', parent_path_id: version['path_part_id'] });
  const chunk = (above: Row, chunk_type: string, content: string) =>
    store.create('chunks', { chunk_type, content, part_type: 'CHUNK', parent_path_id: above['path_part_id'] });
  const results = section('Results');
  const growth = chunk(results, 'TEXT', 'The revenue of 2025 grew by a tenth.');
  chunk(results, 'TABLE', 'revenue 2025 | 11');
  chunk(section('Outlook'), 'TEXT', 'We expect the same of 2026.');
  grant(backend, [folder, store.rows('folders').find(({ name }) => name === 'Reports')]);
  store.create('tags', { name: 'urgent', color: 'ff0000', description: null });
  const thread = store.create('threads', { title: 'Questions', name: 'Questions', part_type: 'THREAD' });
  return {
    PART: String(folder['path_part_id']),
    FOLDER: String(folder['id']),
    VERSION: String(version['id']),
    CHUNK: String(growth['id']),
    THREAD: String(thread['id']),
    TENANT,
    USER_ID: USER,
    WHO: OTHER_USER,
  };
}

/** The user that acts is an admin; the other one reads these folders, as one of a group. */
function grant({ resources: { store }, held }: Backend, folders: readonly (Row | undefined)[]): void {
  for (const user of [USER, OTHER_USER]) held.add(user);
  for (const row of store.rows('tenant_users')) store.change(row, { role: 'ADMIN' });
  store.create('tenant_users', { user_id: OTHER_USER, email: 'other@example.com', role: 'USER', deactivated_on: null });
  const { id: group_id } = store.create('groups', { name: 'Finance', description: null, member_count: 1 });
  store.create('members', { group_id, user_id: OTHER_USER });
  for (const folder of folders)
    store.create('group_permissions', { group_id, path_part_id: folder?.['path_part_id'], capability: 'READ_ONLY' });
}

function writeFiles(home: string, key: string): void {
  mkdirSync(join(home, 'reports/2026'), { recursive: true });
  for (const name of ['report.pdf', 'reports/summary.pdf', 'reports/2026/january.docx', 'reports/notes.md'])
    writeFileSync(join(home, name), `${name}\n`);
  writeFileSync(join(home, 'chunk.txt'), 'The revenue of 2025 grew by an eleventh.\n');
  writeFileSync(join(home, 'key.txt'), `${key}\n`, { mode: 0o600 });
  writeFileSync(join(home, 'changes.json'), '{"title": "Answers"}\n');
  const prompt = "PS1='kscli demo $ '";
  writeFileSync(join(home, '.bashrc'), `${prompt}\nsource <(kscli completion bash)\n`);
  // Without such a file zsh asks its new user a page of questions.
  writeFileSync(
    join(home, '.zshrc'),
    `${prompt}\nautoload -Uz compinit && compinit -D\nsource <(kscli completion zsh)\n`,
  );
}

function tell(values: Readonly<Record<Names, string>>): void {
  const names = Object.keys(MEANINGS) as Names[];
  console.log(
    'A shell that is signed in to a stand-in backend on this machine. `exit` ends both and leaves nothing behind.',
  );
  console.log(
    'Here are report.pdf, chunk.txt, changes.json, key.txt (an API key) and the directory reports. These variables are set:\n',
  );
  for (const name of names) console.log(`  $${name.padEnd(8)} ${values[name]}  ${MEANINGS[name]}`);
  console.log('\nTry: kscli folders list --folder-id "$FOLDER" --show-content -f tree\n');
}
