// Every kind of failure: what is sent, what is said and the exit code, as a script sees it.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { FAILURE_KINDS, type FailureKind } from '../../src/errors.ts';
import { createHome, credentialsFields, type Home, OLD_TOKEN } from '../kscli.ts';
import { HERE } from './here.ts';
import type { Row } from './row.ts';
import { THERE } from './there.ts';

const ROWS: Readonly<Record<FailureKind, Row>> = { ...HERE, ...THERE };

let home: Home;
beforeEach(() => {
  home = createHome();
  writeFileSync(`${home.directory}/a.txt`, 'contents');
  home.keep(credentialsFields({ token: OLD_TOKEN }));
});
afterEach(() => home.remove());

test.each(Object.entries(ROWS))('a failure of the kind %s is told, and ends by its exit code', async (_kind, row) => {
  if (row.credentials) home.keep(row.credentials);
  const here = (text: string) => text.replace('~', home.directory);
  const env = Object.fromEntries(Object.entries(row.env ?? {}).map(([name, value]) => [name, here(value)]));
  expect(await home.kscli(here(row.line), row.stubs, { ...row.options, env })).toBe(`$ kscli ${row.line}
${row.shown}`);
});

test('there is a row for every kind', () => {
  expect(Object.keys(ROWS).sort()).toEqual([...FAILURE_KINDS].sort());
});
