// Which of the archives of a mirror is taken.

import { expect, test } from 'bun:test';
import { hasTool, testWhere } from '../where.ts';
import { makeMachine, readInstalledVersion } from './machine.ts';
import { addRelease } from './release.ts';
import { install } from './run.ts';

test('the highest release is taken, by number, and a pre-release only by name', async () => {
  using machine = makeMachine();
  addRelease(machine.mirror, { version: '3.0.0-rc.1' });
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: SHA256SUMS from <root>/mirror does not list kscli for linux-x64.
    !   A pre-release is installed only when --version names it.
    !   It lists:
    !     kscli-3.0.0-rc.1-linux-x64.tar.gz
    exit 4"
  `);
  for (const version of ['2.9.0', '2.10.0', '2.10.0-rc.1']) addRelease(machine.mirror, { version });
  await install(machine, '--from mirror');
  expect(readInstalledVersion(machine)).toBe('kscli 2.10.0 (test)');
  await install(machine, '--from mirror --version 2.9.0');
  expect(readInstalledVersion(machine)).toBe('kscli 2.9.0 (test)');
  await install(machine, '--from mirror --version 3.0.0-rc.1');
  expect(readInstalledVersion(machine)).toBe('kscli 3.0.0-rc.1 (test)');
});

testWhere(hasTool('xz'), 'xz', '.tar.gz is taken before .tar.xz, and .tar.xz where it is all there is', async () => {
  using machine = makeMachine();
  const path = `${machine.path}:${machine.dir}`;
  addRelease(machine.mirror, { extension: 'tar.xz' });
  expect(await install(machine, '--from mirror', { path })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Fetching kscli-9.9.9-linux-x64.tar.xz from <root>/mirror
    ! Installed kscli 9.9.9 (test) as <root>/home/.local/bin/kscli
    exit 0
    + <root>/home/.local/bin/kscli"
  `);
  addRelease(machine.mirror);
  expect(await install(machine, '--from mirror', { path })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Fetching kscli-9.9.9-linux-x64.tar.gz from <root>/mirror
    ! Already there, and the same to the byte: kscli 9.9.9 (test) in <root>/home/.local/bin/kscli
    exit 0"
  `);
});
