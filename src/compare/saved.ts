// An answer that was saved with -f json, to compare with in place of a second session.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { readContent } from '../files/read.ts';
import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import type { Json } from '../json/value.ts';
import { findRows, findTotal, type Whole } from '../output/result.ts';

const FLAG = '--before';
const LARGEST_MIB = 256;
/** The key of a list's rows, as every format of json has it. */
const ROWS = 'items';

/** @param itemsKey of the command's own list @throws Failure 'usage' */
export async function readSaved(path: string, { world, log }: Context): Promise<Whole> {
  const data = parse(await readContent(FLAG, path, LARGEST_MIB, world), path);
  const saved = { data, itemsKey: ROWS };
  const rows = findRows(saved)?.length;
  const total = findTotal(saved);
  if (rows !== undefined && typeof total === 'number' && total > rows)
    await log.warn(`${path} holds ${rows} of ${total} rows. Save it with --all, or what it lacks seems to be new.`);
  return saved;
}

function parse(bytes: Uint8Array, path: string): Json {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const why = cause instanceof JsonSyntaxError ? cause.message : 'no UTF-8';
    throw new Failure('usage', `${FLAG}: '${path}' is not JSON: ${why}`, {
      lines: ['Save the answer of the same command with -f json.'],
      cause,
    });
  }
}
