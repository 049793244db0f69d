// Whose doings are written down, and where.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';

const SEEN = { 'GET /v1/users/me': { json: { id: USER } } };
const REASON = { reason: 'wrong totals' };

let home: Home;
let state: string;
beforeEach(() => {
  home = createHome();
  home.keep();
  state = join(home.directory, '.local');
});
afterEach(() => home.remove());

const whoami = (env: Record<string, string> = {}, stubs: object = SEEN) =>
  home.kscli('whoami -f id-only', { ...stubs }, { env });

function events(directory = join(state, 'state/kscli/journal')): string[] {
  if (!existsSync(directory)) return [];
  const lines = readFileSync(join(directory, '2026-02.jsonl'), 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line).event);
}

test('by itself a journal is kept of sessions with a reason or a ticket, and of no others', async () => {
  await whoami();
  expect(existsSync(state)).toBe(false);
  home.keep(credentialsFields(REASON));
  await whoami();
  expect(events()).toEqual(['file.open', 'request']);
  home.keep(credentialsFields({ ticket: 'SUP-4711' }));
  await whoami();
  expect(events()).toHaveLength(3);
});

test('on writes down every session, off none', async () => {
  await whoami({ KSCLI_JOURNAL: 'on' });
  expect(events()).toEqual(['file.open', 'request']);
  home.keep(credentialsFields(REASON));
  await whoami({ KSCLI_JOURNAL: 'off' });
  expect(events()).toHaveLength(2);
});

test('what sends nothing leaves nothing', async () => {
  for (const line of ['settings show', 'sessions list', 'journal show', 'doctor --offline', 'logout', 'help'])
    await home.kscli(line, {}, { env: { KSCLI_JOURNAL: 'on' } });
  expect(events().filter((event) => event !== 'session.end' && event !== 'file.open')).toEqual([]);
});

test('required in the config file is a bound: a variable tightens it and never loosens it', async () => {
  home.configure({ journal: 'required' });
  for (const value of ['off', 'auto', 'on', 'required']) {
    await whoami({ KSCLI_JOURNAL: value });
    expect(await home.kscli('settings show -f json', {}, { env: { KSCLI_JOURNAL: value } })).toContain(
      '"journal": "required"',
    );
  }
  expect(events()).toHaveLength(5);
  home.configure({ journal: 'on' });
  await whoami({ KSCLI_JOURNAL: 'off' });
  expect(events()).toHaveLength(5);
});

test('a wrong value of journal is an error, and nothing is sent', async () => {
  expect(await whoami({ KSCLI_JOURNAL: 'always' }, {})).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    ! Error: KSCLI_JOURNAL: 'always' is not one of auto, off, on, required
    exit 1"
  `);
  home.configure({ journal: true });
  expect(await whoami({}, {})).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    ! Error: journal in ~/.config/kscli/config.json: 'true' is not a text
    exit 1"
  `);
});

test('the directory is chosen by XDG_STATE_HOME and by a setting, 0700 with files of 0600', async () => {
  const elsewhere = join(home.directory, 'elsewhere');
  await whoami({ KSCLI_JOURNAL: 'on', XDG_STATE_HOME: elsewhere });
  expect(events(join(elsewhere, 'kscli/journal'))).toHaveLength(2);
  await whoami({ KSCLI_JOURNAL: 'on', KSCLI_JOURNAL_PATH: '~/mine' });
  const mine = join(home.directory, 'mine');
  expect(events(mine)).toHaveLength(2);
  expect(statSync(mine).mode & 0o777).toBe(0o700);
  expect(readdirSync(mine).map((name) => [name, statSync(join(mine, name)).mode & 0o777])).toEqual([
    ['2026-02.jsonl', 0o600],
    ['journal.head', 0o600],
    ['journal.write-lock', 0o600],
  ]);
  // It counts for nothing: https://specifications.freedesktop.org/basedir-spec
  await whoami({ KSCLI_JOURNAL: 'on', XDG_STATE_HOME: 'relative' });
  expect(events()).toHaveLength(2);
});

test('the operator is a setting, and else the account', async () => {
  const operators = () =>
    readFileSync(join(state, 'state/kscli/journal/2026-02.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).operator);
  await whoami({ KSCLI_JOURNAL: 'on', KSCLI_OPERATOR: 'Jane\u0007 Doe\n' });
  home.configure({ operator: 'team-a' });
  await whoami({ KSCLI_JOURNAL: 'on' });
  expect(operators()).toEqual(['Jane Doe ', 'Jane Doe ', 'team-a']);
});

test('on Windows it lies among the local application data', async () => {
  const options = { env: { LOCALAPPDATA: 'C:\\Users\\jane\\AppData\\Local' }, platform: 'win32' } as const;
  const shown = await home.kscli('settings show -f json', {}, options);
  const journal = join(home.directory, 'journal');
  const env = { KSCLI_JOURNAL: 'required', KSCLI_JOURNAL_PATH: journal };
  await home.kscli('whoami -f id-only', SEEN, { env, platform: 'win32' });
  expect(events(journal)).toEqual(['file.open', 'request']);
  expect(shown).toContain(String.raw`"journal_path": "C:\\Users\\jane\\AppData\\Local\\kscli\\journal"`);
});
