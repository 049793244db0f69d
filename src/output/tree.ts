// Nested values drawn with branches.

import { isObject, type Json, type JsonObject, keysIn } from '../json/value.ts';
import { formatCell } from './cell.ts';
import { rowsIn, type Tree, totalIn, type Whole } from './result.ts';

type Branch = { readonly label: string; readonly children: readonly Branch[] };

export function formatTree({ data, itemsKey, tree, id = 'id' }: Whole): string {
  const rows = rowsIn(data, itemsKey);
  if (rows === undefined) return draw(toBranches(data, id), '');
  const branches = tree ? hang(rows.filter(isObject), tree) : toBranches(rows, id);
  const total = totalIn(data);
  // A tree looks whole, also where it is a page of one.
  const rest = typeof total === 'number' && total > rows.length ? `${rows.length} of ${total} rows\n` : '';
  return draw(branches, '') + rest;
}

/** Rows under the row that they name as their parent; at the top where that is not among them. */
function hang(rows: readonly JsonObject[], { parent, label }: Tree): Branch[] {
  const nodes = rows.flatMap((row) => {
    const text = label(row);
    return text === undefined ? [] : [{ row, label: text, children: [] as Branch[] }];
  });
  type Node = (typeof nodes)[number];
  const byId = new Map(nodes.map((node) => [node.row['path_part_id'], node]));
  const above = ({ row }: Node) => byId.get(row[parent] ?? null);
  const isInCircle = (node: Node) => {
    const seen = new Set<Node | undefined>();
    for (let at = above(node); at !== undefined && !seen.has(at); at = above(at)) {
      if (at === node) return true;
      seen.add(at);
    }
    return false;
  };
  return nodes.filter((node) => {
    const holder = isInCircle(node) ? undefined : above(node);
    holder?.children.push(node);
    return holder === undefined;
  });
}

/** @param id the key that an item without a name is called by */
function toBranches(value: Json, id: string): Branch[] {
  if (Array.isArray(value)) return value.map((item) => itemBranch(item, id));
  if (!isObject(value)) return [{ label: formatCell(value), children: [] }];
  return keysIn(value).map((key) => fieldBranch(key, value[key] ?? null, id));
}

function itemBranch(item: Json, id: string): Branch {
  if (Array.isArray(item)) return { label: '[]', children: toBranches(item, id) };
  if (!isObject(item)) return { label: formatCell(item), children: [] };
  const name = item['name'] ?? item['title'] ?? item[id] ?? item['id'] ?? null;
  return { label: formatCell(name), children: toBranches(item, id) };
}

function fieldBranch(key: string, value: Json, id: string): Branch {
  const isNested = (isObject(value) && keysIn(value).length > 0) || (Array.isArray(value) && value.length > 0);
  return isNested
    ? { label: key, children: toBranches(value, id) }
    : { label: `${key}: ${formatCell(value)}`, children: [] };
}

function draw(branches: readonly Branch[], indent: string): string {
  return branches
    .map(({ label, children }, index) => {
      const isLast = index === branches.length - 1;
      const line = `${indent}${isLast ? '└── ' : '├── '}${label.replaceAll('\n', ' ')}\n`;
      return line + draw(children, indent + (isLast ? '    ' : '│   '));
    })
    .join('');
}
