// Reads what a command shows to each of two users, side by side: page by page where it is a list.

import { see } from '../auth/unseen.ts';
import { Failure } from '../errors.ts';
import type { ListPage } from '../http/pages.ts';
import type { Json } from '../json/value.ts';
import { findRows, type Layout, type Readable } from '../output/result.ts';
import { createMatch, type Outcome, type Side } from './match.ts';
import { type Difference, listDifferences } from './values.ts';

/** One of the two. @property label as messages call it @property read what the command shows @property guard runs its work, and names it where that fails */
export type Reader = {
  readonly side: Side;
  readonly label: string;
  readonly read: () => Promise<Readable>;
  readonly guard: <T>(work: () => Promise<T>) => Promise<T>;
};

export type Comparison =
  | { readonly kind: 'rows'; readonly outcome: Outcome; readonly layout: Layout }
  | { readonly kind: 'whole'; readonly fields: readonly Difference[] }
  /** The server shows it to the other one alone. */
  | { readonly kind: 'unseen'; readonly side: Side; readonly why: Failure };

/** @param tell told how many rows have been read by now @throws Failure of one of them that is no difference */
export async function compareBoth(a: Reader, b: Reader, tell: (rows: number) => Promise<void>): Promise<Comparison> {
  // One after the other: where the first fails, nobody need ask for the second.
  const mine = await a.guard(() => open(a));
  const theirs = readAlike(await b.guard(() => open(b)), mine);
  if (mine.kind === 'unseen' && theirs.kind === 'unseen') {
    mine.why.lines.unshift(`In ${b.label}: ${theirs.why.message}`);
    return a.guard(() => Promise.reject(mine.why));
  }
  if (mine.kind === 'unseen') return { kind: 'unseen', side: 'a', why: mine.why };
  if (theirs.kind === 'unseen') return { kind: 'unseen', side: 'b', why: theirs.why };
  if (mine.kind === 'list' && theirs.kind === 'list') {
    const lanes = [
      { ...mine, ...a },
      { ...theirs, ...b },
    ];
    return { kind: 'rows', outcome: await matchRows(lanes, tell), layout: mine.layout };
  }
  if (mine.kind === 'whole' && theirs.kind === 'whole')
    return { kind: 'whole', fields: listDifferences(mine.data, theirs.data) };
  const [list, other] = mine.kind === 'list' ? [a, b] : [b, a];
  throw new Failure('answer', `The answer in ${list.label} is a list, and in ${other.label} it is none`, {
    lines: ['Are both answers to the same command?'],
  });
}

type List = {
  readonly kind: 'list';
  /** The first page. */
  readonly head: readonly Json[];
  readonly rest: AsyncIterator<ListPage> | undefined;
  readonly layout: Layout;
};
type Whole = { readonly kind: 'whole'; readonly data: Json };
type Unseen = { readonly kind: 'unseen'; readonly why: Failure };
type Opened = List | Whole | Unseen;

async function open({ read }: Reader): Promise<Opened> {
  const seen = await see(() => begin(read));
  return 'value' in seen ? seen.value : { kind: 'unseen', why: seen.unseen };
}

async function begin(read: Reader['read']): Promise<List | Whole> {
  const show = await read();
  if ('pages' in show) {
    const rest = show.pages[Symbol.asyncIterator]();
    return { kind: 'list', head: (await nextRows(rest)) ?? [], rest, layout: show };
  }
  const head = findRows(show);
  return head ? { kind: 'list', head, rest: undefined, layout: show } : { kind: 'whole', data: show.data };
}

/** A saved answer does not tell under which key its rows are. */
function readAlike(answer: Opened, other: Opened): Opened {
  if (answer.kind !== 'whole' || other.kind !== 'list') return answer;
  const head = findRows({ data: answer.data, itemsKey: other.layout.itemsKey });
  return head ? { kind: 'list', head, rest: undefined, layout: other.layout } : answer;
}

/** undefined at the end. */
async function nextRows(pages: AsyncIterator<ListPage> | undefined): Promise<readonly Json[] | undefined> {
  const turn = await pages?.next();
  return turn === undefined || turn.done ? undefined : turn.value.rows;
}

type Lane = List & Pick<Reader, 'side' | 'guard'>;

/** A page of each at a time, so that rows of the same place wait for each other as short as can be. */
async function matchRows(lanes: readonly Lane[], tell: (rows: number) => Promise<void>): Promise<Outcome> {
  const match = createMatch(lanes[0]?.layout.id ?? 'id');
  let count = 0;
  const take = ({ side }: Lane, rows: readonly Json[]) => {
    for (const row of rows) match.take(side, row);
    count += rows.length;
  };
  for (const lane of lanes) take(lane, lane.head);
  let open = lanes.filter(({ rest }) => rest !== undefined);
  while (open.length > 0) {
    const turns = open.map(async (lane) => ({ lane, rows: await lane.guard(() => nextRows(lane.rest)) }));
    // No failure is told while the other is still at work.
    await Promise.allSettled(turns);
    const pages = await Promise.all(turns);
    for (const { lane, rows } of pages) take(lane, rows ?? []);
    open = pages.flatMap(({ lane, rows }) => (rows === undefined ? [] : [lane]));
    if (open.length > 0) await tell(count);
  }
  return match.finish();
}
