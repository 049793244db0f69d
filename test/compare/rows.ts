// A list and a folder as the two sessions are answered.

export const ID = '00000000-0000-0000-0003-000000000001';
export const FOLDERS = 'GET /v1/folders?limit=100&offset=0';
export const FOLDER = `GET /v1/folders/${ID}`;

export const list = (...items: unknown[]) => ({ json: { items, total: items.length } });
export const row = (number: number, name: string, more: object = {}) => ({
  id: `00000000-0000-0000-0003-00000000000${number}`,
  name,
  ...more,
});
