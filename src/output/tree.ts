// Nested values drawn with branches.

import { isObject, type Json, type JsonObject, keysOf } from '../json.ts';
import { formatCell } from './cell.ts';
import { rowsOf, type Tree, type View } from './view.ts';

type Branch = { readonly label: string; readonly children: readonly Branch[] };

export function formatTree({ data, rows: key, tree }: View): string {
  const rows = rowsOf(data, key);
  if (rows && tree) return draw(hang(rows.filter(isObject), tree), '');
  return draw(branchesOf(rows ?? data), '');
}

/** Rows under the row that they name as their parent; at the top where that is not among them. */
function hang(rows: readonly JsonObject[], { parent, label }: Tree): Branch[] {
  const nodes = rows.flatMap((row) => {
    const text = label(row);
    return text === undefined ? [] : [{ row, label: text, children: [] as Branch[] }];
  });
  const byId = new Map(nodes.map((node) => [node.row['path_part_id'], node]));
  return nodes.filter((node) => {
    const above = byId.get(node.row[parent] ?? null);
    if (above === undefined || above === node) return true;
    above.children.push(node);
    return false;
  });
}

function branchesOf(value: Json): Branch[] {
  if (Array.isArray(value)) return value.map(itemBranch);
  if (!isObject(value)) return [{ label: formatCell(value), children: [] }];
  return keysOf(value).map((key) => fieldBranch(key, value[key] ?? null));
}

function itemBranch(item: Json): Branch {
  if (!isObject(item))
    return {
      label: Array.isArray(item) ? '[]' : formatCell(item),
      children: Array.isArray(item) ? branchesOf(item) : [],
    };
  return { label: formatCell(item['name'] ?? item['title'] ?? item['id'] ?? null), children: branchesOf(item) };
}

function fieldBranch(key: string, value: Json): Branch {
  const isNested = (isObject(value) && keysOf(value).length > 0) || (Array.isArray(value) && value.length > 0);
  return isNested
    ? { label: key, children: branchesOf(value) }
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
