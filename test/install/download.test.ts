// What can go wrong between a mirror and this machine, with each downloader: an error of its own, and nothing changes.

import { describe, expect, test } from 'bun:test';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stampInstaller } from '../../src/release/installer.ts';
import { startProxy } from '../backend/proxy.ts';
import { hasTool, testWhere } from '../where.ts';
import { DOWNLOADERS, makeMachineWith } from './downloaders.ts';
import { makeMachineWithMirror, readInstalledVersion } from './machine.ts';
import { serveCut, serveMirror } from './mirror.ts';
import { install } from './run.ts';

const ARCHIVE = 'kscli-9.9.9-linux-x64.tar.gz';

describe.each([...DOWNLOADERS])('%s', (downloader) => {
  test('installs', async () => {
    using machine = makeMachineWith(downloader);
    using mirror = serveMirror(machine.mirror);
    expect(await install(machine, `--url ${mirror.url} --quiet`)).toMatchInlineSnapshot(`
      "$ install.sh --url http://<server>/kscli --quiet
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/home/.local/bin/kscli"
    `);
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
  });

  test('an archive that is not there, and no SHA256SUMS', async () => {
    using machine = makeMachineWith(downloader);
    using mirror = serveMirror(machine.mirror);
    rmSync(join(machine.mirror, ARCHIVE));
    expect(await install(machine, `--url ${mirror.url} --quiet`)).toMatchInlineSnapshot(`
      "$ install.sh --url http://<server>/kscli --quiet
      ! Error: http://<server>/kscli/kscli-9.9.9-linux-x64.tar.gz could not be downloaded: it is not there (HTTP 404).
      !   Check the address of the mirror, and that it holds this version.
      !   (<words of the tool>)
      exit 4"
    `);
    rmSync(join(machine.mirror, 'SHA256SUMS'));
    expect(await install(machine, `--url ${mirror.url} --quiet`)).toMatchInlineSnapshot(`
      "$ install.sh --url http://<server>/kscli --quiet
      ! Error: http://<server>/kscli/SHA256SUMS could not be downloaded: it is not there (HTTP 404).
      !   Check the address of the mirror, and that it holds this version.
      !   (<words of the tool>)
      exit 4"
    `);
  });

  test('a download that is cut, wherever that is', async () => {
    using machine = makeMachineWith(downloader);
    const size = statSync(join(machine.mirror, ARCHIVE)).size;
    // wget tries again, after a second.
    const counts = downloader === 'wget' ? [0, size - 1] : [0, 1, 10, Math.floor(size / 2), size - 1];
    const transcripts = new Set<string>();
    for (const after of counts) {
      using mirror = serveCut(machine.mirror, { name: ARCHIVE, after });
      transcripts.add(await install(machine, `--url ${mirror.url} --quiet`));
    }
    using mirror = serveCut(machine.mirror, { name: 'SHA256SUMS', after: 40 });
    transcripts.add(await install(machine, `--url ${mirror.url} --quiet`));
    expect([...transcripts].join('\n')).toMatchSnapshot();
  }, 20_000);

  test('a cut that no length gives away is found by the sum', async () => {
    using machine = makeMachineWith(downloader);
    using mirror = serveCut(machine.mirror, { name: ARCHIVE, after: 100, withLength: false });
    expect(await install(machine, `--url ${mirror.url} --quiet`)).toMatchInlineSnapshot(`
      "$ install.sh --url http://<server>/kscli --quiet
      ! Error: The SHA-256 of kscli-9.9.9-linux-x64.tar.gz from http://<server>/kscli is wrong.
      !   It should be <sha256>
      !   and is        <sha256>
      !   The file was cut short, damaged or exchanged. Nothing of it was used. Fetch it again.
      exit 5"
    `);
  });

  test('an answer without length and body', async () => {
    using machine = makeMachineWith(downloader);
    using mirror = serveCut(machine.mirror, { name: ARCHIVE, after: 0, withLength: false });
    expect(await install(machine, `--url ${mirror.url} --quiet`)).toMatchSnapshot();
  });

  test('the proxy of the environment is on the way', async () => {
    using machine = makeMachineWith(downloader);
    using mirror = serveMirror(machine.mirror);
    const proxy = await startProxy();
    const address = `http://mirror.invalid:${new URL(mirror.url).port}/kscli`;
    const env = { http_proxy: `http://127.0.0.1:${proxy.port}` };
    await install(machine, `--url ${address} --quiet`, { env });
    proxy.stop();
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
    expect(proxy.asked.map((line) => line.replace(/ HTTP.*/, ''))).toEqual([
      `GET ${address}/SHA256SUMS`,
      `GET ${address}/${ARCHIVE}`,
    ]);
  });

  test('a server that cannot be reached', async () => {
    using machine = makeMachineWith(downloader);
    const mirror = serveMirror(machine.mirror);
    mirror[Symbol.dispose]();
    expect(await install(machine, `--url ${mirror.url}`)).toMatchSnapshot();
  });
});

test('without a mirror: the script of the repository knows none, and asks no server', async () => {
  using machine = makeMachineWithMirror();
  expect(await install(machine, '')).toMatchInlineSnapshot(`
    "$ install.sh
    ! Error: This install.sh knows no place where releases are.
    !   Name one that holds SHA256SUMS and the archives:
    !     install.sh --url https://mirror.example.com/kscli
    !     install.sh --from /media/kscli
    exit 4"
  `);
});

test('the mirror of the release is taken where none is named, and a failure there is said as anywhere else', async () => {
  using machine = makeMachineWithMirror();
  using mirror = serveMirror(machine.mirror);
  const script = readFileSync(machine.script, 'utf8');
  writeFileSync(machine.script, stampInstaller(script, { mirror: mirror.url, signers: [] }));
  await install(machine, '--quiet');
  expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
  rmSync(join(machine.mirror, 'SHA256SUMS'));
  expect(await install(machine, '--quiet')).toMatchInlineSnapshot(`
    "$ install.sh --quiet
    ! Error: http://<server>/kscli/SHA256SUMS could not be downloaded: it is not there (HTTP 404).
    !   Check the address of the mirror, and that it holds this version.
    !   (<words of the tool>)
    exit 4"
  `);
});

testWhere(hasTool('curl'), 'curl', 'a proxy that wants a password', async () => {
  using machine = makeMachineWith('curl');
  const refusal = 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
  const proxy = Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: { data: (socket) => void socket.end(refusal) },
  });
  const env = { https_proxy: `http://127.0.0.1:${proxy.port}` };
  expect(await install(machine, '--url https://mirror.invalid', { env })).toMatchInlineSnapshot(`
    "$ https_proxy=http://<server> install.sh --url https://mirror.invalid
    ! Error: https://mirror.invalid/SHA256SUMS could not be downloaded: access is refused (HTTP 407).
    !   Check the user name and password, or the proxy.
    !   (<words of the tool>)
    exit 4"
  `);
  proxy.stop(true);
});
