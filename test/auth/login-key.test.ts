// The key of a login: where it comes from, in which order, and what is no key.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { KEY, MINE } from './api-key.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('the flag wins over the variable, and the variable over the file; an empty variable is unset', async () => {
  const file = join(home.directory, 'key.txt');
  writeFileSync(file, 'sk-user-from-file\n');
  const used = async (line: string, env: Record<string, string>, stdin = '') =>
    (await home.kscli(line, MINE, { env, stdin })).match(/authorization: Bearer (\S+)/)?.[1];
  const both = { KSCLI_API_KEY: 'sk-user-from-variable', KSCLI_API_KEY_FILE: file };
  expect(await used('login --api-key sk-user-from-flag', both)).toBe('sk-user-from-flag');
  expect(await used('login -k sk-user-from-flag', both)).toBe('sk-user-from-flag');
  expect(await used('login --with-key', both, 'sk-user-from-input')).toBe('sk-user-from-input');
  expect(await used('login', both)).toBe('sk-user-from-variable');
  expect(await used('login', { ...both, KSCLI_API_KEY: '' })).toBe('sk-user-from-file');
  expect(await used('login', { KSCLI_API_KEY_FILE: '~/key.txt' })).toBe('sk-user-from-file');
});

test('a key in the argument list gets a warning', async () => {
  expect(await home.kscli(`login --api-key ${KEY}`, MINE)).toMatchInlineSnapshot(`
    "$ kscli login --api-key sk-user-0123456789abcdef
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api.knowledgestack.ai).
    ! Warning: A key in the argument list can be seen by other users of this machine, and the shell's history keeps it. Better: KSCLI_API_KEY, or --with-key.
    exit 0"
  `);
});

test.each([
  ['--api-key OTHERKEY0123456789 extra', "Unexpected argument 'extra'"],
  ['-k OTHERKEY0123456789 -k one more', "Unexpected argument 'more'"],
  ['OTHERKEY0123456789', "Unexpected argument '[redacted]'"],
  ['--with-key OTHERKEY0123456789', "Unexpected argument '[redacted]'"],
  ["--api-key '' OTHERKEY0123456789", "Unexpected argument '[redacted]'"],
  ['--api-key OTHERKEY0123456789 --for 99h', "--for: '99h' is not a time from 1m to 24h, like 90s, 30m or 1h30m"],
])('login %s is refused without the key in the message, whatever it looks like', async (words, message) => {
  const [, ...lines] = (await home.kscli(`login ${words}`)).split('\n');
  expect(lines[0]).toBe(`! Error: ${message}`);
  expect(lines.join('\n')).not.toContain('OTHERKEY');
});

test('of standard input exactly one line end is dropped', async () => {
  const login = async (stdin: string) => (await home.kscli('login --with-key', MINE, { stdin })).includes('exit 0');
  expect(await Promise.all([KEY, `${KEY}\n`, `${KEY}\r\n`].map(login))).toEqual([true, true, true]);
  for (const stdin of [`${KEY}\n\n`, `${KEY} \n`, ` ${KEY}`, `${KEY}\r`, `\ufeff${KEY}`, `${KEY}\nx`, 'schlüssel'])
    expect(await home.kscli('login --with-key', {}, { stdin })).toBe(`$ kscli login --with-key
! Error: The API key from standard input holds spaces or characters that no key has
! Usage: kscli login [options]
exit 64`);
  for (const stdin of ['', '\n'])
    expect(await home.kscli('login --with-key', {}, { stdin })).toBe(`$ kscli login --with-key
! Error: The API key from standard input is empty
! Usage: kscli login [options]
exit 64`);
  expect(await home.kscli('login --with-key', {}, { stdin: 'x'.repeat(70_000) })).toMatchInlineSnapshot(`
    "$ kscli login --with-key
    ! Error: Standard input is too large for a key
    ! Usage: kscli login [options]
    exit 64"
  `);
});

test('without a key and without a terminal nothing waits: wrong usage', async () => {
  const refused = await home.kscli('login');
  expect(refused).toMatchInlineSnapshot(`
    "$ kscli login
    ! Error: There is no API key, and nobody can be asked here
    ! Set KSCLI_API_KEY or KSCLI_API_KEY_FILE, or pipe the key into kscli login --with-key.
    ! Usage: kscli login [options]
    exit 64"
  `);
  const empty = { KSCLI_API_KEY: '', KSCLI_API_KEY_FILE: '' };
  expect(await home.kscli('login', {}, { env: empty })).toBe(refused);
});

test('at a terminal the key is asked for, also where it would be typed as standard input', async () => {
  const options = { isTerminal: true, stdin: ` ${KEY} \n` };
  expect(await home.kscli('login', MINE, options)).toMatchInlineSnapshot(`
    "$ kscli login
    > GET /v1/users/me | authorization: Bearer sk-user-0123456789abcdef
    Logged in successfully (https://api.knowledgestack.ai).
    ! API key for api.knowledgestack.ai (it is not shown): 
    exit 0"
  `);
  expect(await home.kscli('login --with-key', MINE, options)).toContain(`Bearer ${KEY}`);
  expect(await home.kscli('login', {}, { isTerminal: true, stdin: '' })).toMatchInlineSnapshot(`
    "$ kscli login
    ! API key for api.knowledgestack.ai (it is not shown): 
    ! \x1B[31mError:\x1B[0m The API key from the prompt is empty
    ! Usage: kscli login [options]
    exit 64"
  `);
});

test.each([
  [{ KSCLI_API_KEY: 'two words' }, 'The API key from KSCLI_API_KEY holds spaces or characters that no key has'],
  [{ KSCLI_API_KEY: 'line\nend' }, 'The API key from KSCLI_API_KEY holds spaces or characters that no key has'],
  [
    { KSCLI_API_KEY_FILE: '/no/such/file' },
    'The API key file /no/such/file (KSCLI_API_KEY_FILE) cannot be read: no such file',
  ],
  [{ KSCLI_API_KEY_FILE: '/' }, 'The API key file / (KSCLI_API_KEY_FILE) cannot be read: it is a directory'],
  [
    { KSCLI_API_KEY_FILE: '/dev/null' },
    'The API key file /dev/null (KSCLI_API_KEY_FILE) cannot be read: it is neither a file nor a pipe',
  ],
])('a variable that gives no key is a configuration error: %j', async (env, message) => {
  expect(await home.kscli('login', {}, { env })).toBe(`$ kscli login
! Error: ${message}
exit 1`);
});

test('the mistyped name of the variable is an error, not another source', async () => {
  expect(await home.kscli('login', {}, { env: { KSCLI_APIKEY: KEY } })).toMatchInlineSnapshot(`
    "$ kscli login
    ! Error: KSCLI_APIKEY is no setting of kscli
    ! Did you mean KSCLI_API_KEY? Correct or remove it.
    exit 1"
  `);
});
