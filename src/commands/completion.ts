// kscli completion: a script for a shell, and the answers to what it asks at each press of Tab.

import { defineCommand, type Group } from '../argv/command.ts';
import { globalFields } from '../argv/globals.ts';
import { bash } from '../completion/bash.ts';
import { fish } from '../completion/fish.ts';
import { findFollowing } from '../completion/following.ts';
import { powershell } from '../completion/powershell.ts';
import { zsh } from '../completion/zsh.ts';
import { choice, text } from '../schema/fields.ts';

const SHELLS = { bash, zsh, fish, powershell } as const;
const MANY = 1000;

export const defineCompletion = (root: Group) =>
  defineCommand({
    effect: 'read',
    flags: {
      word: text('Word of an unfinished line, in order: print completions of the last one, and no script', {
        maxCount: MANY,
      }),
    },
    args: { shell: choice('Shell to write it for', ['bash', 'zsh', 'fish', 'powershell'], { required: true }) },
    isLenient: true,
    examples: ['source <(kscli completion bash)', 'kscli completion fish | source'],
    run: async ({ shell, word: words }) => {
      const { script, format } = SHELLS[shell];
      if (words === undefined) return { show: { raw: [script] } };
      const following = await findFollowing(words, root, globalFields());
      return { show: { raw: [format(following, words.at(-1) ?? '')] } };
    },
  });
