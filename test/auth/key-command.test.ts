// A key command that goes on for too long, without waiting for it.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.configure({ admin_api_key_command: ['sh', '-c', 'pass show ks'] });
});
afterEach(() => home.remove());

test.each([
  [false, 'did not end within 30 seconds'],
  [true, 'ended, but something that it started kept its output open for 30 seconds'],
])('after 30 seconds it is over, whether it has ended (%p) or not', async (hasExited, what) => {
  const line = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
  const asked: unknown[] = [];
  const shown = await home.kscli(
    line,
    {},
    {
      capture: async ({ words }, bounds) => {
        asked.push(words, bounds);
        return { ending: 'expired', seconds: bounds.seconds, hasExited };
      },
    },
  );
  expect(shown).toBe(`$ kscli ${line}
! Error: The admin key command 'sh' (admin_api_key_command in ~/.config/kscli/config.json) ${what}
exit 1`);
  expect(asked).toEqual([['sh', '-c', 'pass show ks'], { limit: 65_536, seconds: 30, isTerminal: false }]);
});
