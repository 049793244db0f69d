// Asks before something is lost, where that is wished for: who acts, and on what.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { stripControls } from '../terminal/sanitize.ts';
import type { Identity } from './identity.ts';

/** @param action `Delete folder X` @throws Failure 'refused' for a no, 'usage' where nobody can be asked */
export async function requireConfirmation(
  action: string,
  isYes: boolean,
  who: Identity,
  context: Context,
): Promise<void> {
  const { world, settings, secrets } = context;
  if (!settings.confirm || isYes) return;
  if (!world.stdin.isTerminal || !world.stderr.isTerminal) {
    throw new Failure('usage', `'${action}' needs --yes, since nobody can be asked here and KSCLI_CONFIRM is on`);
  }
  const question = `${action} as user ${who.userId} in tenant ${who.tenantId}? [y/N] `;
  await world.stderr.write(secrets.redact(stripControls(question)));
  const answer = (await world.stdin.line()).trim().toLowerCase();
  if (answer !== 'y' && answer !== 'yes') throw new Failure('refused', 'Nothing was deleted');
}
