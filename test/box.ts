// Loaded before the tests: they get one directory for all that they make, and the run fails where they leave anything
// in it or change anything outside it.

import { afterAll } from 'bun:test';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { listChanges, listNames, listTree, type Tree } from './tree.ts';

const REPOSITORY = join(import.meta.dir, '..');

/** Of a release that another test builds meanwhile, and sees end. */
const STAGING = /[\\/]dist[\\/]\.release[\\/]/;

/** All that a test could reach by mistake: where kscli is installed, what kscli keeps, the home, the repository. */
function lookAround(): Tree {
  const home = homedir();
  const whole = ['/usr/local/bin', '/tmp/kscli', join(home, '.local/bin'), join(home, '.config/kscli')];
  // Others write in these all the time, so of these the names alone; .bun is the runtime's own cache.
  const byName = [home, join(home, '.config'), join(home, '.local'), join(home, '.local/share')];
  const names = byName.flatMap((place) => listNames(place).map((name) => join(place, name)));
  return new Map([
    // The runner writes its snapshots anew each time.
    ...[...listTree(REPOSITORY, ['.git', 'node_modules', '__snapshots__'])].filter(([path]) => !STAGING.test(path)),
    ...names.filter((path) => path !== join(home, '.bun')).map((path) => [path, 'there'] as const),
    ...whole.flatMap((place) => [...listTree(place)]),
  ]);
}

const NAME = 'kscli-tests-';
/** Milliseconds: longer than any file of tests takes. */
const HOUR = 3_600_000;

/** A run that was killed could not do it itself. @param own the newest: the times of files are compared with each other alone */
function removeOldBoxes(own: string): void {
  const now = statSync(own).mtimeMs;
  for (const name of listNames(tmpdir()).filter((name) => name.startsWith(NAME))) {
    const path = join(tmpdir(), name);
    try {
      if (now - statSync(path).mtimeMs > HOUR) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run was faster, or it is somebody else's.
    }
  }
}

const before = lookAround();
const box = mkdtempSync(join(tmpdir(), NAME));
removeOldBoxes(box);
// Some tests run a program as another user, who has to get through.
chmodSync(box, 0o711);
process.env['TMPDIR'] = box;
// Tests look at modes, whatever mask the caller has.
process.umask(0o022);

afterAll(() => {
  const left = listNames(box).map((name) => `+ ${join(box, name)}`);
  rmSync(box, { recursive: true, force: true });
  const changes = [...listChanges(before, lookAround()), ...left];
  if (changes.length > 0) throw new Error(`Not as it was before the tests:\n${changes.join('\n')}`);
});
