// The rows that were asked for, in their order, with their columns: a result in, a result out. Rows go through page by page
// where nothing needs them all at once.

import { Failure } from '../../errors.ts';
import type { ListPage, Pages } from '../../http/pages.ts';
import { listNames } from '../../json/look-up.ts';
import { isObject, type Json, type JsonObject, replaceField, toList, toObject } from '../../json/value.ts';
import { HELP, type View } from '../../schema/view.ts';
import { asObject, findRows, type Layout, type Readable, type Show, type Whole } from '../result.ts';
import { toPredicate } from './condition.ts';
import { checkNames, type NameCheck } from './names.ts';
import { sortRows } from './order.ts';
import { createProjection, type Projection } from './projection.ts';

export type Viewed<S extends Show = Show> = {
  readonly show: S;
  /** Said once all rows were looked at. */
  readonly notice: () => string | undefined;
};

type Work = {
  readonly view: View;
  readonly names: NameCheck;
  readonly isKept: (row: JsonObject) => boolean;
  /** undefined where a row is shown with all that it has. */
  readonly project: Projection | undefined;
  /** Of rows, as they pass. */
  readonly counts: { seen: number; kept: number };
};

/** A row as conditions see it, and its place among those that came with it. */
type Item = { readonly row: JsonObject; readonly at: number };

/** @throws Failure 'usage' for a name that no row has, and for conditions on one object */
export async function applyView(show: Show, view: View): Promise<Viewed> {
  return 'raw' in show ? { show, notice: () => undefined } : viewReadable(show, view);
}

/** @throws Failure as `applyView` */
export async function viewReadable(show: Readable, view: View): Promise<Viewed<Readable>> {
  if (view.columns?.length === 1 && view.columns[0] === HELP)
    return { show: await listColumns(show), notice: () => undefined };
  const counts = { seen: 0, kept: 0 };
  const predicates = view.where.map(toPredicate);
  const isKept = (row: JsonObject) => predicates.every((holds) => holds(row));
  const project = view.columns && createProjection(view.columns);
  const viewed = await viewShow(show, { view, names: checkNames(view, show.columns), isKept, project, counts });
  const isFiltered = predicates.length > 0;
  return {
    show: { ...viewed, ...(view.columns && { columns: view.columns }), ...(isFiltered && { hidesTotal: true }) },
    notice: () => (isFiltered ? `${counts.kept} of ${counts.seen} rows.` : undefined),
  };
}

async function viewShow(show: Readable, work: Work): Promise<Readable> {
  if ('data' in show) return viewWhole(show, work);
  const { pages, ...layout } = show;
  if (work.view.order) return { ...layout, data: await sortPages(pages, show, work) };
  return { ...layout, pages: await begin(pages, show, work) };
}

/** The first page before anything is printed: it tells which names are wrong. */
async function begin(pages: Pages, layout: Layout, work: Work): Promise<Pages> {
  const { long } = pages;
  if (long) {
    work.names.see((await first(pages))?.rows ?? []);
    const whole = () => viewWhole({ ...layout, data: long.whole() }, work).data;
    return { long: { frame: long.frame, whole }, [Symbol.asyncIterator]: () => viewPages(pages, work) };
  }
  const viewed = viewPages(pages, work);
  const begun = await viewed.next();
  const rest = (async function* () {
    for (let next = begun; !next.done; next = await viewed.next()) yield next.value;
  })();
  return Object.assign(rest, { isBare: pages.isBare === true });
}

async function* viewPages(pages: Pages, work: Work): AsyncGenerator<ListPage> {
  // A long list is gone through more than once.
  Object.assign(work.counts, { seen: 0, kept: 0 });
  for await (const { rows, total } of pages) yield { rows: present(keep(rows, work), rows, work), total };
  work.names.end();
}

async function sortPages(pages: Pages, { itemsKey }: Layout, work: Work): Promise<Json> {
  const kept: Json[] = [];
  let total: Json | undefined;
  for await (const page of pages) {
    for (const { at } of keep(page.rows, work)) kept.push(page.rows[at] ?? null);
    total = page.total;
  }
  work.names.end();
  const items = present(sort(toItems(kept), work), kept, work);
  if (pages.long) return replaceRows(pages.long.frame, itemsKey, items);
  if (pages.isBare) return items;
  return toObject([
    ['items', items],
    ['total', total ?? work.counts.seen],
  ]);
}

function replaceRows(data: Json, itemsKey: string | undefined, rows: Json[]): Json {
  return isObject(data) && itemsKey !== undefined ? replaceField(data, itemsKey, rows) : rows;
}

function viewWhole(show: Whole, work: Work): Whole {
  const { data, rows, itemsKey } = show;
  const list = findRows(show);
  if (list === undefined) return viewObject(show, work);
  const items = sort(keep(list, work), work);
  work.names.end();
  const shown = present(items, list, work);
  return {
    ...show,
    data: replaceRows(data, itemsKey, shown),
    ...(rows && { rows: present(items, rows, work) }),
  };
}

function viewObject(show: Whole, { view, names, project }: Work): Whole {
  const flag = view.where.length > 0 ? '--where' : '--sort-by';
  if (view.where.length > 0 || view.order) throw new Failure('usage', `${flag} is for lists, and this is one object`);
  const object = asObject(show.data);
  names.see([object]);
  names.end();
  return project ? { ...show, data: project(object) } : show;
}

function toItems(rows: readonly Json[]): Item[] {
  return rows.map((row, at) => ({ row: asObject(row), at }));
}

function keep(rows: readonly Json[], { names, isKept, counts }: Work): Item[] {
  names.see(rows);
  const items: Item[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = asObject(rows[at] ?? null);
    if (isKept(row)) items.push({ row, at });
  }
  counts.seen += rows.length;
  counts.kept += items.length;
  return items;
}

function sort(items: Item[], { view }: Work): Item[] {
  return view.order ? sortRows(items, view.order) : items;
}

/** @param rows among which the items have their places */
function present(items: readonly Item[], rows: readonly Json[], { project }: Work): Json[] {
  const kept = items.map(({ at }) => rows[at] ?? null);
  return toList(project ? kept.map((row) => project(asObject(row))) : kept);
}

/** The columns that the command has by itself, and all names in the first rows. */
async function listColumns(show: Readable): Promise<Whole> {
  const rows = 'data' in show ? (findRows(show) ?? [show.data]) : ((await first(show.pages))?.rows ?? []);
  const names = [...new Set([...(show.columns ?? []), ...listNames(rows.map(asObject))])];
  return { data: names, text: names.map((name) => `${name}\n`).join('') };
}

async function first(pages: Pages): Promise<ListPage | undefined> {
  for await (const page of pages) return page;
  return undefined;
}
