// The box around the tests: a run that leaves something behind has failed, and says what.

import { expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BOX = join(import.meta.dir, 'box.ts');
const IMPORTS = `import { test } from 'bun:test';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
`;

/**
 * Runs one test with that body, in a home of its own, and gives back the exit code and the lines of the error.
 * @param prepare what lies in the directory for temporary files before
 */
function runTest(body: string, prepare = (_directory: string): void => undefined): string {
  const directory = mkdtempSync(join(tmpdir(), 'kscli-box-'));
  const home = join(directory, 'home');
  mkdirSync(join(home, '.local/bin'), { recursive: true });
  writeFileSync(join(home, '.profile'), '# old\n');
  writeFileSync(join(directory, 'one.test.ts'), `${IMPORTS}test('one', () => { ${body} });\n`);
  prepare(directory);
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, 'test', '--preload', BOX, 'one.test.ts'], {
    cwd: directory,
    env: { HOME: home, TMPDIR: directory },
  });
  rmSync(directory, { recursive: true });
  const lines = stderr.toString().replaceAll(directory, '<directory>').split('\n');
  const error = lines.filter((line) => /^(error: |[-+~] )/.test(line));
  return [...error, `exit ${exitCode}`].join('\n').replaceAll(/kscli-tests-\w+/g, '<box>');
}

test('a run that leaves nothing passes', () => {
  const body = `rmSync(mkdtempSync(tmpdir() + '/mine-'), { recursive: true })`;
  expect(runTest(body)).toMatchInlineSnapshot(`"exit 0"`);
});

test('a run fails that installs for the user, loses a file of the home, or forgets what it made', () => {
  expect(runTest(`writeFileSync(process.env.HOME + '/.local/bin/kscli', '')`)).toMatchInlineSnapshot(`
    "error: Not as it was before the tests:
    + <directory>/home/.local/bin/kscli
    exit 1"
  `);
  expect(runTest(`rmSync(process.env.HOME + '/.profile')`)).toMatchInlineSnapshot(`
    "error: Not as it was before the tests:
    - <directory>/home/.profile
    exit 1"
  `);
  expect(runTest(`writeFileSync(tmpdir() + '/forgotten', '')`)).toMatchInlineSnapshot(`
    "error: Not as it was before the tests:
    + <directory>/<box>/forgotten
    exit 1"
  `);
});

test('what a run left that was killed goes with a later one; another that is under way keeps its own', () => {
  const ages = { 'kscli-tests-old': 2, 'kscli-tests-young': 0.5, 'another-old': 2 };
  const prepare = (directory: string) => {
    for (const [name, hours] of Object.entries(ages)) {
      mkdirSync(join(directory, name, 'kscli-test-x'), { recursive: true });
      utimesSync(join(directory, name), 0, statSync(directory).mtimeMs / 1000 - hours * 3600);
    }
  };
  const body = `throw readdirSync(tmpdir() + '/..').filter((name) => /old$|young$/.test(name)).sort().join(' ')`;
  expect(runTest(body, prepare)).toMatchInlineSnapshot(`
    "error: another-old <box>
    exit 1"
  `);
});
