// The admin API key, the most powerful secret of the platform: read only when it is needed, from the settings.

import { Failure, findCode } from '../errors.ts';
import { textInConfig } from '../settings/config-file.ts';
import type { Resolved, SettingsReader } from '../settings/resolve.ts';
import { ADMIN_KEY } from '../settings/table.ts';
import type { Secrets } from '../terminal/redact.ts';

/** The key and where it came from. @throws Failure 'settings' for a key file or value that cannot be used */
export async function findAdminKey(reader: SettingsReader, secrets: Secrets): Promise<Resolved<string> | undefined> {
  const found = (await fromEnvironment(reader)) ?? fromConfig(reader);
  secrets.add(found?.value);
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
export async function requireAdminKey(reader: SettingsReader, secrets: Secrets): Promise<string> {
  const found = await findAdminKey(reader, secrets);
  if (found) return found.value;
  const place = reader.config().path ?? 'the config file that KSCLI_CONFIG names';
  throw new Failure('settings', `ADMIN_API_KEY is not set. Set it via environment variable or in ${place}`);
}

async function fromEnvironment({ world: { env } }: SettingsReader): Promise<Resolved<string> | undefined> {
  const { variable, fileVariable } = ADMIN_KEY;
  const value = env[variable];
  if (value) return { value, source: { kind: 'variable', name: variable } };
  const path = env[fileVariable];
  if (!path) return undefined;
  const source = { kind: 'variable', name: `${fileVariable} (${path})` } as const;
  return { value: await readKeyFile(path), source };
}

function fromConfig(reader: SettingsReader): Resolved<string> | undefined {
  const config = reader.config();
  const value = textInConfig(config, ADMIN_KEY.key);
  return value === undefined
    ? undefined
    : { value, source: { kind: 'file', name: `${ADMIN_KEY.key} in ${config.path}` } };
}

/**
 * Not checked like the credentials: it may be a pipe (`<(pass show …)`) or a file mounted by a container platform.
 * Not the synchronous way: Ctrl-C works while a pipe has nothing to read.
 */
async function readKeyFile(path: string): Promise<string> {
  let text: string;
  try {
    text = (await Bun.file(path).text()).trim();
  } catch (cause) {
    throw new Failure(
      'settings',
      `The admin key file ${path} (ADMIN_API_KEY_FILE) cannot be read (${findCode(cause)})`,
      {
        cause,
      },
    );
  }
  if (text === '') throw new Failure('settings', `The admin key file ${path} (ADMIN_API_KEY_FILE) is empty`);
  return text;
}
