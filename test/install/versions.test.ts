// Which of the archives of a mirror is taken, and that none goes back behind the kscli there.

import { describe, expect, test } from 'bun:test';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { hasTool, IS_ROOT, testWhere } from '../where.ts';
import { makeMachine, makeMachineWithMirror, placeKscli, readInstalledVersion } from './machine.ts';
import { addRelease } from './release.ts';
import { install } from './run.ts';
import { SHELLS } from './shells.ts';

test('the highest release is taken, by number, and a pre-release only by name', async () => {
  using machine = makeMachine();
  addRelease(machine.mirror, { version: '3.0.0-rc.1' });
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: SHA256SUMS from <root>/mirror does not list kscli for linux-x64.
    !   It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:
    !     kscli-3.0.0-rc.1-linux-x64.tar.gz
    exit 4"
  `);
  for (const version of ['2.9.0', '2.10.0', '2.10.0-rc.1']) addRelease(machine.mirror, { version });
  await install(machine, '--from mirror');
  expect(readInstalledVersion(machine)).toBe('kscli 2.10.0 (test)');
  await install(machine, '--from mirror --version 2.9.0 --allow-downgrade');
  expect(readInstalledVersion(machine)).toBe('kscli 2.9.0 (test)');
  await install(machine, '--from mirror --version 3.0.0-rc.1');
  expect(readInstalledVersion(machine)).toBe('kscli 3.0.0-rc.1 (test)');
});

testWhere(hasTool('xz'), 'xz', '.tar.gz is taken, and .tar.xz is not, even where it is all there is', async () => {
  using machine = makeMachine();
  const path = `${machine.path}:${machine.dir}`;
  addRelease(machine.mirror, { extension: 'tar.xz' });
  expect(await install(machine, '--from mirror', { path })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: SHA256SUMS from <root>/mirror does not list kscli for linux-x64.
    !   It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:
    !     kscli-9.9.9-linux-x64.tar.xz
    exit 4"
  `);
  addRelease(machine.mirror);
  expect(await install(machine, '--from mirror', { path })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Fetching kscli-9.9.9-linux-x64.tar.gz from <root>/mirror
    ! Installed kscli 9.9.9 (test) as <root>/home/.local/bin/kscli
    exit 0
    + <root>/home/.config/kscli/kscli.receipt.json
    + <root>/home/.local/bin/kscli"
  `);
});

describe.each(SHELLS)('$name', ({ shell }) => {
  test('a version that is older than the one there is installed only where that is allowed', async () => {
    using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
    placeKscli(machine, 'echo "kscli 10.0.0 (test)"');
    expect(await install(machine, '--from mirror --dry-run', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --dry-run
      ! Error: kscli 10.0.0 is there, and 9.9.9 is older.
      !   To install it all the same, add --allow-downgrade.
      exit 6"
    `);
    expect(await install(machine, '--from mirror --quiet', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      ! Error: kscli 10.0.0 is there, and 9.9.9 is older.
      !   To install it all the same, add --allow-downgrade.
      exit 6"
    `);
    const allowed = await install(machine, '--from mirror --quiet --allow-downgrade', { shell });
    expect(allowed).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet --allow-downgrade
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      ~ <root>/home/.local/bin/kscli"
    `);
  });
});

test.each([
  ['9.9.8', 'newer'],
  ['9.9.10', 'older'],
  ['9.9.9-rc.1', 'newer'],
  ['10.0.0-rc.1', 'older'],
  ['nonsense', 'newer'],
])('over %s, 9.9.9 is %s', async (old, relation) => {
  using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
  placeKscli(machine, `echo "kscli ${old}"`);
  const text = await install(machine, '--from mirror --quiet');
  expect(text.includes('is older')).toBe(relation === 'older');
});

test('of two pre-releases of one version the number decides', async () => {
  using machine = makeMachineWithMirror({ platforms: ['linux-x64'], version: '9.9.9-rc.9' });
  placeKscli(machine, 'echo "kscli 9.9.9-rc.10"');
  expect(await install(machine, '--from mirror --version 9.9.9-rc.9 --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --version 9.9.9-rc.9 --quiet
    ! Error: kscli 9.9.9-rc.10 is there, and 9.9.9-rc.9 is older.
    !   To install it all the same, add --allow-downgrade.
    exit 6"
  `);
});

testWhere(IS_ROOT, 'root', 'a kscli of somebody else is replaced, but not run to learn its version', async () => {
  using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
  placeKscli(machine, `touch "${machine.root}/was run"; echo "kscli 10.0.0"`);
  chownSync(join(machine.dir, 'kscli'), 65534, 65534);
  expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    exit 0
    + <root>/home/.config/kscli/kscli.receipt.json
    ~ <root>/home/.local/bin/kscli"
  `);
});
