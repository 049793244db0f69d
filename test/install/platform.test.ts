// The machines that install.sh knows, and those that it refuses.

import { expect, test } from 'bun:test';
import { fake, fakePlatform, makeMachineWithMirror } from './machine.ts';
import { PLATFORMS } from './release.ts';
import { install } from './run.ts';

test.each([
  ['FreeBSD', 'amd64'],
  ['Linux', 'riscv64'],
  ['Linux', 'i686'],
  ['Linux', 'armv7l'],
  ['MINGW64_NT-10.0', 'x86_64'],
])('%s on %s is refused', async (kernel, processor) => {
  using machine = makeMachineWithMirror();
  fakePlatform(machine, kernel, processor);
  expect(await install(machine, '--from mirror')).toMatchSnapshot();
});

test('programs of 32 bits on a 64-bit kernel are refused, with getconf and without', async () => {
  using machine = makeMachineWithMirror();
  fake(machine, 'getconf', 'echo 32');
  const text = await install(machine, '--from mirror');
  expect(text).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: The programs here are 32-bit, the kernel is not.
    !   kscli needs a 64-bit system or container.
    exit 2"
  `);
  fake(machine, 'getconf', 'exit 127');
  fake(machine, 'od', 'echo "   1"');
  expect(await install(machine, '--from mirror')).toBe(text);
});

test.each([
  ['Linux', 'aarch64', 'ldd (Debian GLIBC 2.36)', '', 'linux-arm64'],
  ['Linux', 'x86_64', 'musl libc (x86_64)', '', 'linux-x64-musl'],
  ['Linux', 'aarch64', 'musl libc (aarch64)', '', 'linux-arm64-musl'],
  ['Darwin', 'arm64', '', '', 'darwin-arm64'],
  ['Darwin', 'x86_64', '', '1', 'darwin-arm64'],
])('%s on %s with "%s" and Rosetta "%s" is %s', async (kernel, processor, ldd, translated, platform) => {
  using machine = makeMachineWithMirror();
  fakePlatform(machine, kernel, processor);
  fake(machine, 'ldd', `echo "${ldd}" >&2; exit 1`);
  fake(machine, 'sysctl', `echo ${translated}`);
  expect(await install(machine, '--from mirror --dry-run --quiet')).toBe(
    '$ install.sh --from mirror --dry-run --quiet\nexit 0',
  );
  expect(/kscli 9\.9\.9 for (\S+)/.exec(await install(machine, '--from mirror --dry-run'))?.[1]).toBe(platform);
});

test('macOS on Intel, where the release leaves it out', async () => {
  using machine = makeMachineWithMirror({ platforms: PLATFORMS.filter((name) => name !== 'darwin-x64') });
  fakePlatform(machine, 'Darwin', 'x86_64');
  fake(machine, 'sysctl', 'exit 1');
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: SHA256SUMS from <root>/mirror does not list kscli for darwin-x64.
    !   It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:
    !     kscli-9.9.9-darwin-arm64.tar.gz
    !     kscli-9.9.9-linux-arm64-musl.tar.gz
    !     kscli-9.9.9-linux-arm64.tar.gz
    !     kscli-9.9.9-linux-x64-musl.tar.gz
    !     kscli-9.9.9-linux-x64.tar.gz
    exit 4"
  `);
});
