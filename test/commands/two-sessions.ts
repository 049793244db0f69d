// Two named sessions of one tenant, as tests that compare them find them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OTHER_USER } from '../backend/server.ts';
import { credentialsFields, type Home } from '../kscli.ts';

/** `acme` and `bob`. @param changes fields of their files, by session */
export function keepSessions(home: Home, changes: Readonly<Record<string, object>> = {}): void {
  const directory = `${home.credentials}.sessions`;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const own = { acme: {}, bob: { user_id: OTHER_USER, token: 'token-of-bob' } };
  for (const [name, fields] of Object.entries(own)) {
    writeFileSync(join(directory, name), credentialsFields({ ...fields, ...changes[name] }), { mode: 0o600 });
  }
}
