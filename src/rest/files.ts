// The values that were not typed, but stand in a file or come from standard input: read, and checked as if they were typed.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { readContent } from '../files/read.ts';
import { decode, formatComplaint } from '../schema/decode.ts';
import type { Field, Fields, Input } from '../schema/fields.ts';
import type { Given, Operation } from '../schema/operations.ts';
import { listFlagFields, nameFileFlag } from './flags.ts';

const LARGEST_MIB = 64;

/** A value, and the file that was named for it. @property source the flag with its dashes */
type Named = { readonly key: string; readonly field: Field; readonly source: string; readonly path: string };

/** By the API's keys. @throws Failure 'usage' for what cannot be read, is no UTF-8 or no value of the field */
export async function readFiles(
  operation: Operation,
  input: Input<Fields>,
  { world, conceal }: Context,
): Promise<Given> {
  const named = Object.entries(listFlagFields(operation)).flatMap(([key, field]): Named[] => {
    const flag = nameFileFlag(operation, key);
    const path: unknown = flag && input[flag];
    return typeof path === 'string' ? [{ key, field, source: `--${flag}`, path }] : [];
  });
  const [first, second] = named.filter(({ path }) => path === '-');
  if (first && second)
    throw new Failure('usage', `${first.source} and ${second.source} cannot both read standard input`);
  const read = async ({ key, field, source, path }: Named): Promise<[string, unknown]> => {
    const whole = decodeUtf8(await readContent(source, path, LARGEST_MIB, world), source, path);
    const isSecret = field.file === 'secret';
    // The line end is the file's, and no part of a secret.
    const text = isSecret ? whole.replace(/\r?\n$/, '') : whole;
    if (isSecret) conceal(text);
    const decoded = decode(text, field);
    if ('value' in decoded) return [key, decoded.value];
    throw new Failure('usage', formatComplaint(source, text, { ...decoded, shown: path }));
  };
  return Object.fromEntries(await Promise.all(named.map(read)));
}

/** Without a byte-order mark, and otherwise as it is. */
function decodeUtf8(bytes: Uint8Array, source: string, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Failure('usage', `${source}: '${path}' is not UTF-8`, { cause });
  }
}
