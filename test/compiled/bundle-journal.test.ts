// The last lines of the journal in a bundle: what a line may hold, and nothing that somebody planted there.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';
import { readBundle } from '../bundle.ts';

let machine: Site;
let journal: string;
let place: string;
beforeEach(async () => {
  machine = createSite({ KSCLI_JOURNAL: 'on' });
  journal = join(machine.home, '.local/state/kscli/journal');
  place = join(machine.home, 'kscli.tar.gz');
  await machine.signIn();
});
afterEach(() => machine.remove());

const lines = () => (readBundle(place)['journal.jsonl'] ?? '').split('\n').filter(Boolean);

function append(line: string): void {
  const [name = ''] = readdirSync(journal).filter((entry) => entry.endsWith('.jsonl'));
  appendFileSync(join(journal, name), line);
}

test('the last 50 lines of the journal are in the bundle', async () => {
  for (let run = 0; run < 52; run++) await machine.run('api POST /v1/unknown');
  expect((await machine.run('doctor --bundle kscli.tar.gz --offline')).exit).toBe(0);
  expect(lines()).toHaveLength(50);
  expect(JSON.parse(lines().at(-1) ?? '')).toMatchObject({ event: 'request', command: 'api', path: '/v1/unknown' });
});

test('they begin in the file of the month before, as on the first of a month', async () => {
  const older = (month: string) =>
    writeFileSync(
      join(journal, `${month}.jsonl`),
      `{"v":1,"event":"request","command":"tags list","path":"/${month}"}\n`,
    );
  older('2020-01');
  older('2020-02');
  expect((await machine.run('doctor --bundle kscli.tar.gz --offline')).exit).toBe(0);
  expect(lines().map((line) => JSON.parse(line).path)).toEqual(['/2020-02', '/v1/auth/assume_user']);
});

test('of a line nothing but what it may hold, and no line that is none', async () => {
  append('{"v":1,"event":"request","unknown":"x","command":"tags list"}\nnot json\n{"v":1,"seq":3');
  expect((await machine.run('doctor --bundle kscli.tar.gz --offline')).exit).toBe(0);
  expect(lines().at(-1)).toBe('{"v": 1, "event": "request", "command": "tags list"}');
});

test('a secret that was planted there: no bundle', async () => {
  append(`{"v":1,"event":"request","reason":"with ${ADMIN_KEY}"}\n`);
  const { exit, stderr } = await machine.run('doctor --bundle kscli.tar.gz --offline');
  expect(stderr).toContain('in journal.jsonl');
  expect([exit, existsSync(place)]).toEqual([1, false]);
});

test('lines of another session are not in it, and none where nobody knows which session it is', async () => {
  append('{"v":1,"event":"request","session":"acme","ticket":"SUP-1"}\n');
  append('{"v":1,"event":"file.open","previous":"2026-10.jsonl"}\n');
  await machine.run('doctor --bundle kscli.tar.gz --offline');
  expect(lines().map((line) => JSON.parse(line).event)).toEqual(['session.start']);
  expect(readBundle(place)['README.txt']).toContain(
    'journal.jsonl names operator, account, host, reason and ticket too.',
  );
  await machine.run('doctor --bundle acme.tar.gz --offline --session acme');
  expect(readBundle(join(machine.home, 'acme.tar.gz'))['journal.jsonl']).toBe(
    '{"v": 1, "event": "request", "session": "acme", "ticket": "SUP-1"}\n',
  );
  await machine.run('doctor --bundle none.tar.gz --offline', { KSCLI_SESSION: '../x' });
  expect(readBundle(join(machine.home, 'none.tar.gz'))['journal.jsonl']).toBeUndefined();
});
