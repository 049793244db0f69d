// Whether the chain holds: each line as it was written, after the one before it, up to the end that is known.

import { basename } from 'node:path';
import { BEGINNING, type Frame, type Head, readFrame } from './line.ts';
import { type Line, readLines } from './lines.ts';

/** The first line that does not follow. */
export type Finding = {
  readonly problem: 'edited' | 'missing' | 'reordered' | 'cut' | 'torn';
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** A sentence. */
  readonly detail: string;
};

/** An end that is known from elsewhere. @property name as messages name it */
export type Known = Head & { readonly name: string };

export type Wanted = {
  /** In the order of the chain. */
  readonly files: readonly string[];
  /** Whether all of the journal is there, from its very first line on. */
  readonly isAll: boolean;
  readonly known: Known | undefined;
};

/** @property head the last line that follows */
export type Verdict = { readonly lines: number; readonly head: Head; readonly finding: Finding | undefined };

type Place = { readonly file: string; readonly line: number };

/** As far as it was read. */
type State = {
  lines: number;
  first: Head | undefined;
  last: Head | undefined;
  place: Place;
  torn: Place | undefined;
  finding: Finding | undefined;
  /** The seq that would make a line that seems to be missing one that stands elsewhere. */
  sought: number | undefined;
};

/** @throws Failure 'journal' for a file that cannot be read */
export async function verifyChain(wanted: Wanted): Promise<Verdict> {
  const place = { file: wanted.files.at(-1) ?? '', line: 0 };
  const last = wanted.isAll ? BEGINNING : undefined;
  const state: State = { lines: 0, first: last, last, place, torn: undefined, finding: undefined, sought: undefined };
  for (const [at, file] of wanted.files.entries()) {
    const previous = wanted.files[at - 1];
    for await (const lines of readLines(file)) {
      for (const line of lines) {
        if (isDecided(state)) break;
        if (state.sought === undefined) follow(line, { file, previous, isLast: file === place.file }, state, wanted);
        else seek(line, state);
      }
      if (isDecided(state)) break;
    }
    if (isDecided(state)) break;
  }
  const finding = state.finding ?? judgeEnd(state, wanted.known);
  return { lines: state.lines, head: state.last ?? BEGINNING, finding };
}

/** Whatever follows is not the first. */
function isDecided({ finding, sought }: State): boolean {
  return finding !== undefined && sought === undefined;
}

type Source = { readonly file: string; readonly previous: string | undefined; readonly isLast: boolean };

function follow(line: Line, source: Source, state: State, wanted: Wanted): void {
  const place = { file: source.file, line: line.number };
  if (!line.isWhole && source.isLast) {
    state.torn = place;
    return;
  }
  const frame = line.isWhole ? readFrame(line.bytes) : undefined;
  const before = state.last ?? (frame && { seq: frame.seq - 1, hash: frame.prev }) ?? BEGINNING;
  const complaint = judge(frame, before, wanted) ?? judgeOpening(frame, line, source, wanted);
  if (frame && complaint === undefined) {
    Object.assign(state, { first: state.first ?? before, last: frame, place, lines: state.lines + 1 });
    return;
  }
  const { problem, detail } = complaint ?? BROKEN;
  state.finding = { problem, ...place, detail };
  if (frame && problem === 'missing' && frame.seq > before.seq + 1) state.sought = before.seq + 1;
}

type Complaint = Pick<Finding, 'problem' | 'detail'>;

const BROKEN: Complaint = { problem: 'edited', detail: 'It is not as it was written.' };

function judge(frame: Frame | undefined, before: Head, { known }: Wanted): Complaint | undefined {
  if (frame === undefined) return BROKEN;
  const seq = before.seq + 1;
  if (frame.seq < seq) return { problem: 'reordered', detail: `Number ${frame.seq} stands where ${seq} belongs.` };
  if (frame.seq > seq) {
    const gap = frame.seq - 1 === seq ? `Number ${seq} is` : `Numbers ${seq} to ${frame.seq - 1} are`;
    return { problem: 'missing', detail: `${gap} missing before it.` };
  }
  if (frame.prev !== before.hash)
    return { problem: 'edited', detail: `It follows another number ${before.seq} than the one here.` };
  const isOther = frame.seq === known?.seq && frame.hash !== known.hash;
  return isOther ? { problem: 'edited', detail: `${known.name} knows another number ${frame.seq}.` } : undefined;
}

/** The first line of a file names the file before. */
function judgeOpening(
  frame: Frame | undefined,
  { number }: Line,
  { previous }: Source,
  { isAll }: Wanted,
): Complaint | undefined {
  if (frame === undefined || number > 1) return undefined;
  if (frame.event !== 'file.open') return { problem: 'missing', detail: 'The file does not begin with file.open.' };
  // Copies may have other names.
  if (!isAll || frame.previous === (previous && basename(previous))) return undefined;
  return { problem: 'missing', detail: `The file follows ${frame.previous ?? 'none'}, which is not here.` };
}

/** Lines that are all there, but not in their order. */
function seek({ bytes }: Line, state: State): void {
  if (state.finding === undefined || readFrame(bytes)?.seq !== state.sought) return;
  state.finding = { ...state.finding, problem: 'reordered', detail: `Number ${state.sought} comes after it.` };
  state.sought = undefined;
}

function judgeEnd({ first, last, place, torn }: State, known: Known | undefined): Finding | undefined {
  const end = last?.seq ?? 0;
  // A line that was cut within is torn; more than that nobody loses by accident.
  if (known && known.seq > end + (torn ? 1 : 0)) {
    const detail = `The journal ends with number ${end}; ${known.name} knows ${known.seq}.`;
    return { problem: 'cut', file: place.file, line: (torn ?? place).line + (torn ? 0 : 1), detail };
  }
  if (known && first && (known.seq < first.seq || (known.seq === first.seq && known.hash !== first.hash)))
    return { problem: 'missing', file: place.file, line: 1, detail: `Number ${known.seq} is in none of these files.` };
  if (torn) return { problem: 'torn', ...torn, detail: 'It was never finished.' };
  return undefined;
}
