// A new kscli that does not start here: the old one stays, byte for byte, and the reason is said.

import { describe, expect, test } from 'bun:test';
import { canMount, testWhere } from '../where.ts';
import { fakePlatform, makeMachineWithMirror, placeKscli } from './machine.ts';
import { install } from './run.ts';
import { SHELLS } from './shells.ts';

const LIBSTDCXX = 'Error loading shared library libstdc++.so.6: No such file or directory (needed by kscli)';

describe.each(SHELLS)('$name', ({ shell }) => {
  test('the processor is too old', async () => {
    using machine = makeMachineWithMirror({ program: 'kill -ILL $$' });
    placeKscli(machine, 'echo old');
    expect(await install(machine, '--from mirror --quiet', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      ! Error: The new kscli does not start here: the processor is too old.
      !   On x86_64, kscli needs SSE4.2: Intel since 2008, AMD since 2011.
      !   Nothing was changed.
      exit 7"
    `);
  });

  test('its loader is missing', async () => {
    using machine = makeMachineWithMirror({ program: 'exit 127' });
    placeKscli(machine, 'echo old');
    expect(await install(machine, '--from mirror --quiet', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      ! Error: The new kscli does not start here: its loader or a library is missing.
      !   This is the kscli for linux-x64. Install its C library.
      !   Nothing was changed.
      exit 7"
    `);
  });

  test('on macOS, a signature or quarantine', async () => {
    using machine = makeMachineWithMirror({ program: 'kill -KILL $$' });
    fakePlatform(machine, 'Darwin', 'arm64');
    expect(await install(machine, '--from mirror --quiet', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      ! Error: The new kscli does not start here: macOS stopped it for its signature or quarantine.
      !   See: codesign -v. Company rules may forbid it too.
      !   Nothing was changed.
      exit 7"
    `);
  });
});

test('libstdc++ is missing', async () => {
  using machine = makeMachineWithMirror({ program: `echo '${LIBSTDCXX}' >&2; exit 127` });
  placeKscli(machine, 'echo old');
  expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    ! Error: The new kscli does not start here: libstdc++ or libgcc is missing.
    !   On Alpine, as root: apk add libstdc++ libgcc
    !   Nothing was changed.
    exit 7"
  `);
});

test('anything else', async () => {
  using machine = makeMachineWithMirror({ program: 'echo broken >&2; exit 3' });
  placeKscli(machine, 'echo old');
  expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    ! Error: The new kscli does not start here: it ends with exit code 3.
    !   Please report it with: uname -a
    !   (broken)
    !   Nothing was changed.
    exit 7"
  `);
});

test('it is run as nothing but kscli, and may leave no core file', async () => {
  const program = `echo "kscli 9.9.9 (\${BUN_OPTIONS-no} \${BUN_BE_BUN-no} $(ulimit -c))"`;
  using machine = makeMachineWithMirror({ program });
  const under = ['/bin/sh', '-c', 'ulimit -c "$(ulimit -H -c)"; exec "$@"', 'sh'];
  const env = { BUN_OPTIONS: '--print=1', BUN_BE_BUN: '1' };
  expect(await install(machine, '--from mirror', { env, under })).toContain(
    '! Installed kscli 9.9.9 (no no 0) as <root>/home/.local/bin/kscli\n',
  );
});

test('it says another version', async () => {
  using machine = makeMachineWithMirror({ program: 'echo "kscli 9.9.90 (test)"' });
  placeKscli(machine, 'echo old');
  expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    ! Error: The new kscli does not say that it is 9.9.9, but: kscli 9.9.90 (test)
    !   Nothing was changed.
    exit 7"
  `);
});

testWhere(canMount(), 'root that may mount', 'there is no /proc', async () => {
  using machine = makeMachineWithMirror({ program: 'kill -ABRT $$' });
  const under = ['unshare', '-m', '/bin/sh', '-c', 'mount -t tmpfs none /proc && exec "$@"', 'sh'];
  expect(await install(machine, '--from mirror --quiet', { under })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    ! Error: The new kscli does not start here: /proc is not mounted.
    !   kscli needs it. In a chroot, as root: mount -t proc proc /proc
    !   Nothing was changed.
    exit 7"
  `);
});

test('too few files may be open', async () => {
  using machine = makeMachineWithMirror({
    program: `echo 'error: bun ran out of file descriptors (ProcessFdQuotaExceeded)' >&2
echo '  sudo sysctl -p' >&2; exit 1`,
  });
  expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    ! Error: The new kscli does not start here: too few files may be open.
    !   kscli needs 64. See: ulimit -n
    !   Nothing was changed.
    exit 7"
  `);
});

test('too little memory, by ulimit -v', async () => {
  using machine = makeMachineWithMirror({ program: 'echo https://bun.report/ >&2; kill -ABRT $$' });
  const under = ['/bin/sh', '-c', 'ulimit -v 300000; exec "$@"', 'sh'];
  expect(await install(machine, '--from mirror --quiet', { under })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    ! Error: The new kscli does not start here: there are only 300000 KB of address space.
    !   kscli needs 500000. See: ulimit -v
    !   Nothing was changed.
    exit 7"
  `);
});

test('killed, as where memory is short', async () => {
  using machine = makeMachineWithMirror({ program: 'kill -KILL $$' });
  expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    ! Error: The new kscli does not start here: it was killed.
    !   There may be too little memory. kscli needs 128 MiB.
    !   Nothing was changed.
    exit 7"
  `);
});
