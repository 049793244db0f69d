// What the stand-in backend holds: rows by collection, made of one seed, so that every run finds the same. Most rows hang
// in one tree of path parts.

export type Row = Record<string, unknown>;

export type Store = {
  create(collection: string, fields: Row): Row;
  /** Changes a row as PATCH does; the time of the change comes from the seed too. */
  change(row: Row, fields: Row): Row;
  /** With all that hangs below it. */
  remove(row: Row): void;
  find(collection: string, id: string | undefined): Row | undefined;
  /** In the order in which they were made. */
  rows(collection: string): Row[];
  /** Rows that hang in the tree. */
  parts(): Row[];
  /** Whether it hangs on nothing, seen or not. */
  isTop(row: Row): boolean;
  /** All below a path part, down to a depth: 1 is what hangs on it itself. */
  below(pathPartId: unknown, depth?: number): Row[];
};

const START = Date.parse('2026-01-01T00:00:00Z');

export function createStore(tenant: string): Store {
  let count = 0;
  const collections = new Map<string, Map<string, Row>>();
  const id = (kind: number) => `00000000-0000-4000-8${kind}00-${(++count).toString(16).padStart(12, '0')}`;
  const now = () => new Date(START + count * 1000).toISOString();
  const rows = (collection: string) => [...(collections.get(collection)?.values() ?? [])];
  const parts = () => [...collections.keys()].flatMap(rows).filter((row) => row['part_type'] !== undefined);
  const below = (pathPartId: unknown, depth = Number.POSITIVE_INFINITY): Row[] =>
    parts()
      .filter((row) => depth > 0 && parentOf(row) === pathPartId)
      .flatMap((row) => [row, ...below(row['path_part_id'], depth - 1)]);
  return {
    rows,
    parts,
    isTop: (row) => !parts().some((part) => part['path_part_id'] === parentOf(row)),
    below,
    find: (collection, name) => collections.get(collection)?.get(name ?? ''),
    create(collection, fields) {
      const created_at = now();
      const row: Row = {
        id: id(0),
        path_part_id: id(1),
        ...fields,
        ...(PLACES.includes(String(fields['part_type'])) && { materialized_path: '' }),
        tenant_id: tenant,
        created_at,
        updated_at: created_at,
      };
      if ('materialized_path' in row)
        Object.defineProperty(row, 'materialized_path', { get: () => pathOf(row, parts()) });
      const kept = collections.get(collection) ?? new Map<string, Row>();
      collections.set(collection, kept.set(String(row['id']), row));
      return row;
    },
    change(row, fields) {
      count++;
      return Object.assign(row, fields, { updated_at: now() });
    },
    remove(row) {
      const gone = row['part_type'] === undefined ? [row] : [row, ...below(row['path_part_id'])];
      for (const kept of collections.values()) for (const { id: name } of gone) kept.delete(String(name));
    },
  };
}

/** The store as somebody sees it who may not see everything. @param hidden ids of rows */
export function seenWithout(hidden: ReadonlySet<string>, store: Store): Store {
  const isSeen = (row: Row | undefined) => row !== undefined && !hidden.has(String(row['id']));
  return {
    ...store,
    find: (collection, id) => (hidden.has(id ?? '') ? undefined : store.find(collection, id)),
    rows: (collection) => store.rows(collection).filter(isSeen),
    parts: () => store.parts().filter(isSeen),
    below: (...place) => store.below(...place).filter(isSeen),
  };
}

/** With all that hangs below them. */
export function withBelow(ids: ReadonlySet<string>, store: Store): ReadonlySet<string> {
  const rows = store.parts().filter(({ id }) => ids.has(String(id)));
  const below = rows.flatMap((row) => store.below(row['path_part_id']));
  return new Set([...ids, ...below.map(({ id }) => String(id))]);
}

const PLACES = ['FOLDER', 'DOCUMENT'];

/** As it is now: a folder that is renamed or moved takes all below it along. */
function pathOf(row: Row, parts: readonly Row[]): string {
  const parent = parts.find((other) => other['path_part_id'] === parentOf(row));
  return `${parent ? pathOf(parent, parts) : ''}/${row['name']}`;
}

/** Each kind of row has its own word for it. */
export function parentOf(row: Row): unknown {
  return row['parent_path_part_id'] ?? row['parent_path_id'] ?? null;
}
