// A program in the place of kscli, where the system cannot replace a process.

import { expect, test } from 'bun:test';
import { becomeProgram } from '../../src/files/program.ts';

/** As Windows is: without execve. */
const host: NodeJS.Process = Object.create(process, {
  platform: { value: 'win32' },
  removeAllListeners: { value: () => host },
  on: { value: () => host },
});

const become = (file: string, ...words: string[]) => becomeProgram({ file, words: [file, ...words], env: {} }, host);

test('the exit code is that of the program', async () => {
  expect(await become('/bin/sh', '-c', 'exit 7')).toBe(7);
});

test('what is gone meanwhile was not found, and what is no program cannot be run', async () => {
  await expect(become('/nowhere/program')).rejects.toMatchObject({ kind: 'program-not-found' });
  await expect(become('/dev/null')).rejects.toMatchObject({ kind: 'program-refused' });
});
