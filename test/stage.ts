// Where the demo is performed: on this terminal, line by line, or scene by scene for a picture of a terminal.

import type { Backend } from './backend/server.ts';
import type { Machine } from './binary.ts';
import { COLUMNS } from './picture.ts';

export type Stage = {
  /** A line of its own: a comment begins with #. */
  say(text: string): void;
  /** A command, what it prints, and its exit code. @throws Error for another exit code */
  show(line: string, env: Record<string, string>, exit: number): Promise<void>;
  /** What the terminal was sent: a command with what it printed, and what was said before it. Without what varies from run to run. */
  readonly scenes: readonly string[];
};

const BOLD = '\x1b[1m';
const GRAY = '\x1b[90m';
const PLAIN = '\x1b[0m';

export function createStage(machine: Machine, backend: Backend, isPicture: boolean): Stage {
  const scenes: string[] = [];
  const paint = (text: string) => {
    const last = scenes.at(-1);
    // What was said so far belongs to the command to come.
    const isStart = last === undefined || (/^[#$]/.test(text) && last.includes('$ '));
    scenes.splice(isStart ? scenes.length : -1, 1, `${isStart ? '' : last}${decorate(text)}\n`);
  };
  const say = isPicture ? (text: string) => paint(hideWhatVaries(text, machine, backend)) : console.log;
  const show = async (line: string, env: Record<string, string>, expected: number) => {
    say(`$ ${line}`);
    const { shown, exit } = await run(line.replace(/^kscli /, ''), env);
    say(shown.trimEnd());
    say(`exit ${exit}\n`);
    if (exit !== expected) throw new Error(`expected exit ${expected}`);
  };
  const run = async (words: string, env: Record<string, string>) => {
    if (isPicture) return machine.runInTerminal(words, undefined, env, COLUMNS);
    const { stdout, stderr, exit } = await machine.run(words, env);
    return { shown: `${stdout}${stderr}`, exit };
  };
  return { say, show, scenes };
}

function decorate(text: string): string {
  if (text.startsWith('$')) return `${BOLD}${text}${PLAIN}`;
  return text.startsWith('#') || text.startsWith('exit ') ? `${GRAY}${text}${PLAIN}` : text;
}

/** By something of the same length, which may stand in a table. */
function hideWhatVaries(text: string, { home }: Machine, { url }: Backend): string {
  return text
    .replaceAll(home, '~')
    .replaceAll(new URL(url).host, '127.0.0.1:48000')
    .replaceAll(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d/g, '2026-11-30T12:00:00')
    .replaceAll(/\b20\d\d-\d\d(?=\.jsonl)/g, '2026-11')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '9f2c'.repeat(16))
    .replaceAll(/(?<=kscli \S+ \()[0-9a-f]{12}(?=\))/g, '0123456789ab');
}
