// A shell's completion of kscli: a script that asks kscli, and the form of the answer.

import type { Following } from './following.ts';

export type Shell = {
  /** Asks `kscli completion SHELL --word=…` with each word up to the one that is unfinished. */
  readonly script: string;
  /** @param typed the unfinished word */
  readonly format: (following: Following, typed: string) => string;
};

/** A line that asks the shell for names of its own. No command and no flag looks like it. */
export const PATHS = { files: '<file>', directories: '<directory>' } as const;

/** A line a word, with what it is for behind a tab. */
export function formatTabbed(following: Following): string {
  if (following.kind !== 'words') return `${PATHS[following.kind]}\n`;
  return following.items.map(({ word, about }) => `${word}${about && `\t${about}`}\n`).join('');
}

/** Only the words that begin as typed, for shells that leave that to the script. */
export function keepMatching(following: Following, typed: string): Following {
  if (following.kind !== 'words') return following;
  return { kind: 'words', items: following.items.filter(({ word }) => word.startsWith(typed)) };
}
