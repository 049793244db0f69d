// The command line of install.sh.

import { expect, test } from 'bun:test';
import { makeMachine, makeMachineWithMirror } from './machine.ts';
import { install } from './run.ts';

test('--help names every option and exit code', async () => {
  using machine = makeMachine();
  const text = await install(machine, '--help');
  const options = text.match(/^ {2}--[\w-]+/gm)?.map((line) => line.trim());
  const taking = ['--version', '--url', '--from', '--dir'];
  const switches = ['--require-signature', '--allow-downgrade', '--dry-run', '--uninstall', '--quiet', '--help'];
  expect(options).toEqual([...taking, ...switches]);
  expect(text.match(/^ {2}\d+/gm)?.map(Number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 64, 129]);
  expect(text).toEndWith('  129, 130, 143   stopped by a signal\nexit 0');
});

test.each([
  ...['--colour', 'extra', '--dir', '--dir=', '--version latest', '--quiet=yes'],
  ...['--url gopher://x', '--url file:///a%20b', '--from https://x', '--from mirror --url mirror'],
])('%s is wrong usage', async (args) => {
  using machine = makeMachineWithMirror();
  expect(await install(machine, args)).toMatchSnapshot();
});
