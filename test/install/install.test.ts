// install.sh where all is well, under every shell: from a URL, a path, file://, a file and a directory; again; away.

import { afterAll, describe, expect, test } from 'bun:test';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  fake,
  install,
  installedVersion,
  type Machine,
  makeMachine,
  removeMachines,
  start,
  transcript,
  treeOf,
  writeProgram,
} from './machine.ts';
import { serveMirror } from './mirror.ts';
import { addRelease, PLATFORMS } from './release.ts';
import { hasAll, SH, SHELLS } from './shells.ts';

afterAll(removeMachines);

function machineWithMirror(): Machine {
  const machine = makeMachine();
  addRelease(machine.mirror, { platforms: PLATFORMS });
  return machine;
}

const onPath = (machine: Machine) => ({ path: `${machine.path}:${machine.dir}` });

describe.each(SHELLS)('$name', ({ command }) => {
  test('installs from a URL and says what to add to PATH', async () => {
    const machine = machineWithMirror();
    using mirror = serveMirror(machine.mirror);
    const outcome = await install(machine, command, ['--url', `${mirror.url}/`]);
    expect(transcript(machine, outcome)).toBe(`
Fetching kscli-9.9.9-linux-x64.tar.gz from http://<server>/kscli
Installed kscli 9.9.9 (test) as <root>/home/.local/bin/kscli
<root>/home/.local/bin is not on PATH. Add this line to ~/.profile and open a new shell:
  export PATH='<root>/home/.local/bin':"$PATH"
exit 0
`);
    expect(mirror.requests).toEqual(['GET /kscli/SHA256SUMS', 'GET /kscli/kscli-9.9.9-linux-x64.tar.gz']);
    expect(installedVersion(machine)).toBe('kscli 9.9.9 (test)');
    expect(statSync(join(machine.dir, 'kscli')).mode & 0o7777).toBe(0o755);
    expect(readdirSync(machine.dir)).toEqual(['kscli']);
    expect(readdirSync(join(machine.root, 'tmp'))).toEqual([]);
  });

  test('installs from a path, file://, --from DIR and --from FILE, by flag or variable', async () => {
    const machine = machineWithMirror();
    const archive = join(machine.mirror, 'kscli-9.9.9-linux-x64.tar.gz');
    const ways: { args: string[]; env?: Record<string, string> }[] = [
      { args: ['--url', machine.mirror] },
      { args: ['--url=mirror'] },
      { args: ['--url', Bun.pathToFileURL(machine.mirror).href] },
      { args: [], env: { KSCLI_DOWNLOAD_URL: machine.mirror, KSCLI_VERSION: '9.9.9' } },
      { args: ['--from', machine.mirror], env: { KSCLI_DOWNLOAD_URL: 'https://mirror.invalid' } },
      { args: ['--from', archive, '--version', 'v9.9.9'] },
    ];
    for (const [index, { args, env = {} }] of ways.entries()) {
      const dir = join(machine.root, `way ${index}`);
      const outcome = await install(machine, command, [...args, '--quiet'], {
        env: { ...env, KSCLI_INSTALL_DIR: dir },
      });
      expect(transcript(machine, outcome)).toBe('\nexit 0\n');
      expect(installedVersion(machine, dir)).toBe('kscli 9.9.9 (test)');
    }
  });

  test('again: verified again, and the file is left as it is', async () => {
    const machine = machineWithMirror();
    await install(machine, command, ['--from', 'mirror']);
    const before = treeOf(machine.root);
    expect(transcript(machine, await install(machine, command, ['--from', 'mirror'], onPath(machine)))).toBe(`
Fetching kscli-9.9.9-linux-x64.tar.gz from <root>/mirror
Already there, and the same to the byte: kscli 9.9.9 (test) in <root>/home/.local/bin/kscli
exit 0
`);
    expect(treeOf(machine.root)).toEqual(before);
  });

  test('--dry-run says what it would do and does nothing', async () => {
    const machine = machineWithMirror();
    const before = treeOf(machine.root);
    expect(transcript(machine, await install(machine, command, ['--from', 'mirror', '--dry-run']))).toBe(`
Would install kscli 9.9.9 for linux-x64
  from     <root>/mirror
  archive  kscli-9.9.9-linux-x64.tar.gz
  sha256   <sha256>
  as       <root>/home/.local/bin/kscli (new)
Nothing was changed.
exit 0
`);
    expect(treeOf(machine.root)).toEqual(before);
  });

  test('without a directory it is ~/.local/bin, and for root /usr/local/bin', async () => {
    const machine = machineWithMirror();
    const directories: (string | undefined)[] = [];
    for (const id of [1000, 0]) {
      fake(machine, 'id', `echo ${id}`);
      const dry = await install(machine, command, ['--from', 'mirror', '--dry-run'], {
        env: { KSCLI_INSTALL_DIR: '' },
      });
      // What lies in the real /usr/local/bin changes the words around it.
      directories.push(/\S+(?=\/kscli\b)/.exec(transcript(machine, dry).replace(/^.* (archive|from) .*$/gm, ''))?.[0]);
    }
    expect(directories).toEqual(['<root>/home/.local/bin', '/usr/local/bin']);
  });

  test('upgrades while the old one runs', async () => {
    const machine = machineWithMirror();
    mkdirSync(machine.dir, { recursive: true });
    const old = join(machine.dir, 'kscli');
    copyFileSync(Bun.which('sleep') ?? '/bin/sleep', old);
    chmodSync(old, 0o755);
    const running = start(machine, [old, '60'], {});
    const outcome = await install(machine, command, ['--from', 'mirror', '--quiet']);
    expect(transcript(machine, outcome)).toBe('\nexit 0\n');
    expect(running.exitCode).toBeNull();
    running.kill();
    await running.exited;
    expect(installedVersion(machine)).toBe('kscli 9.9.9 (test)');
  });

  test('--uninstall removes kscli alone, and speaks of credentials that remain', async () => {
    const machine = machineWithMirror();
    await install(machine, command, ['--from', 'mirror']);
    writeFileSync(join(machine.dir, 'other'), 'stays');
    const env = { KSCLI_CREDENTIALS_PATH: join(machine.root, 'credentials') };
    writeFileSync(env.KSCLI_CREDENTIALS_PATH, '{}');
    expect(transcript(machine, await install(machine, command, ['--uninstall', '--dry-run'], { env }))).toBe(`
Would remove <root>/home/.local/bin/kscli
Nothing was changed.
Warning: Credentials remain in <root>/credentials.
  Run kscli logout first.
exit 0
`);
    expect(transcript(machine, await install(machine, command, ['--uninstall'], { env }))).toBe(`
Warning: Credentials remain in <root>/credentials, and are left there.
  kscli logout should be run first. Without it, delete that file yourself.
Removed <root>/home/.local/bin/kscli
exit 0
`);
    expect(transcript(machine, await install(machine, command, ['--uninstall']))).toBe(`
There is no kscli in <root>/home/.local/bin. Nothing was removed.
exit 0
`);
    expect(readdirSync(machine.dir)).toEqual(['other']);
    expect(existsSync(env.KSCLI_CREDENTIALS_PATH)).toBe(true);
  });

  test('takes odd characters in every path', async () => {
    const machine = machineWithMirror();
    const odd = join(machine.root, `it's a "dir" with $HOME, 100%20 and ünïcode`);
    addRelease(join(odd, 'mirror'));
    const dir = join(odd, 'bin');
    for (const from of [join(odd, 'mirror'), join(odd, 'mirror/kscli-9.9.9-linux-x64.tar.gz')]) {
      const { code } = await install(machine, command, ['--from', from, '--dir', `${dir}//`]);
      expect(code).toBe(0);
    }
    const { code } = await install(machine, command, ['--url', Bun.pathToFileURL(join(odd, 'mirror')).href]);
    expect(code).toBe(0);
    expect(installedVersion(machine, dir)).toBe('kscli 9.9.9 (test)');
  });

  test('warns of another kscli that comes first on PATH', async () => {
    const machine = machineWithMirror();
    const first = join(machine.root, 'first');
    mkdirSync(first);
    writeProgram(join(first, 'kscli'), 'echo other');
    const path = `${machine.path}:${first}:${machine.dir}`;
    expect(transcript(machine, await install(machine, command, ['--from', 'mirror', '--quiet'], { path }))).toBe(`
Warning: Another kscli comes first on PATH: <root>/first/kscli
  It runs instead of <root>/home/.local/bin/kscli. Remove it, or put <root>/home/.local/bin before it.
exit 0
`);
    const later = `${machine.path}:${machine.dir}:${first}`;
    const outcome = await install(machine, command, ['--from', 'mirror', '--quiet'], { path: later });
    expect(transcript(machine, outcome)).toBe('\nexit 0\n');
  });
});

test('the highest release is taken, by number, and a pre-release only by name', async () => {
  const machine = makeMachine();
  addRelease(machine.mirror, { version: '3.0.0-rc.1' });
  expect(transcript(machine, await install(machine, SH, ['--from', 'mirror']))).toBe(`
Error: SHA256SUMS from <root>/mirror does not list kscli for linux-x64.
  A pre-release is installed only when --version names it.
  It lists:
    kscli-3.0.0-rc.1-linux-x64.tar.gz
exit 4
`);
  for (const version of ['2.9.0', '2.10.0', '2.10.0-rc.1']) addRelease(machine.mirror, { version });
  await install(machine, SH, ['--from', 'mirror']);
  expect(installedVersion(machine)).toBe('kscli 2.10.0 (test)');
  await install(machine, SH, ['--from', 'mirror', '--version', '2.9.0']);
  expect(installedVersion(machine)).toBe('kscli 2.9.0 (test)');
  await install(machine, SH, ['--from', 'mirror', '--version', '3.0.0-rc.1']);
  expect(installedVersion(machine)).toBe('kscli 3.0.0-rc.1 (test)');
});

test('.tar.gz is taken before .tar.xz, and .tar.xz where it is all there is', async () => {
  if (!hasAll('an archive in .tar.xz', ['xz'])) return;
  const machine = makeMachine();
  addRelease(machine.mirror, { extension: 'tar.xz' });
  const { stderr } = await install(machine, SH, ['--from', 'mirror'], onPath(machine));
  expect(stderr).toContain('Fetching kscli-9.9.9-linux-x64.tar.xz');
  addRelease(machine.mirror);
  const again = await install(machine, SH, ['--from', 'mirror'], onPath(machine));
  expect(again.stderr).toContain('Fetching kscli-9.9.9-linux-x64.tar.gz');
});

test('a link in the place of kscli is replaced, not what it leads to', async () => {
  const machine = machineWithMirror();
  mkdirSync(machine.dir, { recursive: true });
  writeProgram(join(machine.root, 'elsewhere'), 'echo old');
  symlinkSync(join(machine.root, 'elsewhere'), join(machine.dir, 'kscli'));
  await install(machine, SH, ['--from', 'mirror']);
  expect(installedVersion(machine)).toBe('kscli 9.9.9 (test)');
  expect(Bun.spawnSync([join(machine.root, 'elsewhere')]).stdout.toString()).toBe('old\n');
});

test.each([
  ['/usr/bin/fish', 'fish_add_path /opt/kscli', 'Run this once:'],
  ['/bin/zsh', 'export PATH=/opt/kscli:"$PATH"', 'Add this line to ~/.zshrc and open a new shell:'],
  ['/bin/bash', 'export PATH=/opt/kscli:"$PATH"', 'Add this line to ~/.bashrc and open a new shell:'],
  ['', 'export PATH=/opt/kscli:"$PATH"', 'Add this line to ~/.profile and open a new shell:'],
])('the PATH line for SHELL=%s is %s', async (shell, line, where) => {
  const machine = machineWithMirror();
  const { stderr } = await install(machine, SH, ['--from', 'mirror', '--dir', join(machine.root, 'bin')], {
    env: { SHELL: shell },
  });
  const shown = stderr
    .replaceAll(`'${machine.root}/bin'`, '/opt/kscli')
    .replaceAll(`${machine.root}/bin`, '/opt/kscli');
  expect(shown).toEndWith(`/opt/kscli is not on PATH. ${where}\n  ${line}\n`);
});

test('--help names every option and exit code', async () => {
  const machine = makeMachine();
  const { code, stdout, stderr } = await install(machine, SH, ['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const flag of ['version', 'url', 'from', 'dir', 'dry-run', 'uninstall', 'quiet', 'help']) {
    expect(stdout).toContain(`  --${flag} `);
  }
  for (const exit of [0, 1, 2, 3, 4, 5, 6, 7, 64]) expect(stdout).toMatch(new RegExp(`^ {2}${exit} `, 'm'));
});
