// The grammar of a command line: the options by their names, as node's parseArgs wants them.

import { type Field, type Fields, takesValue } from '../schema/fields.ts';

/** @property globals flags that every command takes @property flags the command's own @property path its name */
export type Grammar = {
  readonly globals: Fields;
  readonly flags: Fields;
  readonly args: Fields;
  readonly path: readonly string[];
};

export function toParseArgs(fields: Fields): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const type = takesValue(field) ? 'string' : 'boolean';
      const others = [...(field.aliases ?? []), ...(field.kind === 'negatable' ? [NO + name] : [])];
      return [
        [name, { type, ...(field.short && { short: field.short }) }] as const,
        ...others.map((other) => [other, { type }] as const),
      ];
    }),
  );
}

const NO = 'no-';

export type Option = { readonly name: string; readonly field: Field; readonly isNo: boolean };

/** The field behind what was typed: its name, its name with `no-`, or an alias. */
export function findOption(typed: string, fields: Fields): Option | undefined {
  if (Object.hasOwn(fields, typed) && fields[typed]) return { name: typed, field: fields[typed], isNo: false };
  for (const [name, field] of Object.entries(fields)) {
    if (field.aliases?.includes(typed)) return { name, field, isNo: false };
    if (field.kind === 'negatable' && typed === NO + name) return { name, field, isNo: true };
  }
  return undefined;
}
