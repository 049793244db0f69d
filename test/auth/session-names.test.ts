// Which names a session can have: what else is typed is wrong usage, and never another session.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { IDS, ISSUED, KEY } from './exchange.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test.each([
  '../x',
  '..',
  '.acme',
  '/etc/passwd',
  'acme/..',
  'CON',
  'con',
  'nul.txt',
  'com1',
  'default',
  'acme.',
  'Acme',
  '-',
  'ä',
  'a b',
  'a\\b',
  'x'.repeat(300),
  'x'.repeat(65),
  'acme.write-lock',
  'acme.refresh-lock',
  'acme.0123456789abcdef.tmp',
])('%s names no session: 64 from the flag, 1 from the variable, and no other one is taken', async (name) => {
  home.keep();
  for (const command of ['whoami', 'logout', 'folders list', `assume-user ${IDS}`]) {
    const typed = await home.kscli(`${command} '--session=${name}'`);
    expect(typed).toContain(`! Error: --session: '${name}' is not a session name`);
    expect(typed).toEndWith('exit 64');
    const set = await home.kscli(command, {}, { env: { KSCLI_SESSION: name } });
    expect(set).toContain(`! Error: KSCLI_SESSION: '${name}' is not a session name`);
    expect(set).toEndWith('exit 1');
  }
  expect(await home.kscli(`sessions remove -- '${name}'`)).toEndWith('exit 64');
  expect(readdirSync(join(home.directory, 'state'))).toEqual(['.credentials']);
});

test.each(['a', '0', 'acme.eu-west_1', 'console', 'x'.repeat(64)])('%s names a session', async (name) => {
  expect(await home.kscli(`assume-user --session ${name} ${IDS}`, ISSUED, { env: KEY })).toEndWith('exit 0');
  expect(existsSync(join(home.sessions, name))).toBe(true);
});
