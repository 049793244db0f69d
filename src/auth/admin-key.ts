// The admin API key, the most powerful secret of the platform: read only when it is needed, from where the settings say.

import type { Context } from '../context.ts';
import { describeCause, Failure } from '../errors.ts';
import { readBounded } from '../files/read-bounded.ts';
import { nonEmptyString } from '../json/value.ts';
import type { Source } from '../settings/resolve.ts';
import { ADMIN_KEY } from '../settings/table.ts';

export type FoundKey = { readonly value: string; readonly source: Source };

/** The key and where it came from. @throws Failure 'settings' for a key file or value that cannot be used */
export async function findAdminKey(context: Context): Promise<FoundKey | undefined> {
  const found = (await readEnvironment(context)) ?? readConfigValue(context);
  context.conceal(found?.value);
  // Anything else cannot travel in a header, or would end it.
  if (found && !/^[\x21-\x7e]+$/.test(found.value)) {
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
  return { value: await readKeyFile(path, context), source: { kind: 'variable', name: `${fileVariable} (${path})` } };
}

function readConfigValue({ config }: Context): FoundKey | undefined {
  const kept = config.values[ADMIN_KEY.key] ?? '';
  const name = `${ADMIN_KEY.key} in ${config.path}`;
  // Whatever it is, it is not shown: it stands where a key belongs.
  if (typeof kept !== 'string') throw new Failure('settings', `${name} is not a text`);
  const value = nonEmptyString(kept);
  return value === undefined ? undefined : { value, source: { kind: 'file', name } };
}

const LARGEST_KEY_FILE = 64 * 1024;

/** Not checked like the credentials: it may be a pipe (`<(pass show …)`) or a file mounted by a container platform. */
async function readKeyFile(path: string, { world, settings }: Context): Promise<string> {
  let text: string;
  try {
    text = String(await readBounded(path, { limit: LARGEST_KEY_FILE, seconds: settings.timeout }, world)).trim();
  } catch (cause) {
    throw new Failure(
      'settings',
      `The admin key file ${path} (ADMIN_API_KEY_FILE) cannot be read: ${describeCause(cause)}`,
      {
        cause,
      },
    );
  }
  if (text === '') throw new Failure('settings', `The admin key file ${path} (ADMIN_API_KEY_FILE) is empty`);
  return text;
}
