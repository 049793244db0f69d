// The questions of a row: before anything is sent, or after a look at the server.

import { requireConfirmation } from '../auth/confirm.ts';
import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import type { Prepared } from '../schema/operations.ts';
import { findEachKey } from './flags.ts';
import { fillIn, type GivenRow } from './given.ts';
import { nameSubject } from './subject.ts';

export async function askFirst(row: GivenRow, session: Session, context: Context): Promise<void> {
  const { operation, given, isYes } = row;
  const { confirmation } = operation;
  if (confirmation === undefined) return;
  const action = fillIn(confirmation, operation, given);
  const describe = async () => fillIn(confirmation, operation, await nameSubject(row, session));
  await requireConfirmation({ action, describe, isYes }, session, context);
}

export async function askOnTheWay(
  { confirmation }: Prepared,
  { given, paths, isYes }: GivenRow,
  session: Session,
  context: Context,
): Promise<void> {
  if (confirmation === undefined) return;
  const action = Object.entries(paths).reduce(
    (text, [key, path]) => text.replaceAll(String(given[key]), () => `${path} (${given[key]})`),
    confirmation,
  );
  await requireConfirmation({ action, isYes }, session, context);
}

/** The subjects that a question names; of the others it tells the number. */
const MOST_NAMED = 3;

/** One question for several: `Delete 100 folders (/a (3 items), /b, /c and 97 more)`. */
export async function askOfAll(rows: readonly GivenRow[], session: Session, context: Context): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  if (rows.length === 1) return askFirst(first, session, context);
  const { operation, given, isYes } = first;
  const { confirmation } = operation;
  const key = findEachKey(operation) ?? '';
  const [start = '', verb, noun] = new RegExp(`^(\\w+) ([^{]+) \\{${key}\\}`).exec(confirmation ?? '') ?? [];
  if (confirmation === undefined) return;
  const write = (names: string) =>
    `${verb} ${rows.length} ${noun}s${names}${fillIn(confirmation.slice(start.length), operation, given)}`;
  const describe = async () => {
    const named = await Promise.all(rows.slice(0, MOST_NAMED).map((row) => nameSubject(row, session)));
    const more = rows.length - named.length;
    const names = named.map((one) => String(one[key])).join(', ');
    return write(` (${names}${more > 0 ? ` and ${more} more` : ''})`);
  };
  await requireConfirmation({ action: write(''), describe, isYes }, session, context);
}
