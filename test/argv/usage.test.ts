// Ways to ask for help, wrong usage, and where global flags may stand.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test.each(['--version', 'whoami --version'])('kscli %s', async (line) => {
  expect(await home.kscli(line)).toMatchSnapshot();
});

/** What is printed, without the line that asked for it. */
async function answerTo(line: string): Promise<string[]> {
  return (await home.kscli(line)).split('\n').slice(1);
}

test.each([
  ['help', '--help'],
  ['--help settings', 'settings --help'],
  ['-f json help', '--help'],
  ['help settings', 'settings --help'],
  ['help folders list', 'folders list --help'],
  ['version', '--version'],
  ['-v', '--version'],
  ['-V', '--version'],
  ['settings', 'settings --help'],
  ['folders', 'folders --help'],
  ['-f json folders', 'folders --help'],
])('kscli %s answers as kscli %s', async (line, same) => {
  const answer = await answerTo(line);
  expect(answer).toEqual(await answerTo(same));
  expect(answer.at(-1)).toBe('exit 0');
});

test.each([
  'whomai',
  'constructor',
  '__proto__',
  'help whomai',
  'settings shwo',
  'settings show extra',
  'whoami extra',
  'whoami -- extra',
  '-- -x api',
  'tags --limit 3 list',
  '--name tags create',
  'whoami --fromat json',
  'whoami -x',
  'whoami --format',
  'whoami -f',
  'whoami --debug=yes',
  '--unknown whoami',
  'assume-user',
  `assume-user --tenant-id ${TENANT}`,
  `assume-user --tenant-id --user-id ${USER}`,
  `assume-user --tenant-id 1234 --user-id ${USER}`,
  `assume-user --tenant-id ${TENANT}0 --user-id ${USER}`,
  'settings environment',
  'settings environment production',
  'settings environment dev prod',
])('kscli %s is wrong usage', async (line) => {
  const transcript = await home.kscli(line);
  expect(transcript).toMatchSnapshot();
  expect(transcript).toEndWith('exit 64');
});

test.each([
  '-f json settings show',
  'settings -f json show',
  'settings show -f json',
  '-fjson settings show',
  '-Hf json settings show',
  'settings -Hf json show',
  'settings show --format=json',
])('global flags work in any position: %s', async (line) => {
  expect(await home.kscli(line)).toContain('"format": "--format",');
});

test('a former name is taken, and told beside the one of today', async () => {
  const help = await home.kscli('chunk-lineages delete --help');
  expect(help).toContain('--child-chunk-id <uuid>   Child chunk (required; also --chunk-id)');
});
