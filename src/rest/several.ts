// One command for several ids: a request for each, one after the other over the same connection. A failure is named and the
// rest is done, unless no later request could do better.

import { isAnswer, openSession } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Json } from '../json/value.ts';
import { formatIds } from '../output/ids.ts';
import type { CommandResult, Layout, Readable, Whole } from '../output/result.ts';
import type { Given } from '../schema/operations.ts';
import { toArgs } from './flags.ts';
import { listWords, toOne } from './given.ts';
import { readIds } from './ids.ts';
import { runOne, toGivenRow, type Work } from './one.ts';
import { type Resolved, resolvePaths } from './paths.ts';
import { askOfAll } from './question.ts';
import { toRequest } from './request.ts';

type Shown = CommandResult & { readonly show: Readable };

/** @throws Failure 'usage' for an id that is none, before anything is sent */
export async function runSeveral(typed: Given, work: Omit<Work, 'session'>): Promise<Shown> {
  const { resource, operation, context } = work;
  const field = Object.values(toArgs(operation)).at(-1);
  const ids = field ? await readIds(listWords(operation, typed), field, context.world) : [];
  const session = await openSession(context);
  const one = (typed: Given) => runWhole(typed, { ...work, isYes: true, session });
  if (operation.method === 'GET') {
    const each = { ids, one: (id: string) => one(toOne(operation, typed, id)) };
    return readEach(each, { columns: operation.columns ?? resource.columns, id: resource.id }, context);
  }
  const wanted = await resolveAll(ids, typed, { ...work, session });
  const rows = await Promise.all([...wanted.values()].map((resolved) => toGivenRow(resolved, { ...work, session })));
  const [first] = rows;
  if (first) await session.requireAllowed(toRequest(operation, first.given));
  await askOfAll(rows, session, context);
  const each = (word: string) => one(wanted.get(word)?.typed ?? toOne(operation, typed, word));
  return changeEach({ ids: [...wanted.keys()], one: each }, context);
}

/** By the words that were typed, each thing once: what is gone cannot be deleted once more. @throws Failure before anything is changed */
async function resolveAll(
  words: readonly string[],
  typed: Given,
  { operation, session, context }: Pick<Work, 'operation' | 'session' | 'context'>,
): Promise<ReadonlyMap<string, Resolved>> {
  const wanted = new Map<string, Resolved>();
  const ids = new Set<string>();
  for (const word of new Set(words)) {
    const resolved = await resolvePaths(operation, toOne(operation, typed, word), session, context).catch(
      sayNothingDone,
    );
    const [id = word] = listWords(operation, resolved.typed);
    if (!ids.has(id)) wanted.set(word, resolved);
    ids.add(id);
  }
  return wanted;
}

function sayNothingDone(error: unknown): never {
  if (error instanceof Failure && isAnswer(error)) error.lines.push('None of them was changed.');
  throw error;
}

async function runWhole(typed: Given, work: Work): Promise<Whole> {
  const { show } = await runOne(typed, work);
  return 'data' in show ? show : { ...show, data: show.pages.long?.whole() ?? null };
}

type Each = { readonly ids: readonly string[]; readonly one: (id: string) => Promise<Whole> };

/** What became of them. @property stop the failure that ended it */
type Tally = { done: number; readonly failures: Failure[]; stop: Failure | undefined };

/** Reading: a row is shown as it comes. */
function readEach(each: Each, layout: Layout, context: Context): Shown {
  const tally: Tally = { done: 0, failures: [], stop: undefined };
  const pages = (async function* () {
    for await (const { data } of run(each, tally, context)) yield { rows: [data], total: undefined };
  })();
  return { show: { ...layout, pages: Object.assign(pages, { isBare: true }) }, end: () => conclude(each, tally) };
}

/** Changing: all of it is done before anything is shown, whether anybody reads it or not. */
async function changeEach(each: Each, context: Context): Promise<Shown> {
  const { world, log, settings } = context;
  const tally: Tally = { done: 0, failures: [], stop: undefined };
  const shown: Whole[] = [];
  const tell = () => `${tally.done + tally.failures.length} of ${each.ids.length}`;
  world.onInterrupt(() => [`Done with ${tell()}.`]);
  for await (const whole of run(each, tally, context)) {
    shown.push(whole);
    await log.status(tell());
  }
  await log.status(undefined);
  // Nothing was done at all.
  if (tally.stop && tally.done + tally.failures.length === 0) throw tally.stop;
  const { id } = shown[0] ?? {};
  const isIds = settings.format === 'id-only';
  const texts = shown.map(({ text }) => text ?? '').join('');
  return {
    show: {
      data: shown.map(({ data }) => data),
      ...(id && { id }),
      ...((texts !== '' || (shown.length === 0 && each.ids.length > 0)) && { text: texts }),
      ...(isIds && { rows: shown.map((whole): Json => formatIds(whole).trim()) }),
    },
    end: () => conclude(each, tally),
  };
}

async function* run({ ids, one }: Each, tally: Tally, { log }: Context): AsyncGenerator<Whole> {
  let lost = 0;
  for (const id of ids) {
    try {
      const whole = await one(id);
      tally.done++;
      lost = 0;
      yield whole;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      lost = error.kind === 'network' ? lost + 1 : 0;
      if (!(isAnswer(error) || error.kind === 'answer' || (lost > 0 && lost < MOST_LOST))) {
        tally.stop = error;
        return;
      }
      tally.failures.push(error);
      await log.error([`${id}: ${error.message}`, ...error.lines]);
    }
  }
}

/** Requests in a row without an answer: the server is gone, and each takes as long as the time limit. */
const MOST_LOST = 3;

function conclude({ ids }: Each, { done, failures, stop }: Tally): ReturnType<NonNullable<CommandResult['end']>> {
  const left = ids.length - done - failures.length;
  if (stop) {
    stop.lines.push(`It ended at ${ids[ids.length - left]}: ${left} of ${ids.length} are not done.`);
    return { exit: stop.exitCode, failure: stop };
  }
  if (failures.length === 0) return { exit: 0 };
  const codes = new Set(failures.map(({ exitCode }) => exitCode));
  const [code = 1] = codes;
  return { exit: codes.size === 1 ? code : 1, notice: `${failures.length} of ${ids.length} failed.` };
}
