// The straight line of one command: words → settings → input → command → result → text.

import type { Command } from './argv/command.ts';
import { decodeInput } from './argv/input.ts';
import type { Parsed } from './argv/parse.ts';
import { EXIT, Failure } from './errors.ts';
import { withJournal } from './journal/policy.ts';
import type { Page } from './output/page.ts';
import { type Output, render } from './output/render.ts';
import { withoutSecrets } from './output/result.ts';
import { readView, type View } from './schema/view.ts';
import { type Resolution, resolveAll, type Settings } from './settings/resolve.ts';
import { hasColor } from './terminal/color.ts';
import type { Log } from './terminal/log.ts';
import type { Redactor } from './terminal/redact.ts';
import type { World } from './world.ts';

/** Known before any command is. */
export type Surroundings = { readonly world: World; readonly log: Log; readonly redactor: Redactor };

export type Outcome = {
  readonly output: Output;
  readonly exit: number;
  /** Lines for the failure where nobody gets the output, which is none otherwise. */
  readonly unread?: readonly string[] | undefined;
  /** Asked for once the output was printed, which may be how it comes about. */
  readonly end?: () => Ended;
};

/** @property notices for after the output, where somebody read it to the end */
type Ended = { readonly exit: number; readonly notices: readonly string[]; readonly failure?: Failure | undefined };

/** @param name of the command, as it is typed @throws Failure of any kind */
export async function execute(
  command: Command,
  parsed: Parsed,
  name: string,
  surroundings: Surroundings,
): Promise<Outcome> {
  try {
    return await runCommand(command, parsed, name, surroundings);
  } catch (error) {
    const { failureExit } = command;
    throw error instanceof Failure && failureExit !== undefined ? error.replaceExit(failureExit) : error;
  }
}

async function runCommand(
  command: Command,
  parsed: Parsed,
  name: string,
  { world, log, redactor: { conceal, redact } }: Surroundings,
): Promise<Outcome> {
  const resolution = await settle(parsed, command, world);
  if (resolution.settings.debug) log.showDebug();
  for (const word of listSecretWords(parsed, command)) conceal(word);
  const input = decodeInput(parsed, command);
  const problem = resolution.problems[0];
  // A bad setting stops a command before it does anything.
  if (problem && !command.isLenient) throw problem;
  if (!command.isLenient) for (const warning of resolution.warnings) await log.warn(warning);
  const view = readView(input, resolution.settings.format);
  const called = { command: name, flags: Object.keys({ ...parsed.flags, ...parsed.globals }) };
  const context = withJournal({}, { ...resolution, world, log, conceal, called });
  const result = await command.run(input, context);
  const safe = withoutSecrets(result.show, redact);
  const viewed = view && (await (await import('./output/view/view.ts')).applyView(safe, view));
  const output = await render(viewed?.show ?? safe, describePage(resolution.settings, view, world));
  const end = (): Ended => {
    const { exit = EXIT.success, notice, failure } = result.end?.() ?? result;
    return { exit, notices: [viewed?.notice(), notice].filter((text) => text !== undefined), failure };
  };
  return { output, exit: EXIT.success, unread: result.unread, end };
}

/** What is shorter is no key. */
const SHORTEST_KEY = 12;

/** Whoever types a key may do so in the wrong place. */
function listSecretWords({ flags, positionals }: Parsed, command: Command): string[] {
  const names = Object.keys(command.flags).filter((name) => command.flags[name]?.isSecret);
  if (names.length === 0) return [];
  const strays = positionals.filter(({ length }) => length >= SHORTEST_KEY);
  return [...names.flatMap((name) => flags[name] ?? []), ...strays];
}

/** Only a named session has more to say than the settings: without one, no other file is looked at. */
async function settle({ globals }: Parsed, { hasOwnSessions }: Command, world: World): Promise<Resolution> {
  const resolution = resolveAll(globals, world);
  if (resolution.settings.session === undefined || hasOwnSessions) return resolution;
  const { withSession } = await import('./auth/session-settings.ts');
  return withSession(resolution, world);
}

function describePage({ format, noHeader }: Settings, view: View | undefined, { stdout, env, now }: World): Page {
  const { isTerminal, columns: width } = stdout;
  const clock = view?.times && { times: view.times, now: now() };
  return { format, noHeader, isTerminal, hasColor: hasColor(stdout, env), width, ...(clock && { clock }) };
}
