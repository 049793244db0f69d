// Two folders and a document at the top, and what the API lists below them.

import type { Stubs } from '../kscli.ts';

export const A = '00000000-0000-0000-0003-00000000000a';
export const B = '00000000-0000-0000-0003-00000000000b';
export const C = '00000000-0000-0000-0003-00000000000c';

export const folder = (name: string, id: string, parent: string | null = null) => ({
  part_type: 'FOLDER',
  id,
  path_part_id: `part of ${id}`,
  name,
  parent_path_part_id: parent && `part of ${parent}`,
});

export const document = (name: string, parent: string | null = null) => ({
  ...folder(name, name, parent),
  part_type: 'DOCUMENT',
});

export const page = (rows: object[], total = rows.length) => ({ json: { items: rows, total, limit: 100, offset: 0 } });

export const contents = (id: string, depth: number, more = '') =>
  `GET /v1/folders/${id}/contents?max_depth=${depth}${more}&limit=100&offset=0`;

export const TOP: Stubs = {
  'GET /v1/folders?limit=100&offset=0': page([folder('Reports', A), folder('Empty', B)]),
  'GET /v1/documents?limit=100&offset=0': page([document('notes.txt')]),
};
