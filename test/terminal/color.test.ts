// Whether there are colors: on a terminal, unless somebody speaks against it, and where somebody asks for it.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

const PLAIN = 'Error: Unknown command';
const RED = '\x1b[31mError:\x1b[0m Unknown command';

test.each([
  [true, {}, RED],
  [true, { NO_COLOR: '1' }, PLAIN],
  [true, { NO_COLOR: '' }, RED],
  [true, { CLICOLOR: '0' }, PLAIN],
  [true, { CLICOLOR: '1' }, RED],
  [true, { TERM: 'dumb' }, PLAIN],
  [true, { FORCE_COLOR: '0' }, RED],
  [false, {}, PLAIN],
  [false, { CLICOLOR: '1' }, PLAIN],
  [false, { FORCE_COLOR: '0', CLICOLOR_FORCE: '' }, PLAIN],
  [false, { FORCE_COLOR: '1' }, RED],
  [false, { CLICOLOR_FORCE: '1' }, RED],
  [false, { FORCE_COLOR: 'true', NO_COLOR: '1' }, RED],
])('on a terminal: %p, with %p', async (isTerminal, env, message) => {
  const shown = await home.kscli('folder', {}, { isTerminal, env });
  expect(shown.split('\n')[1]).toBe(`! ${message} 'folder'`);
});
