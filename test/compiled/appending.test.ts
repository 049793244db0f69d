// Output at the end of a file: what stands there stays, also where a command has nothing to say.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSite, type Site } from '../binary.ts';

let site: Site;
beforeAll(async () => {
  site = createSite();
  await site.signIn();
});
afterAll(() => site.remove());

test.each([
  ['an empty list of lines', 'kscli tags list -f jsonl'],
  ['an empty list of ids', 'kscli tags list -f id-only'],
  ['a prompt without credentials', 'KSCLI_CREDENTIALS_PATH=none kscli prompt'],
  ['a prompt of a session with a wrong name', 'KSCLI_SESSION=.. kscli prompt'],
  ['a command that prints nothing', 'kscli exec -- true'],
])('%s takes nothing out of a file', async (_, command) => {
  await site.shell(`echo before > out; ${command} >> out; echo behind >> out`);
  expect(readFileSync(join(site.home, 'out'), 'utf8')).toBe('before\nbehind\n');
});
