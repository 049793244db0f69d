// Machines and places where kscli cannot be: each is refused by its name, and everything stays as it was.

import { afterAll, describe, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fake,
  install,
  installedVersion,
  type Machine,
  makeMachine,
  removeMachines,
  removeTools,
  transcript,
  treeOf,
  unameSaying,
  writeProgram,
} from './machine.ts';
import { addRelease, PLATFORMS } from './release.ts';
import { canMount, hasAll, notRun, SH, SHELLS } from './shells.ts';

afterAll(removeMachines);

function machineWithMirror(program?: string): Machine {
  const machine = makeMachine();
  addRelease(machine.mirror, { platforms: PLATFORMS, ...(program !== undefined && { program }) });
  return machine;
}

async function refused(machine: Machine, args: readonly string[], options: Parameters<typeof install>[3] = {}) {
  const before = treeOf(machine.root);
  const outcome = await install(machine, SH, ['--from', 'mirror', '--quiet', ...args], options);
  expect(treeOf(machine.root)).toEqual(before);
  return transcript(machine, outcome);
}

async function plannedPlatform(machine: Machine): Promise<string | undefined> {
  const { stdout } = await install(machine, SH, ['--from', 'mirror', '--dry-run']);
  return /kscli 9\.9\.9 for (\S+)/.exec(stdout)?.[1];
}

describe('the machine', () => {
  test.each([
    ['FreeBSD', 'amd64', 'There is no kscli for the system FreeBSD (amd64).'],
    ['Linux', 'riscv64', 'There is no kscli for the processor riscv64 (Linux).'],
    ['Linux', 'i686', 'There is no kscli for the processor i686 (Linux).'],
    ['Linux', 'armv7l', 'There is no kscli for the processor armv7l (Linux).'],
    ['MINGW64_NT-10.0', 'x86_64', 'This script does not install on Windows (MINGW64_NT-10.0).'],
  ])('%s on %s is refused', async (kernel, processor, error) => {
    const machine = machineWithMirror();
    fake(machine, 'uname', unameSaying({ kernel, machine: processor }));
    const shown = await refused(machine, []);
    expect(shown).toStartWith(`\nError: ${error}\n`);
    expect(shown).toEndWith('exit 2\n');
  });

  test('programs of 32 bits on a 64-bit kernel are refused, with getconf and without', async () => {
    const machine = machineWithMirror();
    const error = `
Error: The kernel is 64-bit (x86_64), but the programs here are 32-bit.
  There is no 32-bit kscli. A 64-bit system or container is needed.
exit 2
`;
    fake(machine, 'getconf', 'echo 32');
    expect(await refused(machine, [])).toBe(error);
    fake(machine, 'getconf', 'exit 127');
    fake(machine, 'od', 'echo "   1"');
    expect(await refused(machine, [])).toBe(error);
  });

  test.each([
    ['Linux', 'aarch64', 'ldd (Debian GLIBC 2.36)', '', 'linux-arm64'],
    ['Linux', 'x86_64', 'musl libc (x86_64)', '', 'linux-x64-musl'],
    ['Linux', 'aarch64', 'musl libc (aarch64)', '', 'linux-arm64-musl'],
    ['Darwin', 'arm64', '', '', 'darwin-arm64'],
    ['Darwin', 'x86_64', '', '1', 'darwin-arm64'],
  ])('%s on %s with "%s" and Rosetta "%s" is %s', async (kernel, processor, ldd, translated, platform) => {
    const machine = machineWithMirror();
    fake(machine, 'uname', unameSaying({ kernel, machine: processor }));
    fake(machine, 'ldd', `echo "${ldd}" >&2; exit 1`);
    fake(machine, 'sysctl', `echo ${translated}`);
    expect(await plannedPlatform(machine)).toBe(platform);
  });

  test('macOS on Intel, where the release leaves it out', async () => {
    const machine = machineWithMirror();
    fake(machine, 'uname', unameSaying({ kernel: 'Darwin', machine: 'x86_64' }));
    fake(machine, 'sysctl', 'exit 1');
    expect(await refused(machine, [])).toStartWith(`
Error: SHA256SUMS from <root>/mirror does not list kscli for darwin-x64.
  Releases may come without macOS on Intel.
  It lists:
    kscli-9.9.9-darwin-arm64.tar.gz
`);
  });
});

describe('missing tools', () => {
  const need = (url: string) => ['--url', url, '--quiet'];

  test('curl and wget', async () => {
    const machine = machineWithMirror();
    removeTools(machine, 'curl', 'wget');
    const before = treeOf(machine.root);
    expect(transcript(machine, await install(machine, SH, need('http://127.0.0.1:1')))).toBe(`
Error: curl and wget are both missing, so nothing can be downloaded.
  Install one of them, or carry the archive and SHA256SUMS over and use --from.
exit 3
`);
    expect(treeOf(machine.root)).toEqual(before);
  });

  test('sha256sum, shasum and openssl', async () => {
    const machine = machineWithMirror();
    removeTools(machine, 'sha256sum', 'shasum', 'openssl');
    expect(await refused(machine, [])).toBe(`
Error: sha256sum, shasum and openssl are all missing, so the download cannot be verified.
  Install one of them. Nothing is installed unverified.
exit 3
`);
  });

  test.each(['sha256sum', 'shasum', 'openssl'])('%s alone is enough, and finds a wrong sum', async (hasher) => {
    if (!hasAll(`sums by ${hasher}`, [hasher])) return;
    const machine = machineWithMirror();
    const others = ['sha256sum', 'shasum', 'openssl'].filter((name) => name !== hasher);
    removeTools(machine, ...others);
    const { code } = await install(machine, SH, ['--from', 'mirror']);
    expect(code).toBe(0);
    const archive = join(machine.mirror, 'kscli-9.9.9-linux-x64.tar.gz');
    writeFileSync(archive, Buffer.concat([readFileSync(archive), Buffer.from('x')]));
    expect(await refused(machine, [])).toEndWith('exit 5\n');
  });

  test('tar', async () => {
    const machine = machineWithMirror();
    removeTools(machine, 'tar');
    expect(await refused(machine, [])).toBe(`
Error: tar is missing, so the archive cannot be unpacked.
  Install tar.
exit 3
`);
  });
});

describe('the place', () => {
  test('a directory under a file', async () => {
    const machine = machineWithMirror();
    writeFileSync(join(machine.root, 'file'), '');
    expect(await refused(machine, ['--dir', 'file/bin'])).toBe(`
Error: The directory <root>/file/bin cannot be made.
  Not a directory
  Choose another with --dir, or make it as a user who may.
exit 6
`);
  });

  test('a directory of somebody else', async () => {
    const machine = machineWithMirror();
    mkdirSync(join(machine.root, 'theirs'));
    chmodSync(join(machine.root, 'theirs'), 0o555);
    const root = process.getuid?.() === 0;
    if (root && !hasAll('a directory of somebody else', ['setpriv'])) return;
    const under = root ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
    expect(await refused(machine, ['--dir', 'theirs'], { under })).toBe(`
Error: The directory <root>/theirs cannot be written.
  Permission denied
  Choose another with --dir, or run this as a user who may write there.
exit 6
`);
    expect(await refused(machine, ['--dir', 'theirs/deep/bin'], { under })).toContain(
      'Error: The directory <root>/theirs/deep/bin cannot be made.\n  Permission denied\n',
    );
  });

  test('a directory called kscli', async () => {
    const machine = machineWithMirror();
    mkdirSync(join(machine.dir, 'kscli'), { recursive: true });
    const shown = await refused(machine, []);
    expect(shown).toContain('Error: <root>/home/.local/bin/kscli is a directory.\n');
    expect(shown).toEndWith('exit 6\n');
  });

  test('the Python kscli stays, for it belongs to pip', async () => {
    const machine = machineWithMirror();
    mkdirSync(machine.dir, { recursive: true });
    writeFileSync(join(machine.dir, 'kscli'), '#!/usr/bin/python3\nimport sys\n', { mode: 0o755 });
    const error = `
Error: <root>/home/.local/bin/kscli is a Python program, most likely the Python kscli.
  Remove it with the tool that installed it (pip, pipx or uv), or choose another place with --dir.
exit 6
`;
    expect(await refused(machine, [])).toBe(error);
    expect(await refused(machine, ['--uninstall'])).toBe(error);
  });
});

describe('mounts', () => {
  /** Runs in a mount namespace of its own: what is mounted there is gone with it. The listing follows the words of the script. */
  async function onMount(machine: Machine, options: string, program?: string): Promise<string> {
    addRelease(machine.mirror, program === undefined ? {} : { program });
    const place = join(machine.root, 'mounted');
    mkdirSync(place);
    const before = 'echo old >"$DIR/kscli"; [ -z "$REMOUNT" ] || mount -o "remount,$REMOUNT" "$DIR"';
    const after = 'code=0; "$@" || code=$?; ls -A "$DIR"; cat "$DIR/kscli"; exit $code';
    const script = `mount -t tmpfs -o size=64k none "$DIR" && ${before} && { ${after}; }`;
    const outcome = await install(machine, SH, ['--from', 'mirror', '--dir', place, '--quiet'], {
      env: { DIR: place, REMOUNT: options },
      under: ['unshare', '-m', '/bin/sh', '-c', script, 'sh'],
    });
    return transcript(machine, outcome).replaceAll(/\d+ KB/g, '<n> KB');
  }

  test('a full file system', async () => {
    if (!canMount('a full destination')) return;
    // Random digits, so that the archive does not fit either.
    const digits = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('hex');
    const shown = await onMount(makeMachine(), '', `exit 0\n#${digits}`);
    expect(shown).toBe(`
kscli
old
Error: kscli-9.9.9-linux-x64.tar.gz could not be copied to <root>/mounted.
  There are <n> KB free in <root>/mounted. About 250000 are needed.
exit 6
`);
    // This one is small in the archive and large out of it.
    expect(await onMount(makeMachine(), '', `exit 0\n#${'0'.repeat(200_000)}`)).toStartWith(`
kscli
old
Error: kscli could not be unpacked in <root>/mounted.
`);
  });

  test('a read-only file system', async () => {
    if (!canMount('a read-only destination')) return;
    expect(await onMount(makeMachine(), 'ro')).toBe(`
kscli
old
Error: The directory <root>/mounted cannot be written.
  Read-only file system
  Choose another with --dir, or run this as a user who may write there.
exit 6
`);
  });

  test('a file system where no program may run', async () => {
    if (!canMount('a destination mounted noexec')) return;
    expect(await onMount(makeMachine(), 'noexec')).toBe(`
kscli
old
Error: The new kscli does not start here: no program may run in <root>/mounted.
  The file system is mounted noexec, or a policy forbids it. Choose another place with --dir.
  <root>/mounted/kscli is as it was.
exit 7
`);
  });

  test('no /proc', async () => {
    if (!canMount('a machine without /proc')) return;
    const machine = machineWithMirror('kill -ABRT $$');
    const under = ['unshare', '-m', '/bin/sh', '-c', 'mount -t tmpfs none /proc && exec "$@"', 'sh'];
    expect(await refused(machine, [], { under })).toBe(`
Error: The new kscli does not start here: /proc is not mounted.
  kscli needs it. In a chroot, as root: mount -t proc proc /proc
  Nothing was installed.
exit 7
`);
  });
});

describe.each(SHELLS)('a kscli that does not start, under $name', ({ command }) => {
  const causes: [cause: string, program: string, error: string][] = [
    [
      'libstdc++',
      `echo 'Error loading shared library libstdc++.so.6: No such file or directory (needed by kscli)' >&2; exit 127`,
      'does not start here: libstdc++ or libgcc is missing.\n  On Alpine, as root: apk add libstdc++ libgcc.',
    ],
    ['an old processor', 'kill -ILL $$', 'does not start here: the processor is too old (illegal instruction).'],
    ['a loader', 'exit 127', 'does not start here: its loader or a library is missing.'],
    ['anything else', 'echo broken >&2; exit 3', 'does not start here: it ends with exit code 3.'],
    [
      'a wrong version',
      'echo "kscli 9.9.90 (test)"',
      'does not say that it is version 9.9.9.\n  It says: kscli 9.9.90',
    ],
  ];

  test('the old one stays, byte for byte, and the reason is said', async () => {
    const machine = makeMachine();
    mkdirSync(machine.dir, { recursive: true });
    writeProgram(join(machine.dir, 'kscli'), 'echo old');
    for (const [, program, error] of causes) {
      writeFileSync(join(machine.mirror, 'SHA256SUMS'), '');
      addRelease(machine.mirror, { program });
      const before = treeOf(machine.root);
      const { code, stderr } = await install(machine, command, ['--from', 'mirror', '--quiet']);
      expect(stderr).toStartWith(`Error: The new kscli ${error}`);
      expect(stderr).toEndWith(`  ${machine.dir}/kscli is as it was.\n`);
      expect(code).toBe(7);
      expect(treeOf(machine.root)).toEqual(before);
    }
    expect(installedVersion(machine)).toBe('old');
  });

  test('and on macOS, a signature or quarantine', async () => {
    const machine = makeMachine();
    addRelease(machine.mirror, { platforms: ['darwin-arm64'], program: 'kill -KILL $$' });
    fake(machine, 'uname', unameSaying({ kernel: 'Darwin', machine: 'arm64' }));
    const { code, stderr } = await install(machine, command, ['--from', 'mirror', '--quiet']);
    expect(stderr).toStartWith('Error: The new kscli does not start here: macOS stopped it, for its signature');
    expect(code).toBe(7);
  });
});

test.each([
  [['--colour']],
  [['extra']],
  [['--dir']],
  [['--version', 'latest']],
  [['--url', 'gopher://x']],
  [['--from', 'mirror', '--url', 'mirror']],
])('wrong usage: %j', async (args) => {
  const machine = machineWithMirror();
  const before = treeOf(machine.root);
  const { code, stderr } = await install(machine, SH, args);
  expect(stderr).toStartWith('Error: ');
  expect(code).toBe(64);
  expect(treeOf(machine.root)).toEqual(before);
});

if (process.platform !== 'linux') notRun('mounts', 'this is not Linux');
