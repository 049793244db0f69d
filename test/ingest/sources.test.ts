// kscli folders bulk-ingest: which files are taken: --exclude, --files-from, special files and odd names.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder, type Folder, LIST, NOTHING } from './folder.ts';

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

const PART = '00000000-0000-0000-0001-000000000001';
const FOLDERS = `GET /v1/folders?parent_path_part_id=${PART}&limit=100&offset=0`;

/** Paths that would be uploaded, and what is said. */
async function take(flags: string, stdin = '', hasFolders = true): Promise<string> {
  const stubs = { [LIST]: NOTHING, ...(hasFolders && { [FOLDERS]: NOTHING }) };
  const shown = await folder.bulk(`--dry-run -f tree ${flags}`, stubs, { stdin });
  return shown
    .split('\n')
    .filter((line) => !line.startsWith('> '))
    .join('\n');
}

const TREE = ['a.pdf', 'draft-a.pdf', 'one/b.pdf', 'one/draft-b.pdf', 'one/two/c.pdf', 'two/d.pdf', '.git/e.pdf'];

const PATTERNS: readonly [flags: string, taken: string[]][] = [
  ["--exclude 'draft-*'", ['.git/e.pdf', 'a.pdf', 'one/b.pdf', 'one/two/c.pdf', 'two/d.pdf']],
  ['--exclude one', ['.git/e.pdf', 'a.pdf', 'draft-a.pdf', 'two/d.pdf']],
  ['--exclude two/', ['.git/e.pdf', 'a.pdf', 'draft-a.pdf', 'one/b.pdf', 'one/draft-b.pdf']],
  ['--exclude /two', ['.git/e.pdf', 'a.pdf', 'draft-a.pdf', 'one/b.pdf', 'one/draft-b.pdf', 'one/two/c.pdf']],
  ["--exclude 'one/**'", ['.git/e.pdf', 'a.pdf', 'draft-a.pdf', 'two/d.pdf']],
  ["--exclude '**/two/*.pdf' --exclude '.*'", ['a.pdf', 'draft-a.pdf', 'one/b.pdf', 'one/draft-b.pdf']],
  ["--exclude '{one,two,.git}' --exclude a.pdf/", ['a.pdf', 'draft-a.pdf']],
];

test.each(PATTERNS)('%s', async (flags, taken) => {
  folder.put(...TREE);
  const shown = await take(
    flags,
    '',
    taken.some((path) => path.includes('/')),
  );
  const paths = shown.split('\n').flatMap((line) => /── (.*): planned$/.exec(line)?.[1] ?? []);
  expect(paths).toEqual(taken);
  expect(shown).toContain('excluded ');
});

test.each(["''", '/', '!a.pdf', './'])('--exclude %s is wrong usage', async (pattern) => {
  folder.put('a.pdf');
  expect(await folder.bulk(`--dry-run --exclude ${pattern}`, {})).toMatchSnapshot();
});

const LISTS: readonly [what: string, text: string][] = [
  ['a line a path', 'a.pdf\none/b.pdf\n'],
  ['no line end at the end', 'a.pdf\none/b.pdf'],
  ['lines of Windows, and a mark in front', '\ufeffa.pdf\r\none/b.pdf\r\n'],
  ['NUL behind each path', 'a.pdf\0one/b.pdf\0'],
  ['blank lines, and a path twice', '\n./a.pdf\n\na.pdf\none/../one/b.pdf\n'],
];

test.each(LISTS)('--files-from takes %s', async (_what, text) => {
  folder.put(...TREE);
  expect(await take('--files-from -', text)).toBe(`├── a.pdf: planned
└── one/b.pdf: planned
! Uploaded 0, skipped 0, failed 0, to upload 2
exit 0`);
});

test('a list comes from a file too, with paths from the root, and names with a line break', async () => {
  folder.put('a\nb.pdf', 'notes.md');
  const path = join(folder.home.directory, 'list');
  writeFileSync(path, `${folder.path}/a\nb.pdf\0notes.md\0`);
  expect(await take(`--files-from ${path}`, '', false)).toMatchInlineSnapshot(`
    "├── a b.pdf: planned
    └── notes.md: planned
    ! Uploaded 0, skipped 0, failed 0, to upload 2
    exit 0"
  `);
  expect(await take(`--files-from ${path} --extensions .md`, '', false)).toMatchInlineSnapshot(`
    "└── notes.md: planned
    ! Uploaded 0, skipped 0, failed 0, to upload 1, excluded 1
    exit 0"
  `);
});

test('what is listed and is no file has failed, and the others go on', async () => {
  folder.put(...TREE);
  symlinkSync('one', join(folder.path, 'link'));
  expect(await take('--files-from -', 'gone.pdf\none\nlink\na.pdf\na.pdf/x\n', false)).toMatchInlineSnapshot(`
    "├── gone.pdf: failed
    ├── one: failed
    ├── link: failed
    ├── a.pdf: planned
    └── a.pdf/x: failed
    ! Error: gone.pdf: The file cannot be read: no such file
    ! Error: one: is a directory. Name the files in it
    ! Error: link: is a directory. Name the files in it
    ! Error: a.pdf/x: The file cannot be read: a part of the path is no directory
    ! Uploaded 0, skipped 0, failed 4, to upload 1
    exit 1"
  `);
});

const OUTSIDE = ['../x.pdf', '/etc/passwd', 'one/../../x.pdf', '.', '', 'link/b.pdf'];

test.each(OUTSIDE)('a list that names %j is refused as a whole', async (path) => {
  folder.put(...TREE);
  symlinkSync('one', join(folder.path, 'link'));
  const shown = await folder.bulk('--files-from -', {}, { stdin: `a.pdf\0${path || '.'}\0` });
  expect(shown).toMatchSnapshot();
});

test('lists that are none', async () => {
  folder.put('a.pdf');
  expect(await folder.bulk('--files-from /nowhere', {})).toMatchInlineSnapshot(`
    "! Error: --files-from names /nowhere, which cannot be read: no such file
    ! Usage: kscli folders bulk-ingest <directory> (--under <path|id> | --folder-id <path|id>) [options]
    exit 64"
  `);
  writeFileSync(join(folder.home.directory, 'latin'), Buffer.from([0x61, 0xe4, 0x0a]));
  expect(await folder.bulk(`--files-from ${folder.home.directory}/latin`, {})).toMatchInlineSnapshot(`
    "! Error: --files-from: a path in the list is no UTF-8
    ! Usage: kscli folders bulk-ingest <directory> (--under <path|id> | --folder-id <path|id>) [options]
    exit 64"
  `);
  for (const stdin of ['', '\n\n'])
    expect(
      await folder.bulk('--files-from - -f id-only', {}, { stdin }),
    ).toBe(`! Warning: Nothing to upload: the list names no file that is wanted.
! Uploaded 0, skipped 0, failed 0
exit 0`);
});

test('a directory that is missing, or is a file, is wrong usage', async () => {
  folder.put('a.pdf');
  for (const flags of ['', ' --files-from -']) {
    const line = (path: string) => `folders bulk-ingest ${folder.path}/${path} --path-part-id ${PART}${flags}`;
    expect(await folder.home.kscli(line('no'))).toContain('! Error: ~/docs/no cannot be listed: no such directory\n');
    expect(await folder.home.kscli(line('a.pdf'))).toContain(
      '~/docs/a.pdf cannot be listed: a part of the path is no directory\n',
    );
  }
});

test('a pipe is told of, and a name that is no UTF-8 has failed', async () => {
  folder.put('a.pdf');
  Bun.spawnSync(['mkfifo', join(folder.path, 'pipe.pdf'), join(folder.path, 'pipe.txt')]);
  const name = Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0x78, 0xff]), Buffer.from('.pdf')]);
  writeFileSync(name, 'x');
  expect(await take('', '', false)).toMatchInlineSnapshot(`
    "├── a.pdf: planned
    ├── pipe.pdf: skipped
    └── x�.pdf: failed
    ! Warning: pipe.pdf: a pipe, a socket or a device, which is no file
    ! Error: x�.pdf: its name is no UTF-8. Give the file another one
    ! Uploaded 0, skipped 1, failed 1, to upload 1
    exit 1"
  `);
});

test('names that differ only in case are told of', async () => {
  folder.put('a.pdf', 'A.pdf', 'b.pdf', 'B.PDF', 'é.pdf', 'e\u0301.pdf');
  expect(await take('', '', false)).toMatchInlineSnapshot(`
    "├── A.pdf: planned
    ├── B.PDF: planned
    ├── a.pdf: planned
    ├── b.pdf: planned
    ├── é.pdf: planned
    └── é.pdf: planned
    ! Warning: A.pdf and a.pdf differ only in case or spelling: whoever downloads them may get one of them. So do 2 other pairs.
    ! Uploaded 0, skipped 0, failed 0, to upload 6
    exit 0"
  `);
});

test('thousands of files', async () => {
  const names = Array.from({ length: 3000 }, (_, at) => `${at}.pdf`);
  mkdirSync(folder.path, { recursive: true });
  for (const name of names) writeFileSync(join(folder.path, name), '');
  expect(await take('', '', false)).toContain('to upload 3000\n');
});
