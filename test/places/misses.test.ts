// What is said of a path that leads to no one thing.

import { expect, test } from 'bun:test';
import { Failure } from '../../src/errors.ts';
import type { PlaceKind } from '../../src/schema/place.ts';
import { type Node, type Planted, plant } from './tree.ts';

const folder = (name: string, ...below: Node[]): Node => ({ name, below });
const document = (name: string): Node => ({ name });

const SHARED = folder(
  'shared',
  folder('Reports', folder('2026', document('q1.pdf'), document('q2.pdf'))),
  folder('empty'),
  document('notes.txt'),
  document('empty'),
);

async function complain(path: string, kind: PlaceKind, { resolve }: Planted): Promise<string[]> {
  const error: unknown = await resolve(path, kind).catch((caught) => caught);
  if (!(error instanceof Failure)) throw new Error(`${path} is ${error}`);
  return [error.message, ...error.lines].map((line) => line.replace(/0000[\w-]+/g, '<id>'));
}

test.each<[string, PlaceKind, string, ...string[]]>([
  [
    '/shared/reports/2026/q1.pdf',
    'document',
    "Not found: /shared/reports/2026/q1.pdf: /shared holds no 'reports' that this user can see",
    'Did you mean /shared/Reports/2026/q1.pdf?',
  ],
  [
    '/shared/Reports/2026/q3.pdf',
    'document',
    "Not found: /shared/Reports/2026/q3.pdf: /shared/Reports/2026 holds no 'q3.pdf' that this user can see",
    'Did you mean /shared/Reports/2026/q1.pdf?',
  ],
  [
    '/shared/Reports/2027',
    'path part',
    "Not found: /shared/Reports/2027: /shared/Reports holds no '2027' that this user can see",
    'Did you mean /shared/Reports/2026?',
  ],
  [
    '/elsewhere/x',
    'folder',
    "Not found: /elsewhere/x: The top holds no 'elsewhere' that this user can see",
    'The top holds: shared/',
  ],
  [
    '/shared/empty/x',
    'path part',
    "Not found: /shared/empty/x: /shared/empty holds no 'x' that this user can see",
    '/shared/empty is empty.',
  ],
  [
    '/shared/notes.txt/x',
    'path part',
    'Not found: /shared/notes.txt/x: /shared/notes.txt is a document, and holds nothing by name',
  ],
  ['/shared/notes.txt', 'folder', 'Not found: /shared/notes.txt is a document, and no folder'],
  ['/shared/notes.txt/', 'document', 'Not found: /shared/notes.txt/ is a document, and no folder'],
  ['/shared/Reports', 'document', 'Not found: /shared/Reports is a folder, and no document'],
  [
    '/shared/empty',
    'path part',
    'Refused: /shared/empty could mean 2 things. Nothing was changed',
    'A folder: id <id>, path part <id>',
    'A document: id <id>, path part <id>',
    'Give the id of the one that is meant.',
  ],
  ['/', 'folder', 'The top has no id that can stand for a folder. Name what is in it'],
])('%s as a %s', async (path, kind, ...said) => {
  expect(await complain(path, kind, plant([SHARED]))).toEqual(said);
});

test('a folder and a document of one name are told apart where the kind is known, or by a slash', async () => {
  const { resolve, store } = plant([SHARED]);
  const [folderRow, documentRow] = ['folders', 'documents'].map((kind) =>
    store.rows(kind).find((row) => row['name'] === 'empty'),
  );
  expect(await resolve('/shared/empty', 'folder')).toBe(String(folderRow?.['id']));
  expect(await resolve('/shared/empty', 'document')).toBe(String(documentRow?.['id']));
  expect(await resolve('/shared/empty/', 'path part')).toBe(String(folderRow?.['path_part_id']));
});

test('the top is the parent of what is there, and not that of the own folder', async () => {
  const planted = plant([SHARED]);
  const root = '00000000-0000-4000-8100-0000000000ff';
  planted.change = ({ path }) =>
    path === '/v1/folders'
      ? {
          items: [
            { name: 'Private', materialized_path: '/users/me', parent_path_part_id: 'other' },
            { name: 'shared', materialized_path: '/shared', parent_path_part_id: root },
          ],
          total: 2,
        }
      : null;
  expect(await planted.resolve('/', 'path part')).toBe(root);
  planted.change = () => ({ items: [], total: 0 });
  expect(await complain('/', 'path part', planted)).toEqual(['The server named no id for the path part /']);
});

test('a long folder is not read to its end for a name that is not in it, and that is said', async () => {
  const planted = plant([folder('a', ...Array.from({ length: 600 }, (_, at) => document(`file ${at}`)))]);
  planted.change = ({ path }, answer) => (path === '/v1/folders/search' ? { items: [], total: 0 } : answer);
  expect(await complain('/a/nothing', 'document', planted)).toEqual([
    "Not found: /a/nothing: /a holds no 'nothing' that this user can see",
    '/a holds: file 0, file 1, file 2, file 3, file 4 and 495 more',
    'Only the first 500 things in it were looked at. An id finds the others.',
  ]);
  // Once it is found, the rest might hold another one.
  planted.sent.length = 0;
  await planted.resolve('/a/file 7', 'document');
  expect(planted.sent.filter((target) => target.includes('/contents')).length).toBe(6);
});

test.each([null, '', 'x', 7])('a server that names %p in place of an id is not believed', async (id) => {
  const planted = plant([SHARED]);
  planted.change = (_, answer) =>
    JSON.parse(JSON.stringify(answer).replace(/"id":"[^"]*"/g, `"id":${JSON.stringify(id)}`));
  expect(await complain('/shared/notes.txt', 'document', planted)).toEqual([
    'The server named no id for the document /shared/notes.txt',
  ]);
});
