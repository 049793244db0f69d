// A comparison in words: the verdict first, then who was compared, then what differs.

import { formatInline } from '../json/format.ts';
import { isObject, type Json, nonEmptyString } from '../json/value.ts';
import { formatCell } from '../output/cell.ts';
import { joinLines } from '../terminal/sanitize.ts';
import type { Found, Outcome, Pair } from './match.ts';
import type { Comparison } from './read.ts';
import type { Subject } from './report.ts';
import type { Difference } from './values.ts';

/** One sentence, or two. @param why what the server told who may not see it */
export function describeVerdict(comparison: Comparison, a: Subject, b: Subject, why: string): string {
  if (comparison.kind === 'unseen') {
    const [without, other] = comparison.side === 'a' ? [a, b] : [b, a];
    return `Different: only in ${other.label}. In ${without.label}: ${why}`;
  }
  if (comparison.kind === 'rows') return describeRows(comparison.outcome, a.label, b.label);
  const { length } = comparison.fields;
  if (length === 0) return `The same in ${a.label} and in ${b.label}.`;
  return `Different: ${count(length, 'field')} ${length === 1 ? 'differs' : 'differ'}.`;
}

function describeRows({ onlyIn, again, different, same }: Outcome, a: string, b: string): string {
  const parts = [
    sayCount(onlyIn.a.length, `only in ${a}`),
    sayCount(onlyIn.b.length, `only in ${b}`),
    sayCount(again.a.length, `more often in ${a}`),
    sayCount(again.b.length, `more often in ${b}`),
    sayCount(different.length, different.length === 1 ? 'differs' : 'differ'),
  ].filter(Boolean);
  if (parts.length === 0 && same === 0) return `The same: no rows in ${a} and none in ${b}.`;
  if (parts.length === 0) return `The same: ${count(same, 'row')} in ${a} and in ${b}.`;
  return `Different: ${parts.join(', ')}. ${same === 0 ? 'No row' : count(same, 'row')} ${same > 1 ? 'are' : 'is'} the same.`;
}

function sayCount(number: number, what: string): string {
  return number === 0 ? '' : `${count(number, 'row')} ${what}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Lines that each end with a break. @param verdict the first of them */
export function describeComparison(comparison: Comparison, a: Subject, b: Subject, verdict: string): string {
  const details = comparison.kind === 'unseen' ? [] : listDetails(comparison, a.label, b.label);
  const lines = [verdict, ...describeSubjects(a, b), ...(details.length > 0 ? ['', ...details] : [])];
  // An id or a key of the server's must not make a line of its own.
  return lines.map((line) => `${joinLines(line)}\n`).join('');
}

const PLACES = [
  ['tenant', 'tenant_id'],
  ['server', 'base_url'],
] as const;

/** What both have in common is said once. */
function describeSubjects(a: Subject, b: Subject): string[] {
  const isShared = (key: string) => a.about[key] === b.about[key];
  const say = ({ label, about }: Subject, words: readonly (readonly [string, string])[]) =>
    words.flatMap(([word, key]) => (about[key] ? [`${label}: ${word} ${about[key]}`] : []));
  const common = PLACES.filter(([, key]) => isShared(key));
  const own = [['user', 'user_id'] as const, ...PLACES.filter(([, key]) => !isShared(key))];
  return [...say(a, own), ...say(b, own), ...say({ label: 'both', about: a.about }, common)];
}

function listDetails(comparison: Exclude<Comparison, { kind: 'unseen' }>, a: string, b: string): string[] {
  if (comparison.kind === 'whole') return comparison.fields.flatMap((field) => describeField(field, a, b));
  const { outcome, layout } = comparison;
  const { onlyIn, again, different } = outcome;
  const name = (found: Found) => describeRow(found, layout.columns ?? []);
  const section = (title: string, rows: readonly Found[]) =>
    rows.length === 0 ? [] : [`${title}:`, ...rows.map((found) => `  ${name(found)}`)];
  const pair = ({ a: row, fields }: Pair) => [
    `  ${name(row)}`,
    ...fields.flatMap((field) => describeField(field, a, b).map((line) => `    ${line}`)),
  ];
  return [
    ...section(`Only in ${a}`, onlyIn.a),
    ...section(`Only in ${b}`, onlyIn.b),
    ...section(`More often in ${a}`, again.a),
    ...section(`More often in ${b}`, again.b),
    ...(different.length > 0 ? ['Different:', ...different.flatMap(pair)] : []),
  ];
}

const NAMES = ['name', 'title', 'email', 'materialized_path'];
const MOST_CELLS = 3;
const LONGEST_CELL = 60;

/** Its id, and what people call it; where it has no name, what its list would show of it. */
function describeRow({ id, row, position }: Found, columns: readonly string[]): string {
  const fields = isObject(row) ? row : {};
  const name = NAMES.flatMap((key) => nonEmptyString(fields[key]) ?? [])[0];
  const others = columns.filter((key) => key !== 'id' && !key.endsWith('_at') && fields[key] !== id);
  const cells = others.slice(0, MOST_CELLS).map((key) => formatCell(fields[key]));
  return [id || `row ${position}`, ...(name === undefined ? cells : [name]).map(cut)]
    .filter((cell) => cell !== '-')
    .join('  ');
}

function describeField({ field, a: mine, b: theirs }: Difference, a: string, b: string): string[] {
  const [first, second] = showBoth(mine, theirs);
  return [field || 'answer', `  ${a}: ${first}`, `  ${b}: ${second}`];
}

const LONGEST_VALUE = 300;
const BEFORE = 60;

/** As JSON, where no blank hides. Of long ones the part around the first difference. */
function showBoth(a: Json | undefined, b: Json | undefined): [string, string] {
  const [first = '', second = ''] = [a, b].map((value) => (value === undefined ? 'absent' : formatInline(value)));
  if (Math.max(first.length, second.length) <= LONGEST_VALUE) return [first, second];
  let at = 0;
  while (at < first.length && first[at] === second[at]) at++;
  const start = Math.max(0, at - BEFORE);
  const show = (text: string) =>
    (start > 0 ? '…' : '') +
    text.slice(start, start + LONGEST_VALUE) +
    (text.length > start + LONGEST_VALUE ? '…' : '');
  return [show(first), show(second)];
}

function cut(cell: string): string {
  const line = cell.replace(/\s+/g, ' ');
  return line.length > LONGEST_CELL ? `${line.slice(0, LONGEST_CELL).toWellFormed()}…` : line;
}
