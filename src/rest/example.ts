// The example of a row's command: the shortest line that is right. Pure.

import type { Command } from '../argv/command.ts';
import type { Field } from '../schema/fields.ts';

const EXAMPLES: Readonly<Record<Field['kind'], string>> = {
  text: "'Annual report'",
  session: 'acme',
  uuid: '00000000-0000-0000-0003-000000000001',
  time: '2026-02-23T12:00:00Z',
  choice: '',
  integer: '1',
  number: '0.5',
  object: `'{"summary": "Revenue"}'`,
  color: 'ff8800',
  path: 'report.pdf',
  upload: 'report.pdf',
  url: 'https://api.example.com',
  duration: '30',
  period: '2h',
  words: `'["pass", "show", "ks"]'`,
  boolean: 'true',
  flag: '',
  negatable: '',
  names: 'id,name',
  condition: 'name=Reports',
  order: 'name',
};

export function composeExample(words: string, command: Pick<Command, 'flags' | 'args' | 'constraints'>): string {
  const { oneOf = [], anyOf = [] } = command.constraints ?? {};
  const chosen = oneOf.length > 0 ? oneOf.map(([first]) => first) : anyOf.slice(0, 1);
  // Without it the line works for those alone who signed in with a key of their own.
  const needed = [...chosen, 'allow-lasting'];
  const flags = Object.entries(command.flags).filter(([name, { required }]) => required || needed.includes(name));
  return [
    `kscli ${words}`,
    ...Object.values(command.args).map(findExampleValue),
    ...flags.map(([name, field]) => `--${name} ${findExampleValue(field)}`.trim()),
  ].join(' ');
}

function findExampleValue(field: Field): string {
  return field.example ?? (field.kind === 'choice' ? field.choices[0] : undefined) ?? EXAMPLES[field.kind];
}
