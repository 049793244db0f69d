// install.sh where all is well, under every shell: from a URL, a path, file://, a file and a directory; again; anew.

import { describe, expect, test } from 'bun:test';
import { chmodSync, copyFileSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fake, makeMachineWithMirror, readInstalledVersion, writeProgram } from './machine.ts';
import { serveMirror } from './mirror.ts';
import { addRelease } from './release.ts';
import { install, start } from './run.ts';
import { SHELLS } from './shells.ts';

describe.each(SHELLS)('$name', ({ shell }) => {
  test('installs from a URL and says what to add to PATH', async () => {
    using machine = makeMachineWithMirror();
    using mirror = serveMirror(machine.mirror);
    expect(await install(machine, `--url ${mirror.url}/`, { shell })).toMatchInlineSnapshot(`
      "$ install.sh --url http://<server>/kscli/
      ! Fetching kscli-9.9.9-linux-x64.tar.gz from http://<server>/kscli
      ! Installed kscli 9.9.9 (test) as <root>/home/.local/bin/kscli
      ! <root>/home/.local/bin is not on PATH.
      ! Add this line to ~/.profile and open a new shell:
      !   export PATH='<root>/home/.local/bin':"$PATH"
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/home/.local/bin/kscli"
    `);
    expect(mirror.requests).toEqual(['GET /kscli/SHA256SUMS', 'GET /kscli/kscli-9.9.9-linux-x64.tar.gz']);
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
    expect(statSync(join(machine.dir, 'kscli')).mode & 0o7777).toBe(0o755);
  });

  test('installs from a path, file://, --from DIR and --from FILE, by flag or variable', async () => {
    using machine = makeMachineWithMirror();
    const KSCLI_DOWNLOAD_URL = machine.mirror;
    const transcripts = [
      await install(machine, ['--url', machine.mirror, '--dir', 'a path', '--quiet'], { shell }),
      await install(machine, '--url=mirror --dir=relative -q', { shell }),
      await install(machine, ['--url', `file://${machine.mirror}`, '--dir', 'file-url', '-q'], { shell }),
      await install(machine, '--dir variables -q', { shell, env: { KSCLI_DOWNLOAD_URL, KSCLI_VERSION: '9.9.9' } }),
      await install(machine, '--from mirror --dir from-wins -q', { shell, env: { KSCLI_DOWNLOAD_URL: 'https://no' } }),
      await install(machine, '--from mirror/kscli-9.9.9-linux-x64.tar.gz --version v9.9.9 --dir file -q', { shell }),
    ];
    expect(transcripts.join('\n')).toMatchInlineSnapshot(`
      "$ install.sh --url <root>/mirror --dir a path --quiet
      exit 0
      + <root>/a path/kscli
      + <root>/home/.config/kscli/kscli.receipt.json
      $ install.sh --url=mirror --dir=relative -q
      exit 0
      ~ <root>/home/.config/kscli/kscli.receipt.json
      + <root>/relative/kscli
      $ install.sh --url file://<root>/mirror --dir file-url -q
      exit 0
      + <root>/file-url/kscli
      ~ <root>/home/.config/kscli/kscli.receipt.json
      $ KSCLI_DOWNLOAD_URL=<root>/mirror KSCLI_VERSION=9.9.9 install.sh --dir variables -q
      exit 0
      ~ <root>/home/.config/kscli/kscli.receipt.json
      + <root>/variables/kscli
      $ KSCLI_DOWNLOAD_URL=https://no install.sh --from mirror --dir from-wins -q
      exit 0
      + <root>/from-wins/kscli
      ~ <root>/home/.config/kscli/kscli.receipt.json
      $ install.sh --from mirror/kscli-9.9.9-linux-x64.tar.gz --version v9.9.9 --dir file -q
      exit 0
      + <root>/file/kscli
      ~ <root>/home/.config/kscli/kscli.receipt.json"
    `);
  });

  test('again: verified again, and the file is left as it is', async () => {
    using machine = makeMachineWithMirror();
    await install(machine, '--from mirror', { shell });
    const path = `${machine.path}:${machine.dir}`;
    expect(await install(machine, '--from mirror', { shell, path })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror
      ! Fetching kscli-9.9.9-linux-x64.tar.gz from <root>/mirror
      ! Already there, and the same to the byte: kscli 9.9.9 (test) in <root>/home/.local/bin/kscli
      exit 0
      ~ <root>/home/.config/kscli/kscli.receipt.json"
    `);
  });

  test('--dry-run says what it would do and does nothing', async () => {
    using machine = makeMachineWithMirror();
    expect(await install(machine, '--from mirror --dry-run', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --dry-run
      Would install kscli 9.9.9 for linux-x64
        from     <root>/mirror
        archive  kscli-9.9.9-linux-x64.tar.gz
        sha256   <sha256>
        as       <root>/home/.local/bin/kscli (new)
      Nothing was changed.
      exit 0"
    `);
  });

  test('without a directory it is ~/.local/bin, and for root /usr/local/bin', async () => {
    using machine = makeMachineWithMirror();
    const directories: (string | undefined)[] = [];
    for (const id of [1000, 0]) {
      fake(machine, 'id', `echo ${id}`);
      const text = await install(machine, '--from mirror --dry-run', { shell, env: { KSCLI_INSTALL_DIR: '' } });
      // What lies in the real /usr/local/bin changes the words around it.
      directories.push(/\S+(?=\/kscli\b)/.exec(text.replace(/^.* (archive|from) .*$/gm, ''))?.[0]);
    }
    expect(directories).toEqual(['<root>/home/.local/bin', '/usr/local/bin']);
  });

  test('upgrades while the old one runs', async () => {
    using machine = makeMachineWithMirror();
    mkdirSync(machine.dir, { recursive: true });
    const old = join(machine.dir, 'kscli');
    copyFileSync(Bun.which('sleep') ?? '/bin/sleep', old);
    chmodSync(old, 0o755);
    const running = start(machine, [old, '60']);
    expect(await install(machine, '--from mirror --quiet', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      ~ <root>/home/.local/bin/kscli"
    `);
    expect(running.exitCode).toBeNull();
    running.kill();
    await running.exited;
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
  });

  test('a link in the place of kscli is replaced, not what it leads to', async () => {
    using machine = makeMachineWithMirror();
    mkdirSync(machine.dir, { recursive: true });
    writeProgram(join(machine.root, 'elsewhere'), 'echo old');
    symlinkSync(join(machine.root, 'elsewhere'), join(machine.dir, 'kscli'));
    expect(await install(machine, '--from mirror --quiet', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      ~ <root>/home/.local/bin/kscli"
    `);
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
  });

  test('takes odd characters in every path', async () => {
    using machine = makeMachineWithMirror();
    const odd = `it's a "dir" with $HOME, 100%20 and ünïcode`;
    addRelease(join(machine.root, odd, 'mirror'));
    const archive = `${odd}/mirror/kscli-9.9.9-linux-x64.tar.gz`;
    const transcripts = [
      await install(machine, ['--from', `${odd}/mirror`, '--dir', `${odd}/bin//`, '-q'], { shell }),
      await install(machine, ['--from', archive, '--dir', `${odd}/other`, '-q'], { shell }),
      await install(machine, ['--url', `${odd}/mirror`, '--dir', `${odd}/third`, '-q'], { shell }),
    ];
    expect(transcripts.join('\n')).toMatchInlineSnapshot(`
      "$ install.sh --from it's a "dir" with $HOME, 100%20 and ünïcode/mirror --dir it's a "dir" with $HOME, 100%20 and ünïcode/bin// -q
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/it's a "dir" with $HOME, 100%20 and ünïcode/bin/kscli
      $ install.sh --from it's a "dir" with $HOME, 100%20 and ünïcode/mirror/kscli-9.9.9-linux-x64.tar.gz --dir it's a "dir" with $HOME, 100%20 and ünïcode/other -q
      exit 0
      ~ <root>/home/.config/kscli/kscli.receipt.json
      + <root>/it's a "dir" with $HOME, 100%20 and ünïcode/other/kscli
      $ install.sh --url it's a "dir" with $HOME, 100%20 and ünïcode/mirror --dir it's a "dir" with $HOME, 100%20 and ünïcode/third -q
      exit 0
      ~ <root>/home/.config/kscli/kscli.receipt.json
      + <root>/it's a "dir" with $HOME, 100%20 and ünïcode/third/kscli"
    `);
  });
});
