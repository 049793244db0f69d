// The report of a bulk upload as a file: what earlier runs wrote in it, and the lines that this run adds. Without such a
// file, nothing.

import type { Context } from '../context.ts';
import { describeCause, Failure, findCode } from '../errors.ts';
import { type Lines, openLines, readLines } from '../files/lines.ts';
import { locate } from '../files/locate.ts';
import { UntrustedPath } from '../files/safe-path.ts';
import { asRecord, type JsonObject } from '../json/value.ts';
import { type Entry, readEntry, readHeader, type Subject, writeEntry, writeHeader } from './entry.ts';

export type Report = {
  /** The last word on each file, by path. */
  readonly before: ReadonlyMap<string, Entry>;
  /** On the disk when it returns. @throws Failure 'disk' */
  readonly add: (path: string, entry: Entry) => void;
  /** Why nothing can be added any more: then nothing else may be sent. */
  readonly failure: () => Failure | undefined;
  readonly close: () => void;
};

const NONE: Report = { before: new Map(), add: () => undefined, failure: () => undefined, close: () => undefined };

/** @property file as it was typed; undefined for none @property isOld it is one of an earlier run, which goes on @property isRead nothing is added */
type Choice = { readonly file: string | undefined; readonly isOld: boolean; readonly isRead: boolean };

/** @throws Failure 'usage' for a file that is not there, is there already or is no report; 'refused' for another one's, or one in use; 'disk' */
export async function openReport(
  { file, isOld, isRead }: Choice,
  describe: () => Promise<Subject>,
  context: Context,
): Promise<Report> {
  if (file === undefined) return NONE;
  const subject = await describe();
  const { world, log } = context;
  const place = { path: locate(file, world.home), file, flag: isOld ? '--resume' : '--report' };
  const found = readReport(place, isOld, context);
  if (isOld) requireSame(found.subject, subject, place);
  if (found.isTorn)
    await log.warn(`${file} ends in half a line, which was dropped: kscli was ended while it wrote it.`);
  if (isRead) return { ...NONE, before: found.before };
  const lines = await openForAdding(place, found.kept, context);
  let failure: Failure | undefined;
  const add = (line: string) => {
    try {
      lines.add(line);
    } catch (cause) {
      failure = new Failure('disk', `The report ${file} cannot be written: ${describeCause(cause)}`, { cause });
      throw failure;
    }
  };
  if (found.subject === undefined) add(writeHeader(subject, world.now()));
  return {
    before: found.before,
    add: (path, entry) => add(writeEntry(path, entry, world.now())),
    failure: () => failure,
    close: lines.close,
  };
}

type Place = { readonly path: string; readonly file: string; readonly flag: string };

/** @property kept bytes of whole lines */
type Contents = {
  readonly subject: Subject | undefined;
  readonly before: ReadonlyMap<string, Entry>;
  readonly kept: number;
  readonly isTorn: boolean;
};

const EMPTY: Contents = { subject: undefined, before: new Map(), kept: 0, isTorn: false };

function readReport(place: Place, isOld: boolean, { world }: Context): Contents {
  let text: string;
  try {
    text = readLines(place.path, world).text;
  } catch (cause) {
    if (!isOld && findCode(cause) === 'ENOENT') return EMPTY;
    throw unreadable(cause, place);
  }
  // Nothing was written, so nothing was sent.
  if (text === '') return EMPTY;
  if (!isOld)
    throw new Failure('usage', `--report: '${place.file}' exists already. To go on with it: --resume ${place.file}`);
  return readContents(text, place);
}

function readContents(text: string, place: Place): Contents {
  const end = text.lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  const subject = readHeader(asRecord(parseLine(lines[0] ?? '')));
  if (subject === undefined) throw new Failure('usage', `--resume: '${place.file}' is no report of bulk-ingest`);
  const before = new Map<string, Entry>();
  for (const [at, line] of lines.entries()) {
    if (at === 0) continue;
    const entry = readEntry(asRecord(parseLine(line)));
    if (entry === undefined)
      throw new Failure('usage', `--resume: line ${at + 1} of '${place.file}' is no line of a report`);
    before.set(entry.path, entry);
  }
  return { subject, before, kept: Buffer.byteLength(text.slice(0, end)), isTorn: end < text.length };
}

function parseLine(line: string): JsonObject | undefined {
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}

const WORDS: Readonly<Record<keyof Subject, string>> = {
  base_url: 'base URL',
  tenant_id: 'tenant',
  user_id: 'user',
  directory: 'directory',
  path_part_id: 'path part',
};

/** Files would be taken for done that are not. */
function requireSame(found: Subject | undefined, subject: Subject, { file }: Place): void {
  if (found === undefined) return;
  const keys = Object.keys(WORDS) as (keyof Subject)[];
  const differing = keys.filter((key) => found[key] !== subject[key]);
  if (differing.length === 0) return;
  throw new Failure('refused', `${file} is the report of another upload`, {
    lines: [...differing.map((key) => `Its ${WORDS[key]} is ${found[key]}, not ${subject[key]}.`), 'Nothing was sent.'],
  });
}

async function openForAdding(place: Place, kept: number, { world }: Context): Promise<Lines> {
  try {
    const lines = await openLines(place.path, kept, world);
    if (lines !== 'busy') return lines;
  } catch (cause) {
    throw unreadable(cause, place);
  }
  throw new Failure('refused', `Another kscli writes ${place.file} at the moment`, { lines: ['Nothing was sent.'] });
}

function unreadable(cause: unknown, { file, flag }: Place): unknown {
  if (cause instanceof UntrustedPath) {
    const advice = 'Name a file of your own, in a directory of your own: nobody else may change what it says.';
    return new Failure('usage', `${flag} names ${file}: ${cause.path} ${cause.message}`, { lines: [advice], cause });
  }
  if (findCode(cause) === undefined) return cause;
  return new Failure('usage', `${flag} names ${file}, which cannot be used: ${describeCause(cause)}`, { cause });
}
