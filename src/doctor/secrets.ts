// Every secret that kscli can find on this machine, so that a text can be searched for it. Wherever one cannot be read, there is
// nothing to find either.

import { findAdminKey } from '../auth/admin-key.ts';
import { listNamed } from '../auth/inventory.ts';
import { readKeyFile } from '../auth/key-file.ts';
import { locateSession, type Place } from '../auth/place.ts';
import { peekCredentials } from '../auth/store.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { listProxyPasswords } from '../http/proxy.ts';
import { nonEmptyString } from '../json/value.ts';
import { ADMIN_KEY, API_KEY } from '../settings/table.ts';

/** @property name what it is, in words: `the token of session acme` */
export type Secret = { readonly name: string; readonly value: string };

const TOKEN_VARIABLE = 'KS_UAT';

export async function listSecrets(context: Context): Promise<Secret[]> {
  const adminKey = await orNothing(() => findAdminKey(context));
  const { env } = context.world;
  const variables = [ADMIN_KEY.variable, API_KEY.variable, TOKEN_VARIABLE];
  const files = [ADMIN_KEY.fileVariable, API_KEY.fileVariable];
  const found = [
    ...variables.map((name) => ({ name, value: env[name] })),
    ...(await Promise.all(files.map((name) => readFileOf(name, context)))),
    { name: `${ADMIN_KEY.key} in the config file`, value: nonEmptyString(context.config.values[ADMIN_KEY.key]) },
    { name: `the admin key from ${adminKey?.source.name}`, value: adminKey?.value },
    ...(await listPlaces(context)).flatMap((place) => readSession(place, context)),
    ...listProxyPasswords(env).map((value) => ({ name: 'the password of a proxy', value })),
  ];
  return found.flatMap(({ name, value }) => (value ? [{ name, value }] : []));
}

async function readFileOf(variable: string, context: Context): Promise<{ name: string; value: string | undefined }> {
  const path = context.world.env[variable];
  const value = path ? await orNothing(() => readKeyFile(variable, path, context)) : undefined;
  return { name: `the key in the file of ${variable}`, value };
}

async function listPlaces(context: Context): Promise<Place[]> {
  return (await orNothing(() => [locateSession(undefined, context), ...listNamed(context)])) ?? [];
}

function readSession(place: Place, { world }: Context): Secret[] {
  try {
    const whose = place.session === undefined ? 'the unnamed session' : `session ${place.session}`;
    return findKeptSecrets(peekCredentials(place, world)).map(([key, value]) => ({
      name: `${key} of ${whose}`,
      value,
    }));
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

/** By their keys, whether the file can be used or not. */
function findKeptSecrets(text: string): [key: string, value: string][] {
  const found = text.matchAll(/"(token|admin_api_key|api_key)"\s*:\s*("(?:[^"\\]|\\.)+")/g);
  return [...found].map(([, key = '', quoted = '']) => [key, unquote(quoted)]);
}

function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    return quoted.slice(1, -1);
  }
}

/** undefined where it cannot be read: doctor tells why. */
export async function orNothing<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
