// What verify looks at: which files, which end they are held against, and what was set aside.

import { basename, dirname, join } from 'node:path';
import { describeCause, Failure } from '../errors.ts';
import type { World } from '../world.ts';
import { readHead } from './head.ts';
import { type Head, readFrame } from './line.ts';
import { readLines } from './lines.ts';
import { HEAD, listFiles, type Names, TORN } from './names.ts';
import { type Finding, type Known, type Verdict, verifyChain } from './verify.ts';

export type Report = Verdict & {
  readonly files: readonly string[];
  /** The end that the files were held against; undefined where nobody knows one. */
  readonly known: Known | undefined;
  /** Files with lines that were never finished. */
  readonly setAside: readonly string[];
};

/** @property files of the directory, where none are named */
export type Question = {
  readonly directory: string;
  readonly files: readonly string[];
  readonly head: Head | undefined;
};

/** How long a line may take that is just being written, in milliseconds. */
const WRITING = 100;

/** @throws Failure 'journal' for a journal that is not there or cannot be read */
export async function inspectJournal(question: Question, world: World): Promise<Report> {
  const report = await inspectNow(question);
  if (report.finding?.problem !== 'torn') return report;
  await world.sleep(WRITING);
  return inspectNow(question);
}

async function inspectNow({ directory, files: named, head }: Question): Promise<Report> {
  const isAll = named.length === 0;
  const place = isAll ? directory : dirname(named.at(-1) ?? '');
  // Before the files: whatever is written meanwhile only comes behind it.
  const found = readHead(place);
  const names = listNames(place);
  const files = isAll ? names.files.map((name) => join(directory, name)) : named;
  if (isAll && files.length === 0 && !isBehind(found))
    throw new Failure('journal', `There is no journal in ${directory}`);
  const known = head
    ? { ...head, name: '--head' }
    : isAll
      ? nameHead(found)
      : await findNext(place, files, found, names);
  const verdict = await verifyChain({ files, isAll, known });
  const finding = verdict.finding ?? (isAll && !head ? judgeHead(found, place) : undefined);
  const setAside = isAll
    ? names.torn.map((name) => join(directory, name))
    : files.map((file) => file + TORN).filter((file) => names.torn.includes(basename(file)));
  // Without any file it is the head that tells of them.
  const told = finding && (finding.file === '' ? { ...finding, file: join(place, HEAD) } : finding);
  return { ...verdict, finding: told, files, known, setAside };
}

/** @throws Failure 'journal' */
export function listNames(directory: string): Names {
  try {
    return listFiles(directory);
  } catch (cause) {
    throw new Failure('journal', `${directory} cannot be read: ${describeCause(cause, 'directory')}`, { cause });
  }
}

type Found = ReturnType<typeof readHead>;

/** Whether there were lines once. */
function isBehind(found: Found): boolean {
  return typeof found !== 'string' && found.seq > 0;
}

function nameHead(found: Found): Known | undefined {
  return typeof found === 'string' ? undefined : { ...found, name: HEAD };
}

/** The head where the last one is the newest, otherwise what the file after it says of its end. */
async function findNext(
  place: string,
  files: readonly string[],
  found: Found,
  names: Names,
): Promise<Known | undefined> {
  const at = names.files.indexOf(basename(files.at(-1) ?? ''));
  if (at === -1) return undefined;
  const next = names.files[at + 1];
  if (next === undefined) return nameHead(found);
  for await (const [line] of readLines(join(place, next))) {
    const frame = line && readFrame(line.bytes);
    return frame && { seq: frame.seq - 1, hash: frame.prev, name: next };
  }
  return undefined;
}

function judgeHead(found: Found, directory: string): Finding | undefined {
  if (typeof found !== 'string') return undefined;
  const detail = found === 'missing' ? 'The end of the journal is not known.' : 'It is not as it was written.';
  const problem = found === 'missing' ? 'missing' : 'edited';
  return { problem, file: join(directory, HEAD), line: 1, detail };
}
