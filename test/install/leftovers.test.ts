// What a killed run leaves, the next one removes, and nothing else.

import { describe, expect, test } from 'bun:test';
import { chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IS_ROOT, testWhere } from '../where.ts';
import { makeMachineWithMirror } from './machine.ts';
import { serveCut } from './mirror.ts';
import { install, start } from './run.ts';
import { SHELLS } from './shells.ts';

/** No process has this number: Linux counts to 4 millions at most, macOS to 99,999. */
const NOBODY = 99_999_999;

describe.each(SHELLS)('$name', ({ shell }) => {
  test('the private directory of a run that was killed goes with the next', async () => {
    using machine = makeMachineWithMirror();
    mkdirSync(machine.dir, { recursive: true });
    const stalled = Promise.withResolvers<void>();
    const archive = 'kscli-9.9.9-linux-x64.tar.gz';
    using mirror = serveCut(machine.mirror, { name: archive, after: 50, stall: stalled.resolve });
    const child = start(machine, [...shell, machine.script, '--url', mirror.url]);
    await stalled.promise;
    child.kill('SIGKILL');
    await child.exited;
    expect(readdirSync(machine.dir)).toEqual([`.kscli-install.${child.pid}`]);
    await install(machine, '--from mirror', { shell });
    expect(readdirSync(machine.dir)).toEqual(['kscli']);
  });

  test('that of a run that goes on stays, and so does what only has the name', async () => {
    using machine = makeMachineWithMirror();
    const elsewhere = join(machine.root, 'elsewhere');
    for (const path of [elsewhere, join(machine.dir, `.kscli-install.${process.pid}`)]) {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'file'), 'kept');
    }
    symlinkSync(elsewhere, join(machine.dir, `.kscli-install.${NOBODY}`));
    writeFileSync(join(machine.dir, `.kscli-install.${NOBODY - 1}`), 'a file');
    expect(await install(machine, '--from mirror --quiet', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/home/.local/bin/kscli"
    `);
  });

  test('--dry-run removes none from the directory, --uninstall does', async () => {
    using machine = makeMachineWithMirror();
    mkdirSync(join(machine.dir, `.kscli-install.${NOBODY}`), { recursive: true });
    expect(await install(machine, '--from mirror --dry-run --quiet', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --dry-run --quiet
      exit 0"
    `);
    expect(await install(machine, '--uninstall --dry-run', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --uninstall --dry-run
      ! There is no kscli in <root>/home/.local/bin. Nothing was removed.
      exit 0"
    `);
    expect(await install(machine, '--uninstall', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --uninstall
      ! There is no kscli in <root>/home/.local/bin. Nothing was removed.
      exit 0
      - <root>/home/.local/bin/.kscli-install.99999999"
    `);
  });
});

testWhere(IS_ROOT, 'root', 'that of another user stays', async () => {
  using machine = makeMachineWithMirror();
  const theirs = join(machine.dir, `.kscli-install.${NOBODY}`);
  mkdirSync(theirs, { recursive: true });
  chownSync(theirs, 65534, 65534);
  expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    exit 0
    + <root>/home/.config/kscli/kscli.receipt.json
    + <root>/home/.local/bin/kscli"
  `);
});
