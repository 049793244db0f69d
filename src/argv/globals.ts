// The flags that every command takes, straight from the table of settings.

import { type Field, type Fields, takesValue } from '../schema/fields.ts';
import { ADMIN_KEY, API_KEY, listSettings } from '../settings/table.ts';

const HELP: Field = { kind: 'flag', summary: 'Show this help', short: 'h' };
const VERSION: Field = { kind: 'flag', summary: 'Show the version' };

export function globalFields(): Fields {
  const flags = listSettings().flatMap(([, row]) =>
    row.flag === undefined ? [] : [[row.flag, { ...row.field, notes: describeOrigin(row) }] as const],
  );
  return { ...Object.fromEntries(flags), help: HELP, version: VERSION };
}

/** The source of the value without the flag. */
function describeOrigin({ field, default: value, variable }: ReturnType<typeof listSettings>[number][1]): string {
  const notes = [
    ...(takesValue(field) && typeof value === 'string' ? [`default: ${value}`] : []),
    ...(variable ? [`env: ${variable}`] : []),
  ];
  return notes.join('; ');
}

/** The settings without a flag, and what each is for. */
export function variableRows(): [name: string, summary: string][] {
  const settings = listSettings().flatMap(([, { flag, variable, field, default: value }]): [string, string][] => {
    if (flag !== undefined || variable === undefined) return [];
    return [[variable, typeof value === 'string' ? `${field.summary} (default: ${value})` : field.summary]];
  });
  return [
    [ADMIN_KEY.variable, ADMIN_KEY.summary],
    [ADMIN_KEY.fileVariable, 'File that holds the key, for container secrets'],
    [API_KEY.variable, API_KEY.summary],
    [API_KEY.fileVariable, 'File that holds it'],
    ...settings,
  ];
}
