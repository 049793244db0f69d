// A question to the person at the terminal, and the answer.

import type { World } from '../world.ts';
import type { Log } from './log.ts';
import { keepWords } from './wrap.ts';

/** Whether a person is there to answer. */
export function canAsk({ stdin, stderr }: World): boolean {
  return stdin.isTerminal && stderr.isTerminal;
}

/** Whether the answer is yes; anything but `y` and `yes` is a no. */
export async function askYesNo(question: string, { stdin, stderr }: World, { present }: Log): Promise<boolean> {
  await stderr.write(`${keepWords(`${present(question)} [y/N]`, stderr.columns)} `);
  return ['y', 'yes'].includes((await stdin.line()).trim().toLowerCase());
}

/** What is typed without being shown; empty where nothing is. */
export async function askSecret(question: string, { stdin, stderr }: World, { present }: Log): Promise<string> {
  const text = `${keepWords(`${present(question)}:`, stderr.columns)} `;
  const typed = await stdin.secret(() => stderr.write(text));
  await stderr.write('\n');
  return typed;
}
