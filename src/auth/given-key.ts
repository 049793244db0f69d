// The API key for a login, from the first place that has one: flag, standard input, variable, file, the person at the terminal.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { API_KEY } from '../settings/table.ts';
import { askSecret, canAsk } from '../terminal/prompt.ts';
import { isKey, LARGEST_KEY_FILE, readKeyFile } from './key-file.ts';

/** @property origin as messages name it */
export type GivenKey = { readonly value: string; readonly origin: string };

type Flags = { readonly 'api-key': string | undefined; readonly 'with-key': boolean };

/** @throws Failure 'usage' where there is none and nobody can be asked, 'settings' for one from the environment that is no key */
export async function requireApiKey(flags: Flags, context: Context): Promise<GivenKey> {
  const found = (await readFlags(flags, context)) ?? (await readEnvironment(context)) ?? (await askForKey(context));
  const { value, origin, kind } = found;
  context.conceal(value);
  if (value === '') throw new Failure(kind, `The API key from ${origin} is empty`);
  if (!isKey(value)) throw new Failure(kind, `The API key from ${origin} holds spaces or characters that no key has`);
  return { value, origin };
}

type Found = GivenKey & { readonly kind: 'usage' | 'settings' };

async function readFlags(flags: Flags, context: Context): Promise<Found | undefined> {
  const typed = flags['api-key'];
  if (typed !== undefined) {
    // Before anything is said.
    context.conceal(typed);
    await context.log.warn(
      `A key in the argument list can be seen by other users of this machine, and the shell's history keeps it. Better: ${API_KEY.variable}, or --with-key.`,
    );
    return { value: typed, origin: '--api-key', kind: 'usage' };
  }
  if (!flags['with-key']) return undefined;
  // Typed there it would be shown.
  if (context.world.stdin.isTerminal) return askForKey(context);
  return { value: dropLineEnd(await readInput(context)), origin: 'standard input', kind: 'usage' };
}

async function readEnvironment(context: Context): Promise<Found | undefined> {
  const { env } = context.world;
  const { variable, fileVariable } = API_KEY;
  const value = env[variable];
  if (value) return { value, origin: variable, kind: 'settings' };
  const path = env[fileVariable];
  if (!path) return undefined;
  const text = await readKeyFile(`The API key file ${path} (${fileVariable})`, path, context);
  return { value: text, origin: `${fileVariable} (${path})`, kind: 'settings' };
}

async function askForKey({ world, settings, log }: Context): Promise<Found> {
  if (!canAsk(world))
    throw new Failure('usage', 'There is no API key, and nobody can be asked here', {
      lines: [`Set ${API_KEY.variable} or ${API_KEY.fileVariable}, or pipe the key into kscli login --with-key.`],
    });
  const typed = await askSecret(`API key for ${new URL(settings.baseUrl).host} (it is not shown)`, world, log);
  return { value: typed.trim(), origin: 'the prompt', kind: 'usage' };
}

async function readInput({ world }: Context): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of world.stdin.pieces()) {
    length += piece.length;
    if (length > LARGEST_KEY_FILE) throw new Failure('usage', 'Standard input is too large for a key');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** Exactly one, as `echo` adds it. */
function dropLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
