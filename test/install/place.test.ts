// Directories where kscli cannot be put: each is refused by its name, and everything stays as it was.

import { expect, test } from 'bun:test';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canMount, hasTool, IS_ROOT, testWhere } from '../where.ts';
import { type Machine, makeMachine, makeMachineWithMirror } from './machine.ts';
import { addRelease } from './release.ts';
import { install } from './run.ts';

test('a directory under a file', async () => {
  using machine = makeMachineWithMirror();
  writeFileSync(join(machine.root, 'file'), '');
  expect(await install(machine, '--from mirror --dir file/bin')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --dir file/bin
    ! Error: The directory <root>/file cannot be written.
    !   Not a directory
    !   Choose another with --dir, or run this as a user who may write there.
    exit 6"
  `);
});

testWhere(!IS_ROOT || hasTool('setpriv'), 'setpriv', 'a directory of somebody else', async () => {
  using machine = makeMachineWithMirror();
  mkdirSync(join(machine.root, 'theirs'));
  chmodSync(join(machine.root, 'theirs'), 0o555);
  const under = IS_ROOT ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  expect(await install(machine, '--from mirror --dir theirs', { under })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --dir theirs
    ! Error: The directory <root>/theirs cannot be written.
    !   Permission denied
    !   Choose another with --dir, or run this as a user who may write there.
    exit 6"
  `);
  expect(await install(machine, '--from mirror --dir theirs/deep/bin', { under })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --dir theirs/deep/bin
    ! Error: The directory <root>/theirs cannot be written.
    !   Permission denied
    !   Choose another with --dir, or run this as a user who may write there.
    exit 6"
  `);
});

test('a directory called kscli', async () => {
  using machine = makeMachineWithMirror();
  mkdirSync(join(machine.dir, 'kscli'), { recursive: true });
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: <root>/home/.local/bin/kscli is a directory.
    !   Choose another place with --dir.
    exit 6"
  `);
});

test('the Python kscli stays, for it belongs to pip', async () => {
  using machine = makeMachineWithMirror();
  mkdirSync(machine.dir, { recursive: true });
  writeFileSync(join(machine.dir, 'kscli'), '#!/usr/bin/python3\nimport sys\n', { mode: 0o755 });
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: <root>/home/.local/bin/kscli is a Python program, most likely the Python kscli.
    !   Remove it with the tool that installed it (pip, pipx or uv), or choose another place with --dir.
    exit 6"
  `);
  expect(await install(machine, '--uninstall')).toMatchInlineSnapshot(`
    "$ install.sh --uninstall
    ! Error: <root>/home/.local/bin/kscli is a Python program, most likely the Python kscli.
    !   Remove it with the tool that installed it (pip, pipx or uv), or choose another place with --dir.
    exit 6"
  `);
});

/** Runs in a mount namespace of its own: what is mounted there is gone with it. What lies there is listed at the end. */
async function installOnMount(machine: Machine, remount: string, program?: string): Promise<string> {
  addRelease(machine.mirror, program === undefined ? {} : { program });
  const place = join(machine.root, 'mounted');
  mkdirSync(place);
  const before = `echo old >"$0/kscli"; ${remount && `mount -o remount,${remount} "$0"`}`;
  const after = 'code=0; "$@" || code=$?; ls -A "$0"; cat "$0/kscli"; exit $code';
  const script = `mount -t tmpfs -o size=64k none "$0" && { ${before}\n${after}; }`;
  const under = ['unshare', '-m', '/bin/sh', '-c', script, place];
  const text = await install(machine, '--from mirror --dir mounted --quiet', { under });
  return text.replaceAll(/\d+ KB/g, '<n> KB');
}

const MOUNT = 'root that may mount';

testWhere(canMount(), MOUNT, 'a full file system', async () => {
  using small = makeMachine();
  // Random digits, so that the archive does not fit either.
  const digits = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('hex');
  expect(await installOnMount(small, '', `exit 0\n#${digits}`)).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --dir mounted --quiet
    kscli
    old
    ! Error: kscli-9.9.9-linux-x64.tar.gz could not be written in <root>/mounted.
    !   There are <n> KB free in <root>/mounted. About 250000 are needed.
    exit 6"
  `);
  using large = makeMachine();
  // Small in the archive and large out of it.
  expect(await installOnMount(large, '', `exit 0\n#${'0'.repeat(200_000)}`)).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --dir mounted --quiet
    kscli
    old
    ! Error: kscli could not be unpacked in <root>/mounted.
    !   There are <n> KB free in <root>/mounted. About 250000 are needed.
    exit 6"
  `);
});

testWhere(canMount(), MOUNT, 'a read-only file system', async () => {
  using machine = makeMachine();
  expect(await installOnMount(machine, 'ro')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --dir mounted --quiet
    kscli
    old
    ! Error: The directory <root>/mounted cannot be written.
    !   Read-only file system
    !   Choose another with --dir, or run this as a user who may write there.
    exit 6"
  `);
});

testWhere(canMount(), MOUNT, 'a file system where no program may run', async () => {
  using machine = makeMachine();
  expect(await installOnMount(machine, 'noexec')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --dir mounted --quiet
    kscli
    old
    ! Error: The new kscli does not start here: no program may run in <root>/mounted.
    !   It is mounted noexec, or a policy forbids it. Choose another --dir.
    !   Nothing was changed.
    exit 7"
  `);
});
