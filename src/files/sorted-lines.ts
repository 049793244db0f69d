// A file of lines in the order of their keys, whatever order they come in and however many there are: what does not fit into
// memory waits in files beside it. Knows nothing of what the lines say.

import { createOwnFile, readLinesOf, type Sum } from './own-file.ts';
import { removeIfPresent } from './replace.ts';

export type SortedLines = {
  /** Of lines with the same key the last one stays. @param line without line breaks @throws the system's error, as `end` */
  readonly add: (key: string, line: string) => void;
  /** Writes the file, and removes those beside it. */
  readonly end: () => Sum & { readonly rows: number };
};

type Entry = readonly [key: string, line: string];

/** In UTF-16 units. */
const HELD = 2 * 1024 * 1024;

/** Files that are open at the same time, for each level. */
const FAN = 64;

/** @param path of a file that is not there yet @param held before lines wait outside @param fan files before they become one */
export function createSortedLines(path: string, held = HELD, fan = FAN): SortedLines {
  // By level: those of a higher one came earlier, and were made of some below.
  const levels: string[][] = [];
  let count = 0;
  let entries: Entry[] = [];
  let length = 0;
  const setAside = (level: number, sorted: Iterable<Entry>) => {
    const run = `${path}.${count++}.part`;
    const file = createOwnFile(run);
    for (const [key, line] of sorted) file.write(`${JSON.stringify(key)}\t${line}\n`);
    file.end(false);
    const runs = levels[level] ?? [];
    levels[level] = runs;
    if (runs.push(run) < fan) return;
    levels[level] = [];
    setAside(level + 1, merge(runs.map(readRun)));
    for (const old of runs) removeIfPresent(old);
  };
  return {
    add: (key, line) => {
      entries.push([key, line]);
      length += key.length + line.length;
      if (length < held) return;
      setAside(0, inOrder(entries));
      entries = [];
      length = 0;
    },
    end: () => {
      const file = createOwnFile(path);
      const runs = levels.toReversed().flat();
      let rows = 0;
      for (const [, line] of lastOfEach(merge([...runs.map(readRun), inOrder(entries)]))) {
        file.write(`${line}\n`);
        rows++;
      }
      const sum = file.end();
      for (const run of runs) removeIfPresent(run);
      return { rows, ...sum };
    },
  };
}

/** Stable: of the same key, what came later stands later. */
function inOrder(entries: readonly Entry[]): Iterator<Entry> & Iterable<Entry> {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).values();
}

function* readRun(path: string): Generator<Entry> {
  for (const line of readLinesOf(path)) {
    const tab = line.indexOf('\t');
    yield [JSON.parse(line.slice(0, tab)), line.slice(tab + 1)];
  }
}

/** @param sources each in order; of the same key, an earlier source comes first */
function* merge(sources: readonly Iterator<Entry>[]): Generator<Entry> {
  const heads = sources.map((source) => source.next());
  for (;;) {
    let first = -1;
    for (const [at, head] of heads.entries()) {
      if (head.done) continue;
      const best = heads[first];
      if (best === undefined || best.done || head.value[0] < best.value[0]) first = at;
    }
    const head = heads[first];
    if (head === undefined || head.done) return;
    yield head.value;
    const next = sources[first]?.next();
    if (next) heads[first] = next;
  }
}

function* lastOfEach(entries: Iterable<Entry>): Generator<Entry> {
  let waiting: Entry | undefined;
  for (const entry of entries) {
    if (waiting && waiting[0] !== entry[0]) yield waiting;
    waiting = entry;
  }
  if (waiting) yield waiting;
}
