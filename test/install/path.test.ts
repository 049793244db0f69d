// What install.sh says of PATH: another kscli that comes first, and the line to add for each shell.

import { describe, expect, test } from 'bun:test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeMachineWithMirror, writeProgram } from './machine.ts';
import { install } from './run.ts';
import { SHELLS } from './shells.ts';

describe.each(SHELLS)('$name', ({ shell }) => {
  test('warns of another kscli that comes first on PATH, and of none that comes later', async () => {
    using machine = makeMachineWithMirror();
    const other = join(machine.root, 'other');
    mkdirSync(other);
    writeProgram(join(other, 'kscli'), 'echo other');
    const first = `${machine.path}:${other}:${machine.dir}`;
    expect(await install(machine, '--from mirror --quiet', { shell, path: first })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      ! Warning: Another kscli comes first on PATH: <root>/other/kscli
      !   It runs instead of <root>/home/.local/bin/kscli. Remove it, or put <root>/home/.local/bin before it.
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/home/.local/bin/kscli"
    `);
    const later = `${machine.path}:${machine.dir}:${other}`;
    expect(await install(machine, '--from mirror --quiet', { shell, path: later })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      exit 0
      ~ <root>/home/.config/kscli/kscli.receipt.json"
    `);
  });
});

test.each(['/usr/bin/fish', '/bin/zsh', '/bin/bash', ''])('the line for PATH where SHELL=%s', async (name) => {
  using machine = makeMachineWithMirror();
  expect(await install(machine, '--from mirror --dir bin', { env: { SHELL: name } })).toMatchSnapshot();
});
