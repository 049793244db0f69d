// The question before something is lost: it names the thing, the tenant, the user and the host.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { askYesNo, canAsk } from '../terminal/prompt.ts';
import type { Session } from './session.ts';
import { nameFirst } from './sign-in.ts';

type Question = {
  /** `Delete folder 0000…`: known without asking the server. */
  readonly action: string;
  /** `Delete folder /shared/many (101 items)`: asked for only where a person will read it. */
  readonly describe?: () => Promise<string>;
  /** The answer that was given beforehand. */
  readonly isYes: boolean;
};

/** @throws Failure 'refused' for a no, 'usage' where an answer is demanded and nobody can be asked */
export async function requireConfirmation(
  { action, describe, isYes }: Question,
  { identity, name, baseUrl }: Session,
  { world, settings, log }: Context,
): Promise<void> {
  const { confirm } = settings;
  if (isYes || confirm === false || (confirm === 'auto' && !canAsk(world))) return;
  if (!canAsk(world)) {
    throw new Failure(
      'usage',
      `${nameFirst(name, '')}'${action}' needs --yes: nobody can be asked here, and KSCLI_CONFIRM is true`,
    );
  }
  const subject = (name === undefined ? '' : `Session ${name}: `) + (describe ? await describe() : action);
  const { tenantId, userId } = await identity();
  const who = `of tenant ${tenantId} as user ${userId} at ${new URL(baseUrl).host}`;
  if (!(await askYesNo(`${subject} ${who}?`, world, log)))
    throw new Failure('refused', nameFirst(name, 'Nothing was changed'));
}
