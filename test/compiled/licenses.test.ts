// kscli licenses of the compiled binary: the notices of what was bundled into it.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { formatNotices } from '../../src/commands/licenses.ts';
import { readNotices } from '../../src/release/notices.ts';
import { findBundle } from '../../src/release/packages.ts';
import { createMachine, type Machine } from '../binary.ts';

const ROOT = join(import.meta.dir, '../..');
const NOTICES = readNotices(ROOT, findBundle(ROOT, manifest.dependencies));

let machine: Machine;
beforeAll(() => {
  machine = createMachine();
});
afterAll(() => machine.remove());

test('the whole text is printed, as it stands in NOTICES.txt of an archive', async () => {
  expect(await machine.run('licenses')).toEqual({ exit: 0, stdout: formatNotices(NOTICES), stderr: '' });
});

test('json and jsonl hold a row a package: name, version, license, text', async () => {
  const json = await machine.run('licenses -f json');
  expect({ ...json, stdout: JSON.parse(json.stdout) }).toEqual({ exit: 0, stdout: NOTICES, stderr: '' });
  const lines = NOTICES.map((notice) => `${JSON.stringify(notice)}\n`).join('');
  expect(await machine.run('licenses -f jsonl')).toEqual({ exit: 0, stdout: lines, stderr: '' });
});

test('yaml holds the same rows', async () => {
  const { exit, stdout, stderr } = await machine.run('licenses -f yaml');
  expect({ exit, rows: Bun.YAML.parse(stdout), stderr }).toEqual({ exit: 0, rows: NOTICES, stderr: '' });
});

test('id-only prints the names', async () => {
  const names = NOTICES.map(({ name }) => `${name}\n`).join('');
  expect(await machine.run('licenses -f id-only')).toEqual({ exit: 0, stdout: names, stderr: '' });
});
