// The admin API key, the most powerful secret of the platform: read only when it is needed, from where the settings say.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { nonEmptyString } from '../json/value.ts';
import type { Source } from '../settings/resolve.ts';
import { ADMIN_KEY } from '../settings/table.ts';
import { isKey, readKeyFile } from './key-file.ts';

export type FoundKey = { readonly value: string; readonly source: Source };

/** The key and where it came from. @throws Failure 'settings' for a key file, a command or a value that cannot be used */
export async function findAdminKey(context: Context): Promise<FoundKey | undefined> {
  const found = (await readEnvironment(context)) ?? (await readCommand(context)) ?? readConfigValue(context);
  context.conceal(found?.value);
  if (found && !isKey(found.value)) {
    throw new Failure(
      'settings',
      `The admin API key from ${found.source.name} holds spaces or characters that no key has`,
    );
  }
  return found;
}

/** @throws Failure 'settings' where no key is set */
export async function requireAdminKey(context: Context): Promise<FoundKey> {
  const found = await findAdminKey(context);
  if (found) return found;
  const place = context.config.path ?? 'the config file that KSCLI_CONFIG names';
  throw new Failure('settings', `ADMIN_API_KEY is not set. Set it via environment variable or in ${place}`);
}

async function readEnvironment(context: Context): Promise<FoundKey | undefined> {
  const { env } = context.world;
  const { variable, fileVariable } = ADMIN_KEY;
  const value = env[variable];
  if (value) return { value, source: { kind: 'variable', name: variable } };
  const path = env[fileVariable];
  if (!path) return undefined;
  const name = `${fileVariable} (${path})`;
  return {
    value: await readKeyFile(`The admin key file ${path} (${fileVariable})`, path, context),
    source: { kind: 'variable', name },
  };
}

/** Where the key would come from a command. */
export function findKeyCommand({
  settings,
  sources,
  world,
}: Context): { words: readonly string[]; source: Source } | undefined {
  const { adminKeyCommand: words } = settings;
  const isGiven = [ADMIN_KEY.variable, ADMIN_KEY.fileVariable].some((name) => world.env[name]);
  return words === undefined || isGiven ? undefined : { words, source: sources.adminKeyCommand };
}

async function readCommand(context: Context): Promise<FoundKey | undefined> {
  const command = findKeyCommand(context);
  if (command === undefined) return undefined;
  const { words, source } = command;
  const { runKeyCommand } = await import('./key-command.ts');
  const value = await runKeyCommand(words, `The admin key command '${words[0]}' (${source.name})`, context);
  return { value, source: { kind: 'file', name: `'${words[0]}' (${source.name})` } };
}

function readConfigValue({ config }: Context): FoundKey | undefined {
  const kept = config.values[ADMIN_KEY.key] ?? '';
  const name = `${ADMIN_KEY.key} in ${config.path}`;
  // Whatever it is, it is not shown: it stands where a key belongs.
  if (typeof kept !== 'string') throw new Failure('settings', `${name} is not a text`);
  const value = nonEmptyString(kept);
  return value === undefined ? undefined : { value, source: { kind: 'file', name } };
}
