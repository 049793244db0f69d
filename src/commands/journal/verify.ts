// kscli journal verify: whether the chain holds, and where it does not. From the files alone.

import { basename } from 'node:path';
import { defineCommand } from '../../argv/command.ts';
import { Failure } from '../../errors.ts';
import { locate } from '../../files/locate.ts';
import { formatHead, parseHead } from '../../journal/head.ts';
import { inspectJournal, type Report } from '../../journal/inspect.ts';
import type { Head } from '../../journal/line.ts';
import { requireDirectory } from '../../journal/place.ts';
import type { Json } from '../../json/value.ts';
import { path, text } from '../../schema/fields.ts';

const MANY = 10_000;

export const journalVerify = defineCommand({
  effect: 'read',
  flags: {
    head: text('Number and hash of a line that must be there, from kscli journal head', { placeholder: 'seq:hash' }),
  },
  args: { file: path('File of a journal; without one, all of yours', { maxCount: MANY }) },
  examples: ['kscli journal verify', 'kscli journal verify --head "$(kscli journal head)"'],
  run: async (input, context) => {
    const { world, log } = context;
    const head = input.head === undefined ? undefined : requireHead(input.head);
    // A shell's order, and every other one that somebody types, becomes that of the months.
    const files = (input.file ?? []).map((file) => locate(file, world.home)).toSorted(byName);
    const directory = files.length > 0 ? '' : requireDirectory(context.settings);
    // A long journal is worth compiling for.
    Bun.unsafe.setJITPolicy(1);
    const report = await inspectJournal({ directory, files, head }, world);
    for (const file of report.setAside) await log.info(`Set aside, a line that was never finished: ${file}`);
    if (report.known === undefined && report.finding === undefined)
      await log.warn('No head is known: a cut end would not be seen. Give one with --head');
    return {
      show: { data: toData(report), text: describe(report), id: 'head' },
      ...(report.finding && { failure: toFailure() }),
    };
  },
});

function byName(a: string, b: string): number {
  return basename(a) < basename(b) ? -1 : 1;
}

/** @throws Failure 'usage' */
function requireHead(typed: string): Head {
  const head = parseHead(typed);
  if (head) return head;
  throw new Failure('usage', `--head: '${typed}' is not a number, a colon and a hash of 64 digits`, {
    lines: ['kscli journal head prints one.'],
  });
}

function toData({ finding, lines, files, head, setAside }: Report): Json {
  return {
    intact: finding === undefined,
    lines,
    files: [...files],
    head: formatHead(head),
    set_aside: [...setAside],
    problem: finding?.problem ?? null,
    file: finding?.file ?? null,
    line: finding?.line ?? null,
    detail: finding?.detail ?? null,
  };
}

function describe({ finding, lines, files, head }: Report): string {
  if (finding) return `${finding.file}, line ${finding.line}: ${finding.problem}. ${finding.detail}\n`;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `Intact: ${count(lines, 'line')} in ${count(files.length, 'file')}, up to ${formatHead(head)}\n`;
}

function toFailure(): Failure {
  return new Failure('journal', 'The journal is not intact', {
    lines: ['All before it is whole. Compare with a copy, or with a head that was noted elsewhere.'],
  });
}
