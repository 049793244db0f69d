// kscli doctor --bundle with the compiled binary: where the archive may go, and where it is refused.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSite, type Site } from '../binary.ts';

let machine: Site;
beforeEach(async () => {
  machine = createSite();
  await machine.signIn();
});
afterEach(() => machine.remove());

test('never over something that is there, and nothing is asked before that is known', async () => {
  writeFileSync(join(machine.home, 'taken'), 'mine');
  symlinkSync('nowhere', join(machine.home, 'link'));
  mkdirSync(join(machine.home, 'directory'));
  for (const name of ['taken', 'link', 'directory', 'directory/', '.']) {
    const { exit, stderr, stdout } = await machine.run(`doctor --bundle ${name}`);
    expect([exit, stderr, stdout]).toEqual([1, `Error: ${name} exists already\nName another file for --bundle.\n`, '']);
  }
  expect(readFileSync(join(machine.home, 'taken'), 'utf8')).toBe('mine');
  expect(lstatSync(join(machine.home, 'link')).isSymbolicLink()).toBe(true);
  expect(machine.backend.requests).toEqual([]);
});

test('not where another user could swap it, and not where nothing can be', async () => {
  mkdirSync(join(machine.home, 'open'));
  chmodSync(join(machine.home, 'open'), 0o777);
  expect(await machine.kscli('doctor --bundle open/kscli.tar.gz')).toMatchInlineSnapshot(`
    "$ kscli doctor --bundle open/kscli.tar.gz
    ! Error: Unsafe place for a bundle: ~/open can be written by other users
    ! Name a file in a directory of your own for --bundle.
    exit 1"
  `);
  expect(await machine.kscli('doctor --bundle nowhere/kscli.tar.gz')).toMatchInlineSnapshot(`
    "$ kscli doctor --bundle nowhere/kscli.tar.gz
    ! Error: nowhere/kscli.tar.gz cannot be written: no such directory
    ! Name another file for --bundle.
    exit 1"
  `);
  expect(await machine.kscli(`doctor --bundle ${'x'.repeat(300)}`)).toContain(
    'cannot be written: the name is too long',
  );
  expect(await machine.kscli('doctor --bundle -')).toMatchInlineSnapshot(`
    "$ kscli doctor --bundle -
    ! Error: --bundle: '-' is no file
    ! Usage: kscli doctor [options]
    exit 64"
  `);
  expect(await machine.kscli("doctor --bundle ''")).toEndWith('exit 64');
  expect(await machine.kscli('doctor --dry-run')).toMatchInlineSnapshot(`
    "$ kscli doctor --dry-run
    ! Error: --dry-run needs --bundle
    ! Usage: kscli doctor [options]
    exit 64"
  `);
  expect(readdirSync(machine.home).sort()).toEqual(['open', 'state']);
});
