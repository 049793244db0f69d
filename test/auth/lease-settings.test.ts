// The settings of a lease, and the bounds that only get tighter.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { createHome, type Home } from '../kscli.ts';
import { assume, leaseOf } from './lease.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const HOUR = { lease_until: '2026-02-23T12:00:00+00:00' };
const TWO_HOURS = { lease_until: '2026-02-23T13:00:00+00:00' };

test.each([
  ['the setting is what --for is without it', '', { lease: '1h', max_lease: '2h' }, {}, HOUR],
  ['the variable wins over the config file', '', { lease: '2h' }, { KSCLI_LEASE: '1h' }, HOUR],
  ['the flag wins over both', '--for 1h', { lease: '2h' }, { KSCLI_LEASE: '3h' }, HOUR],
  ['with the longest time alone it is that long', '', { max_lease: '2h' }, {}, TWO_HOURS],
  ['a variable tightens the longest time', '', { max_lease: '2h' }, { KSCLI_MAX_LEASE: '1h' }, HOUR],
  ['a variable never loosens it', '', { max_lease: '1h' }, { KSCLI_MAX_LEASE: '2h' }, HOUR],
])('%s', async (_title, words, values, env, fields) => {
  home.configure(values);
  await assume(home, words, { env });
  expect(leaseOf(home)).toMatchObject(fields);
});

const CONFIG = '~/.config/kscli/config.json';

test.each([
  ['--for 2h', { max_lease: '1h' }, {}, "--for: '2h' is longer than 1h", `The most is set by max_lease in ${CONFIG}.`],
  [
    '--for 2h',
    { max_lease: '4h' },
    { KSCLI_MAX_LEASE: '90m' },
    "--for: '2h' is longer than 1h30m",
    'The most is set by KSCLI_MAX_LEASE.',
  ],
  [
    '--for 2h',
    { max_lease: '1h' },
    { KSCLI_MAX_LEASE: '4h' },
    "--for: '2h' is longer than 1h",
    `The most is set by max_lease in ${CONFIG}.`,
  ],
  [
    '',
    { max_lease: '1h' },
    { KSCLI_LEASE: '2h' },
    "KSCLI_LEASE: '2h' is longer than 1h",
    `The most is set by max_lease in ${CONFIG}.`,
  ],
  ['', { require_reason: true }, {}, 'Missing --reason <text>', `It is demanded by require_reason in ${CONFIG}.`],
  [
    '',
    { require_reason: true },
    { KSCLI_REQUIRE_REASON: 'false' },
    'Missing --reason <text>',
    `It is demanded by require_reason in ${CONFIG}.`,
  ],
  [
    '--for 1h',
    { require_reason: false },
    { KSCLI_REQUIRE_REASON: 'yes' },
    'Missing --reason <text>',
    'It is demanded by KSCLI_REQUIRE_REASON.',
  ],
])('assume-user %s with %p and %p is wrong usage', async (words, values, env, message, source) => {
  home.configure(values);
  expect(await assume(home, words, { env }, false)).toBe(`$ kscli assume-user ${words}
! Error: ${message}
! ${source}
! Usage: kscli assume-user [options]
exit 64`);
});

test.each([
  [{ lease: '2x' }, {}, `lease in ${CONFIG}: '2x' is not a time from 1m to 24h, like 90s, 30m or 1h30m`],
  [{ lease: 7200 }, {}, `lease in ${CONFIG}: '7200' is not a time from 1m to 24h, like 90s, 30m or 1h30m`],
  [{ max_lease: '25h' }, {}, `max_lease in ${CONFIG}: '25h' is not a time from 1m to 24h, like 90s, 30m or 1h30m`],
  [
    { max_lease: 'x' },
    { KSCLI_MAX_LEASE: '1h' },
    `max_lease in ${CONFIG}: 'x' is not a time from 1m to 24h, like 90s, 30m or 1h30m`,
  ],
  [{}, { KSCLI_MAX_LEASE: 'soon' }, "KSCLI_MAX_LEASE: 'soon' is not a time from 1m to 24h, like 90s, 30m or 1h30m"],
  [
    {},
    { KSCLI_REQUIRE_REASON: 'maybe' },
    "KSCLI_REQUIRE_REASON: 'maybe' is not one of true, 1, yes, on, false, 0, no, off",
  ],
  [
    { require_reason: 'maybe' },
    { KSCLI_REQUIRE_REASON: 'false' },
    `require_reason in ${CONFIG}: 'maybe' is not one of true, 1, yes, on, false, 0, no, off`,
  ],
])('%p and %p are a configuration error', async (values, env, message) => {
  home.configure(values);
  expect(await assume(home, '--for 1h --reason a', { env }, false)).toBe(
    `$ kscli assume-user --for 1h --reason a\n! Error: ${message}\nexit 1`,
  );
});

test('settings set keeps a time as it was typed, and settings show tells the bound that holds', async () => {
  await home.kscli('settings set max_lease 90m');
  expect(readFileSync(home.config, 'utf8')).toBe('{\n  "max_lease": "90m"\n}\n');
  const shown = await home.kscli('settings show -f yaml', {}, { env: { KSCLI_MAX_LEASE: '4h', KSCLI_LEASE: '30m' } });
  expect(shown.split('\n').filter((line) => line.includes('lease'))).toEqual([
    'lease: "30m"',
    'max_lease: "1h30m"',
    '  lease: KSCLI_LEASE',
    '  max_lease: max_lease in ~/.config/kscli/config.json',
  ]);
  expect(await home.kscli('settings set max_lease 90')).toMatchInlineSnapshot(`
    "$ kscli settings set max_lease 90
    ! Error: max_lease: '90' is not a time from 1m to 24h, like 90s, 30m or 1h30m
    ! Usage: kscli settings set <key> <value> [options]
    exit 64"
  `);
});
