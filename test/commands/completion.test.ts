// Completion in real shells, and the text for language models.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { hasTool, testWhere } from '../where.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

/** The words typed so far, the last one perhaps unfinished, and what is offered. */
const CASES: readonly (readonly [words: readonly string[], offered: string])[] = [
  [['fol'], 'folders'],
  [['folders', 'cr'], 'create'],
  [['chunks', 'search', '--no-act'], '--no-active-version-only'],
  [['documents', 'create', '--type', 'PD'], 'PDF'],
  [['-f', 'json', 'tags', 'upd'], 'update'],
  [['--format', 'id'], 'id-only'],
  [['-f', 'ya'], 'yaml'],
  [['settings', 'environment', 'lo'], 'local'],
];

/** Whatever the format is: a script is a script. */
async function write(shell: string): Promise<string> {
  const path = join(home.directory, `kscli.${shell}`);
  const env = { KSCLI_FORMAT: 'json' };
  const [, ...lines] = (await home.kscli(`completion ${shell}`, {}, { env })).split('\n');
  writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
  return path;
}

function offered(command: readonly string[]): string {
  const { stdout, stderr } = Bun.spawnSync([...command], { env: { HOME: home.directory, PATH: '/usr/bin:/bin' } });
  expect(stderr.toString()).toBe('');
  return stdout.toString().trim();
}

testWhere(hasTool('bash'), 'bash', 'bash completes commands, flags and choices', async () => {
  const path = await write('bash');
  for (const [words, expected] of CASES) {
    const script = `source "$0"; COMP_WORDS=(kscli "$@"); COMP_CWORD=$#; _kscli; echo "\${COMPREPLY[@]}"`;
    expect(offered(['bash', '-c', script, path, ...words])).toBe(expected);
  }
});

testWhere(hasTool('zsh'), 'zsh', 'zsh completes commands, flags and choices', async () => {
  const path = await write('zsh');
  for (const [all, expected] of CASES) {
    const script = `source "$0"; compadd() { shift; print -l -- "$@" }; words=(kscli "$@"); CURRENT=$#words; _kscli`;
    const last = all.at(-1) ?? '';
    const lines = offered(['zsh', '-f', '-c', script, path, ...all]).split('\n');
    expect(lines.filter((line) => line.startsWith(last))).toEqual([expected]);
  }
});

testWhere(hasTool('zsh'), 'zsh', 'zsh completes files where a flag takes anything', async () => {
  const path = await write('zsh');
  const script = 'source "$0"; _files() { print files }; words=(kscli "$@"); CURRENT=$#words; _kscli';
  expect(offered(['zsh', '-f', '-c', script, path, 'documents', 'ingest', '--file', ''])).toBe('files');
});

testWhere(hasTool('fish'), 'fish', 'fish completes files where a flag takes anything', async () => {
  const path = await write('fish');
  const script = `source ${path}; cd ${home.directory}; complete -C 'kscli documents ingest --file '`;
  expect(offered(['fish', '--no-config', '-c', script]).split('\n')).toContain('kscli.fish');
  const words = offered(['fish', '--no-config', '-c', `source ${path}; cd ${home.directory}; complete -C 'kscli '`]);
  expect(words).not.toContain('kscli.fish');
});

testWhere(hasTool('fish'), 'fish', 'fish completes commands, flags and choices', async () => {
  const path = await write('fish');
  for (const [words, expected] of CASES) {
    const line = ['kscli', ...words].join(' ');
    const lines = offered(['fish', '--no-config', '-c', `source ${path}; complete -C '${line}'`]).split('\n');
    expect(lines.map((text) => text.split('\t')[0])).toEqual([expected]);
  }
});

test('PowerShell has a script', async () => {
  expect(await home.kscli('completion powershell')).toContain("'documents create --type' = 'PDF DOCX UNKNOWN'");
});

test('agent-help names every command once', async () => {
  const text = await home.kscli('agent-help');
  expect(text).toContain('\nkscli tags attach <tag-id> --path-part-id <uuid> # Attach a tag to a path part\n');
  expect(text.match(/^kscli folders list /gm)).toHaveLength(1);
  expect(text).toContain(
    'kscli chunks create (--version-id <uuid> | --section-id <uuid>) (--content <text> | --content-file <file>) [',
  );
});
