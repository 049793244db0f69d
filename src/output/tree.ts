// Rows that hang together, and nested values, drawn with branches.

import { Failure } from '../errors.ts';
import { isObject, type Json, type JsonObject, keysIn } from '../json/value.ts';
import { stripControls } from '../terminal/sanitize.ts';
import { type Lines, wrap } from '../terminal/wrap.ts';
import { formatCell } from './cell.ts';
import { READABLE } from './lines.ts';
import { findRows, type Tree, type Whole } from './result.ts';

type Branch = { readonly label: string; readonly children: readonly Branch[] };

/** For rows that hang together, or one object with all that is in it. @param width of a terminal */
export function formatTree(show: Whole, width?: number): string {
  const { data, tree, id = 'id' } = show;
  const rows = findRows(show);
  const branches = rows && tree ? hang(rows.filter(isObject), tree) : toBranches(data, id);
  if (branches.length === 0) return rows ? 'No results.\n' : `${formatCell(data)}\n`;
  const lines: string[] = [];
  draw(branches, { indent: '', depth: 0, width }, lines);
  return lines.join('\n');
}

type Node = { readonly row: JsonObject; readonly label: string; readonly children: Node[] };

/** Rows under the row that they name as their parent; at the top where that is not among them, or hangs below them. */
function hang(rows: readonly JsonObject[], { parent, label }: Tree): Node[] {
  const nodes = rows.flatMap((row): Node[] => {
    const text = label(row);
    return text === undefined ? [] : [{ row, label: text, children: [] }];
  });
  const byId = new Map(nodes.map((node) => [node.row['path_part_id'], node]));
  const findParent = ({ row }: Node) => byId.get(row[parent] ?? null);
  const circles = findCircles(nodes, findParent);
  return nodes.filter((node) => {
    const holder = circles.has(node) ? undefined : findParent(node);
    holder?.children.push(node);
    return holder === undefined;
  });
}

/** All that lead back to themselves. */
function findCircles(nodes: readonly Node[], findParent: (node: Node) => Node | undefined): Set<Node> {
  const circles = new Set<Node>();
  const seen = new Set<Node>();
  for (const node of nodes) {
    const way = new Set<Node>();
    let at: Node | undefined = node;
    for (; at && !seen.has(at); at = findParent(at)) {
      way.add(at);
      seen.add(at);
    }
    if (at === undefined || !way.has(at)) continue;
    const steps = [...way];
    for (const step of steps.slice(steps.indexOf(at))) circles.add(step);
  }
  return circles;
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

/** A line holds an indent for each level: beyond this it is no picture, and many times as large as the data. */
const DEEPEST = 1000;

type Place = { readonly indent: string; readonly depth: number; readonly width: number | undefined };

function draw(branches: readonly Branch[], { indent, depth, width }: Place, lines: string[]): void {
  if (depth > DEEPEST) throw new Failure('answer', `The tree is more than ${DEEPEST} levels deep`, HOW_ELSE);
  for (const [index, { label, children }] of branches.entries()) {
    const isLast = index === branches.length - 1;
    const inner = indent + (isLast ? '    ' : '│   ');
    const [first = '', ...others] = fitLabel(label, width && width - inner.length);
    lines.push(`${indent}${isLast ? '└── ' : '├── '}${first}`);
    for (const line of others) lines.push(inner + line);
    draw(children, { indent: inner, depth: depth + 1, width }, lines);
  }
}

/** One line, unless it is too long for the terminal. */
function fitLabel(label: string, places: number | undefined): Lines {
  const text = label.replaceAll('\n', ' ');
  return places === undefined ? [text] : wrap([stripControls(text)], Math.max(READABLE, places));
}

const HOW_ELSE = { lines: ['--format json shows it.'] };
