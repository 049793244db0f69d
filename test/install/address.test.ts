// The address of a mirror: its password is never shown, and http:// is warned of unless it is this machine.

import { describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOWNLOADERS, makeMachineWith } from './downloaders.ts';
import { fake, makeMachineWithMirror, readInstalledVersion } from './machine.ts';
import { serveMirror } from './mirror.ts';
import { install } from './run.ts';

/** Nothing listens there, so that no test asks a name server. */
const NO_PROXY_THERE = 'http://127.0.0.1:1';

test('a password in the address is used, and never shown', async () => {
  using machine = makeMachineWithMirror();
  const seen: (string | null)[] = [];
  using mirror = serveMirror(machine.mirror, {
    answer: (request) => {
      seen.push(request.headers.get('authorization'));
      return new Response('no', { status: 403 });
    },
  });
  const KSCLI_DOWNLOAD_URL = mirror.url.replace('//', '//reader:hunter2@');
  const text = await install(machine, '', { env: { KSCLI_DOWNLOAD_URL } });
  expect(text.replace('hunter2', '<password>')).toMatchInlineSnapshot(`
    "$ KSCLI_DOWNLOAD_URL=http://reader:<password>@<server>/kscli install.sh
    ! Error: http://***@<server>/kscli/SHA256SUMS could not be downloaded: access is refused (HTTP 403).
    !   Check the user name and password, or the proxy.
    !   (<words of the tool>)
    exit 4"
  `);
  expect(seen).toEqual([`Basic ${btoa('reader:hunter2')}`]);
});

describe.each(DOWNLOADERS.filter((name) => name !== 'busybox'))('%s', (downloader) => {
  test('a password in the address is no argument of it, which every user could see', async () => {
    using machine = makeMachineWith(downloader);
    using mirror = serveMirror(machine.mirror);
    const list = join(machine.root, 'arguments');
    fake(machine, downloader, `echo "$@" >>"${list}"; exec ${Bun.which(downloader)} "$@"`);
    const KSCLI_DOWNLOAD_URL = mirror.url.replace('//', '//reader:hunter2@');
    await install(machine, '--quiet', { env: { KSCLI_DOWNLOAD_URL } });
    expect(readInstalledVersion(machine)).toBe('kscli 9.9.9 (test)');
    expect(readFileSync(list, 'utf8')).not.toContain('hunter2');
  });
});

test.each(['http://reader:hunter2@host?sig=1', 'ftp://reader:hunter2@host', 'http://reader:hunter2@host x'])(
  'an address that is refused is shown without its password: %s',
  async (url) => {
    using machine = makeMachineWithMirror();
    const text = await install(machine, '', { env: { KSCLI_DOWNLOAD_URL: url } });
    expect(text.replace('hunter2', '<password>')).toMatchSnapshot();
  },
);

test('a mirror without encryption is used with a warning', async () => {
  using machine = makeMachineWithMirror();
  const env = { http_proxy: NO_PROXY_THERE };
  expect(await install(machine, '--url http://mirror.invalid/kscli', { env })).toMatchInlineSnapshot(`
    "$ http_proxy=http://<server> install.sh --url http://mirror.invalid/kscli
    ! Warning: http://mirror.invalid/kscli is not encrypted.
    !   Who can change the archive on its way can change SHA256SUMS too. Use https where you can.
    ! Error: http://mirror.invalid/kscli/SHA256SUMS could not be downloaded: the connection failed or was cut.
    !   Check the address, the network and the proxy settings. Try again, or use another mirror.
    !   (<words of the tool>)
    exit 4"
  `);
});

test.each(['127.a.b.evil.test', '127.0.0.1.evil.test', 'localhost.evil.test', '127.0.0.1.evil.test:80', '0127.0.0.1'])(
  'http://%s is not this machine, and is warned of',
  async (host) => {
    using machine = makeMachineWithMirror();
    const env = { http_proxy: NO_PROXY_THERE };
    expect(await install(machine, `--url http://${host}/kscli`, { env })).toMatchSnapshot();
  },
);

test.each(['127.0.0.1', '127.1.2.3:1', 'localhost', 'localhost:1', '[::1]:1'])(
  'http://%s is this machine, and not warned of',
  async (host) => {
    using machine = makeMachineWithMirror();
    const env = { http_proxy: NO_PROXY_THERE, no_proxy: '' };
    expect(await install(machine, `--url http://${host}/kscli`, { env })).toMatchSnapshot();
  },
);
