// kscli completion: a script for a shell. All four ask the same table: what may follow these words.

import { defineCommand, type Group } from '../argv/command.ts';
import { globalFields } from '../argv/globals.ts';
import { type Entry, listSurface } from '../argv/surface.ts';
import { type Line, SCRIPTS } from '../completion/scripts.ts';
import { choice, type Field, type Fields, takesValue } from '../schema/fields.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const defineCompletion = (root: Group) =>
  defineCommand({
    flags: {},
    args: { shell: choice('Shell to write it for', SHELLS, { required: true }) },
    isLenient: true,
    examples: ['source <(kscli completion bash)', 'kscli completion fish | source'],
    run: async ({ shell }) => {
      const entries = await listSurface(root);
      return { show: { raw: [SCRIPTS[shell](entries.map(toLine), valueLines(entries))] } };
    },
  });

/** After these words: the names of commands or the choices of an argument, and the flags. */
function toLine({ path, names, command }: Entry): Line {
  const choices = Object.values(command?.args ?? {}).flatMap(listChoices);
  return { key: path, words: [...names, ...choices, ...flagWords({ ...command?.flags, ...globalFields() })] };
}

/** After this flag of this command: its choices; nothing, where it takes any value. */
function valueLines(entries: readonly Entry[]): Line[] {
  return entries.flatMap(({ path, command }) =>
    Object.entries({ ...command?.flags, ...globalFields() })
      .filter(([, field]) => takesValue(field))
      .flatMap(([name, field]) =>
        [`--${name}`, ...(field.short ? [`-${field.short}`] : [])].map((flag) => ({
          key: `${path} ${flag}`.trim(),
          words: listChoices(field),
        })),
      ),
  );
}

/** `--name`, and `--no-name` where there is one. */
function flagWords(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, { kind }]) => [
    `--${name}`,
    ...(kind === 'negatable' ? [`--no-${name}`] : []),
  ]);
}

function listChoices(field: Field): readonly string[] {
  return field.kind === 'choice' ? field.choices : [];
}
