// The questions of a row: before anything is sent, or after a look at the server.

import { requireConfirmation } from '../auth/confirm.ts';
import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import type { Prepared } from '../schema/operations.ts';
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
  { isYes }: GivenRow,
  session: Session,
  context: Context,
): Promise<void> {
  if (confirmation !== undefined) await requireConfirmation({ action: confirmation, isYes }, session, context);
}
