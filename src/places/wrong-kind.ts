// An id that the server does not find, because it belongs to another kind of thing: one more look tells.

import type { Session } from '../auth/session.ts';
import { Failure } from '../errors.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import type { PlaceKind } from '../schema/place.ts';

/** An id as it was typed, and what it should be the id of. */
export type TypedId = { readonly id: string; readonly kind: PlaceKind };

type Ask = Session['json'];

/** A line for each id that is found to be something else. */
export async function explainIds(ids: readonly TypedId[], ask: Ask): Promise<string[]> {
  const lines: string[] = [];
  for (const typed of ids) {
    const line = await explainId(typed, ask);
    if (line !== undefined) lines.push(line);
  }
  return lines;
}

type Look = (typed: TypedId, ask: Ask) => Promise<string | undefined>;

async function explainId(typed: TypedId, ask: Ask): Promise<string | undefined> {
  for (const look of LOOKS[typed.kind]) {
    const line = await look(typed, ask);
    if (line !== undefined) return line;
  }
  return undefined;
}

/** A path part says what it is the place of. */
const lookAtPart: Look = async ({ id, kind }, ask) => {
  const { part_type, metadata_obj_id } = asRecord(await find(`/v1/path-parts/${id}`, ask));
  const thing = nonEmptyString(part_type)?.toLowerCase().replaceAll('_', ' ');
  const own = nonEmptyString(metadata_obj_id);
  if (thing === undefined) return undefined;
  return `${id} is a path part, and no ${kind}.${own ? ` It is the place of ${thing} ${own}` : ''}`;
};

/** The likeliest first. */
const LOOKS: Readonly<Record<PlaceKind, readonly Look[]>> = {
  folder: [lookAs('document'), lookAtPart],
  document: [lookAs('folder'), lookAtPart],
  'path part': [lookAs('folder'), lookAs('document')],
};

function lookAs(thing: 'folder' | 'document'): Look {
  return async ({ id, kind }, ask) => {
    const found = await find(`/v1/${thing}s/${id}`, ask);
    if (found === undefined) return undefined;
    const part = nonEmptyString(asRecord(found)['path_part_id']);
    const line = `${id} is a ${thing}, and no ${kind}`;
    return kind === 'path part' && part ? `${line}. Its path part is ${part}` : line;
  };
}

/** undefined where nothing is there, and where nobody can tell: the first answer stands. */
async function find(path: string, ask: Ask) {
  try {
    return await ask({ method: 'GET', path });
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
