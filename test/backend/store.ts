// What the stand-in backend holds: rows by collection, made of one seed, so that every run finds the same.

export type Row = Record<string, unknown>;

export type Store = {
  /** In the order in which they were made. */
  readonly collections: Map<string, Map<string, Row>>;
  create(collection: string, fields: Row): Row;
};

const START = Date.parse('2026-01-01T00:00:00Z');

export function createStore(tenant: string): Store {
  let count = 0;
  const collections = new Map<string, Map<string, Row>>();
  const id = (kind: number) => `00000000-0000-4000-8${kind}00-${(++count).toString(16).padStart(12, '0')}`;
  return {
    collections,
    create(collection, fields) {
      const rows = collections.get(collection) ?? new Map<string, Row>();
      collections.set(collection, rows);
      const created_at = new Date(START + count * 1000).toISOString();
      const row = { id: id(0), path_part_id: id(1), ...fields, tenant_id: tenant, created_at, updated_at: created_at };
      rows.set(String(row['id']), row);
      return row;
    },
  };
}
