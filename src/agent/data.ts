// The surface as data, with the state that a program has to know before it runs any of it.

import type { Group } from '../argv/command.ts';
import { globalFields, variableRows } from '../argv/globals.ts';
import { describeSituation } from '../auth/situation.ts';
import type { Context } from '../context.ts';
import { EXIT_MEANINGS } from '../errors.ts';
import type { JsonObject } from '../json/value.ts';
import type { Whole } from '../output/result.ts';
import { listSettings } from '../settings/table.ts';
import { describeFields, listDetails } from './details.ts';

/** The build asks for them once and puts them into the binary: finding them means loading every command. */
declare const KSCLI_DETAILS: string | undefined;

/** @param words of a group or a command: its commands alone */
export async function composeData(words: readonly string[], root: Group, context: Context): Promise<Whole> {
  const all: JsonObject[] = typeof KSCLI_DETAILS === 'string' ? JSON.parse(KSCLI_DETAILS) : await listDetails(root);
  const start = words.map((word) => `${word} `).join('');
  const commands = all.filter(({ command }) => `${command} `.startsWith(start));
  return {
    data: {
      state: await describeSituation(context),
      exit_codes: { ...EXIT_MEANINGS },
      global_flags: describeFields(globalFields()).map(addSource),
      environment: variableRows().map(([name, summary]) => ({ name, summary })),
      commands,
    },
    itemsKey: 'commands',
    id: 'command',
  };
}

/** The variable in the flag's place, and the value without both. */
function addSource(flag: JsonObject): JsonObject {
  const [, row] = listSettings().find(([, setting]) => setting.flag === flag['name']) ?? [];
  if (row === undefined) return flag;
  const { variable, field, default: value } = row;
  const known = typeof value === 'string' ? { default: value } : {};
  return { ...flag, summary: field.summary, ...known, ...(variable && { variable }) };
}
