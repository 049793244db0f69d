// Nested values drawn with branches.

import { isObject, type Json, keysOf } from '../json.ts';
import { formatCell } from './cell.ts';
import { rowsOf } from './view.ts';

type Branch = { readonly label: string; readonly children: readonly Branch[] };

export function formatTree(data: Json): string {
  return draw(branchesOf(rowsOf(data) ?? data), '');
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
