// Two named sessions of one tenant, as tests that compare them find them.

import { OTHER_USER } from '../backend/server.ts';
import type { Home } from '../kscli.ts';

/** `acme` and `bob`. @param changes fields of their files, by session */
export function keepSessions(home: Home, changes: Readonly<Record<string, object>> = {}): void {
  const own = { acme: {}, bob: { user_id: OTHER_USER, token: 'token-of-bob' } };
  for (const [name, fields] of Object.entries(own)) {
    home.keepSession(name, { ...fields, ...changes[name] });
  }
}
