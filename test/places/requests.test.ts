// The requests that a path costs: one, where the server's search tells; more, where too much has the name or nothing has it.

import { expect, test } from 'bun:test';
import { Failure } from '../../src/errors.ts';
import type { PlaceKind } from '../../src/schema/place.ts';
import { USER } from '../backend/server.ts';
import { type Node, type Planted, plant } from './tree.ts';

const folder = (name: string, ...below: Node[]): Node => ({ name, below });
const document = (name: string): Node => ({ name });
const many = (count: number, name: string) => Array.from({ length: count }, (_, at) => document(`${name} ${at}`));

async function tell(path: string, kind: PlaceKind, planted: Planted): Promise<string[]> {
  planted.sent.length = 0;
  const answer = await planted.resolve(path, kind).catch((error) => {
    if (error instanceof Failure) return [error.message, ...error.lines].join(' | ');
    throw error;
  });
  const sent = planted.sent.map((target) => target.replace(/^\/v1/, '').replace('&limit=100&offset=0', ''));
  const row = planted.store.parts().find((one) => one['id'] === answer || one['path_part_id'] === answer);
  return [row ? `${row['part_type']} ${row['materialized_path']}` : answer, ...sent];
}

test('a path of five levels is one request', async () => {
  const planted = plant([folder('a', folder('b', folder('c', folder('d', document('e.pdf'), document('e.pdf.txt')))))]);
  expect(await tell('/a/b/c/d/e.pdf', 'document', planted)).toEqual([
    'DOCUMENT /a/b/c/d/e.pdf',
    '/folders/search?name_like=e.pdf',
  ]);
  expect(await tell('/a/b/c/d', 'path part', planted)).toEqual(['FOLDER /a/b/c/d', '/folders/search?name_like=d']);
});

test('what is at the top is listed there, folders or documents as they are wanted, and both for a path part', async () => {
  const planted = plant([folder('a'), document('x.pdf')]);
  const lists = ['/folders?limit=100&offset=0', '/documents?limit=100&offset=0'];
  expect(await tell('/a', 'folder', planted)).toEqual(['FOLDER /a', ...lists.slice(0, 1)]);
  expect(await tell('/x.pdf', 'document', planted)).toEqual(['DOCUMENT /x.pdf', ...lists.slice(1)]);
  expect(await tell('/a', 'path part', planted)).toEqual(['FOLDER /a', ...lists]);
});

test('letters that can be written in two ways are looked for in both', async () => {
  const planted = plant([folder('a', document('Caf\u00e9'), document('Cafe\u0301.pdf'))]);
  const searches = ['/folders/search?name_like=Caf\u00e9.pdf', '/folders/search?name_like=Cafe\u0301.pdf'];
  expect(await tell('/a/Caf\u00e9.pdf', 'document', planted)).toEqual(['DOCUMENT /a/Cafe\u0301.pdf', ...searches]);
});

test('the own folder is found by both of its names', async () => {
  const planted = plant([folder('users', folder(USER, folder('notes'), folder('Private')))]);
  const path = `/users/${USER}/notes`;
  const search = '/folders/search?name_like=notes';
  expect(await tell('/Private/notes', 'folder', planted)).toEqual([`FOLDER ${path}`, search]);
  expect(await tell(path, 'folder', planted)).toEqual([`FOLDER ${path}`, search]);
  expect(await tell('/Private', 'folder', planted)).toEqual([`FOLDER /users/${USER}`, '/folders?limit=100&offset=0']);
});

test('a folder that is really called Private stands beside the own one: neither is guessed', async () => {
  const planted = plant([folder('Private', folder('notes')), folder('users', folder(USER, folder('notes')))]);
  for (const path of ['/Private', '/Private/notes'])
    expect((await tell(path, 'folder', planted))[0]).toMatch(/^Refused: \/Private.* could mean 2 things\. Nothing was/);
  expect((await tell(`/users/${USER}/notes`, 'folder', planted))[0]).toBe(`FOLDER /users/${USER}/notes`);
});

test('where hundreds have the name, its folder is looked for first', async () => {
  const planted = plant([folder('a', folder('b', document('report'))), folder('c', ...many(301, 'report'))]);
  const { store } = planted;
  const part = store.rows('folders').find((row) => row['name'] === 'b')?.['path_part_id'];
  expect(await tell('/a/b/report', 'document', planted)).toEqual([
    'DOCUMENT /a/b/report',
    '/folders/search?name_like=report',
    '/folders/search?name_like=b',
    `/folders/search?name_like=report&parent_path_part_id=${part}`,
    '/folders/search?name_like=b/report',
  ]);
});

test('up to as many pages are read as there are levels', async () => {
  const planted = plant([folder('a', folder('b', document('report'))), folder('c', ...many(299, 'report'))]);
  expect(await tell('/a/b/report', 'document', planted)).toEqual([
    'DOCUMENT /a/b/report',
    '/folders/search?name_like=report',
    '/folders/search?name_like=report&limit=100&offset=100',
    '/folders/search?name_like=report&limit=100&offset=200',
  ]);
});

test('where even the folder holds hundreds of them, its list tells', async () => {
  const planted = plant([folder('a', ...many(350, 'report'), document('report'))]);
  const answer = await tell('/a/report', 'document', planted);
  expect(answer[0]).toBe('DOCUMENT /a/report');
  expect(
    answer.slice(1).map((target) => target.replace(/\/0000[^/?]*/, '/{id}').replace(/=0000[^&]*/, '={id}')),
  ).toEqual([
    '/folders/search?name_like=report',
    '/folders?limit=100&offset=0',
    '/folders/search?name_like=report&parent_path_part_id={id}',
    '/folders/{id}/contents?limit=100&offset=0',
    '/folders/{id}/contents?limit=100&offset=100',
    '/folders/{id}/contents?limit=100&offset=200',
    '/folders/{id}/contents?limit=100&offset=300',
    '/folders/search?name_like=a/report',
  ]);
});

test('hundreds more do not hide that a name with a slash has the same path', async () => {
  const named = [folder('a', folder('b', document('report')), document('b/report'))];
  const planted = plant([...named, folder('c', ...many(301, 'report'))]);
  expect((await tell('/a/b/report', 'document', planted))[0]).toMatch(/^Refused: \/a\/b\/report could mean 2 things/);
});
