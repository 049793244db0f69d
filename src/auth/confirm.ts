// Asks before something is lost, where that is wished for: who acts, and on what.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { askYesNo, canAsk } from '../terminal/prompt.ts';
import type { Identity } from './identity.ts';

/** @param action `Delete folder X` @throws Failure 'refused' for a no, 'usage' where nobody can be asked */
export async function requireConfirmation(
  action: string,
  isYes: boolean,
  who: Identity,
  { world, settings, log }: Context,
): Promise<void> {
  if (!settings.confirm || isYes) return;
  if (!canAsk(world)) {
    throw new Failure('usage', `'${action}' needs --yes, since nobody can be asked here and KSCLI_CONFIRM is on`);
  }
  const isAgreed = await askYesNo(`${action} as user ${who.userId} in tenant ${who.tenantId}?`, world, log);
  if (!isAgreed) throw new Failure('refused', 'Nothing was deleted');
}
