// kscli compare: what two users see, row by row. Reads alone, in both sessions, and says what differs.

import { defineCommand, type Group, SERVER_EXITS } from '../argv/command.ts';
import { type Inner, readInner } from '../argv/inner.ts';
import { inSession, type OtherSession } from '../auth/other-session.ts';
import { compareBoth, type Reader } from '../compare/read.ts';
import { isTheSame, layOut, type Subject } from '../compare/report.ts';
import { readSaved } from '../compare/saved.ts';
import { openSide, readName, requireOneTenant } from '../compare/side.ts';
import { describeComparison, describeVerdict } from '../compare/text.ts';
import type { Context } from '../context.ts';
import { EXIT, Failure } from '../errors.ts';
import type { Readable, Whole } from '../output/result.ts';
import { flag, path, text } from '../schema/fields.ts';
import { HELP, readView, VIEW, type View } from '../schema/view.ts';

const MANY = 10_000;

export const defineCompare = (root: Group) =>
  defineCommand({
    effect: 'read',
    exits: [...SERVER_EXITS, EXIT.different],
    flags: {
      before: path('Compare with this file in place of b: an answer of the same command, saved with -f json', {
        placeholder: 'file',
      }),
      'across-tenants': flag('Compare sessions of two tenants'),
    },
    args: {
      a: text('Session, or - for the unnamed one', { required: true }),
      b: text('Session to compare it with'),
      command: text('Command that only reads, and its arguments, behind --', { required: true, maxCount: MANY }),
    },
    examples: [
      'kscli compare acme acme-bob -- folders list',
      'kscli compare acme - --format json -- documents list',
      'kscli compare acme --before monday.json -- permissions list',
    ],
    hasOwnSessions: true,
    run: async (input, context) => {
      const { log, settings } = context;
      const { names, words } = readWords(input, context);
      const reading = toReading(await readInner(words, root));
      const saved = input.before === undefined ? undefined : await readSaved(input.before, context);
      const [mine, theirs] = await openSides(names, input['across-tenants'], context);
      const a: Part = { ...toPart(mine, reading), side: 'a' };
      const b: Part = { ...(theirs ? toPart(theirs, reading) : toSavedPart(input.before, reading, saved)), side: 'b' };
      const comparison = await compareBoth(a, b, (rows) => log.status(`${rows} rows read`)).finally(() =>
        log.status(undefined),
      );
      const why = comparison.kind === 'unseen' ? log.present(comparison.why.message) : '';
      const verdict = describeVerdict(comparison, a, b, why);
      return {
        show: layOut(comparison, a, b, describeComparison(comparison, a, b, verdict), why),
        exit: isTheSame(comparison) ? EXIT.success : EXIT.different,
        // A table begins with it.
        ...(settings.format !== 'table' && { notice: verdict }),
      };
    },
  });

type Typed = {
  readonly a: string;
  readonly b: string | undefined;
  readonly command: readonly string[];
  readonly before: string | undefined;
};

/** @property names of one session or two; undefined is the unnamed one */
type Words = { readonly names: readonly (string | undefined)[]; readonly words: readonly string[] };

/** @throws Failure 'usage' */
function readWords({ a, b, command, before }: Typed, { sources }: Context): Words {
  if (sources.session.kind === 'flag')
    throw new Failure('usage', '--session cannot be used here: compare names its sessions itself');
  const first = readName('<a>', a);
  if (before !== undefined) return { names: [first], words: b === undefined ? command : [b, ...command] };
  if (b === undefined)
    throw new Failure('usage', 'Two sessions and a command are needed, or one session, --before and a command');
  const second = readName('<b>', b);
  if (first === second) throw new Failure('usage', '<a> and <b> are the same session');
  return { names: [first, second], words: command };
}

function areSeveral(words: unknown): boolean {
  return Array.isArray(words) && (words.length > 1 || words[0] === '-');
}

/** @property shape leaves of an answer the rows and columns that were asked for */
type Reading = {
  readonly read: (context: Context) => Promise<Readable>;
  readonly shape: (show: Readable) => Promise<Readable>;
};

/** @throws Failure 'usage' for a command that may change something, or asks the API for nothing */
function toReading({ name, command, input, given }: Inner): Reading {
  const { read, flags } = command;
  if (read === undefined)
    throw new Failure('usage', `'${name}' cannot be compared: only commands that read from the API and change nothing`);
  if (flags['all'] && given.includes('offset'))
    throw new Failure('usage', '--offset cannot be used here: compare reads all pages');
  const idle = ['sort-by', 'times'].find((flag) => Object.hasOwn(VIEW, flag) && given.includes(flag));
  if (idle !== undefined) throw new Failure('usage', `--${idle} cannot be used here: it makes no difference`);
  const several = Object.entries(command.args).find(([arg, { takesLines }]) => takesLines && areSeveral(input[arg]));
  if (several !== undefined) throw new Failure('usage', `<${several[0]}>: one at a time can be compared`);
  const view = readView(input, 'json');
  if (view?.columns?.includes(HELP)) throw new Failure('usage', '--columns help cannot be used here');
  return {
    read: (context) => read(input, context),
    shape: async (show) => (view ? applyTo(show, view) : show),
  };
}

async function applyTo(show: Readable, view: View): Promise<Readable> {
  const { viewReadable } = await import('../output/view/view.ts');
  return (await viewReadable(show, view)).show;
}

async function openSides(
  names: Words['names'],
  isAcross: boolean,
  context: Context,
): Promise<readonly [OtherSession, OtherSession | undefined]> {
  const mine = await openSide(names[0], context);
  if (names.length === 1) return [mine, undefined];
  const theirs = await openSide(names[1], context);
  if (!isAcross) requireOneTenant(mine, theirs);
  return [mine, theirs];
}

type Part = Subject & Reader;

function toPart(
  { name, label, userId, tenantId, context }: OtherSession,
  { read, shape }: Reading,
): Omit<Part, 'side'> {
  return {
    label,
    about: { session: name ?? null, user_id: userId, tenant_id: tenantId, base_url: context.settings.baseUrl },
    read: async () => shape(await read(context)),
    guard: (work) => inSession(label, work),
  };
}

function toSavedPart(file = '', { shape }: Reading, saved: Whole = { data: null }): Omit<Part, 'side'> {
  return {
    label: file === '-' ? 'standard input' : file,
    about: { file },
    read: () => shape(saved),
    guard: (work) => work(),
  };
}
