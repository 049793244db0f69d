// What the search for a path answers, and a folder that it finds.

export const A = '00000000-0000-0000-0003-00000000000a';
export const B = '00000000-0000-0000-0003-00000000000b';

export const row = (part_type: string, path: string, id: string, path_part_id: string) => ({
  part_type,
  id,
  path_part_id,
  name: path.slice(path.lastIndexOf('/') + 1),
  materialized_path: path,
});

export const REPORTS = row('FOLDER', '/shared/reports', A, B);
export const search = (text: string) => `GET /v1/folders/search?name_like=${text}&limit=100&offset=0`;
export const found = (...rows: object[]) => ({ json: { items: rows, total: rows.length } });
