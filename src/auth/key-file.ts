// A key as a text: the characters that it may have, and the file that holds nothing else.

import type { Context } from '../context.ts';
import { describeCause, Failure } from '../errors.ts';
import { readBounded } from '../files/read-bounded.ts';

/** Whether it can travel in a header: anything else would end it. */
export function isKey(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** Bytes. */
export const LARGEST_KEY_FILE = 64 * 1024;

/**
 * Not checked like the credentials: it may be a pipe (`<(pass show …)`) or a file mounted by a container platform.
 * @param name as messages have it @throws Failure 'settings'
 */
export async function readKeyFile(name: string, path: string, { world, settings }: Context): Promise<string> {
  let text: string;
  try {
    text = String(await readBounded(path, { limit: LARGEST_KEY_FILE, seconds: settings.timeout }, world)).trim();
  } catch (cause) {
    throw new Failure('settings', `${name} cannot be read: ${describeCause(cause)}`, { cause });
  }
  if (text === '') throw new Failure('settings', `${name} is empty`);
  return text;
}
