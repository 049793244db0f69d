// https: certificates that are trusted and that are not, and no way down to http.

import { describe, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../backend/certificates.ts';
import { startProxy } from '../backend/proxy.ts';
import { DOWNLOADERS, makeMachineWith } from './downloaders.ts';
import { fake, makeMachineWithMirror, removeTools } from './machine.ts';
import { serveMirror } from './mirror.ts';
import { install } from './run.ts';

/** Known to the proxy alone. */
const HOST = 'mirror.kscli.invalid';
const AUTHORITY = makeCertificate({ name: 'An authority that no machine knows' });
const SERVER = makeCertificate({ name: 'mirror', issuer: AUTHORITY, hosts: ['127.0.0.1', HOST] });
const tls = { key: SERVER.key, cert: SERVER.certificate };

describe.each(DOWNLOADERS.filter((name) => name !== 'busybox'))('%s', (downloader) => {
  test('a mirror is trusted with KSCLI_CA_BUNDLE, and refused without', async () => {
    using machine = makeMachineWith(downloader);
    using mirror = serveMirror(machine.mirror, { tls });
    writeFileSync(join(machine.root, 'company.pem'), AUTHORITY.certificate);
    const env = { KSCLI_CA_BUNDLE: 'company.pem' };
    expect(await install(machine, `--url ${mirror.url}`)).toMatchInlineSnapshot(`
      "$ install.sh --url https://<server>/kscli
      ! Error: https://<server>/kscli/SHA256SUMS could not be downloaded: the connection is not trusted.
      !   Name your company's certificates in KSCLI_CA_BUNDLE, a PEM file.
      !   (<words of the tool>)
      exit 4"
    `);
    expect(await install(machine, `--url ${mirror.url} --quiet`, { env })).toMatchInlineSnapshot(`
      "$ KSCLI_CA_BUNDLE=company.pem install.sh --url https://<server>/kscli --quiet
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/home/.local/bin/kscli"
    `);
  });

  test('the proxy of the environment is on the way, and the certificates of the company count behind it', async () => {
    using machine = makeMachineWith(downloader);
    using mirror = serveMirror(machine.mirror, { tls });
    writeFileSync(join(machine.root, 'company.pem'), AUTHORITY.certificate);
    const proxy = await startProxy();
    const env = { KSCLI_CA_BUNDLE: 'company.pem', https_proxy: `http://127.0.0.1:${proxy.port}` };
    const { port } = new URL(mirror.url);
    const text = await install(machine, `--url https://${HOST}:${port}/kscli --quiet`, { env });
    proxy.stop();
    expect(text.replaceAll(port, '<port>')).toMatchInlineSnapshot(`
      "$ KSCLI_CA_BUNDLE=company.pem https_proxy=http://<server> install.sh --url https://mirror.kscli.invalid:<port>/kscli --quiet
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/home/.local/bin/kscli"
    `);
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${HOST}:${port} HTTP/1.1`]));
    expect(mirror.requests).toEqual(['GET /kscli/SHA256SUMS', 'GET /kscli/kscli-9.9.9-linux-x64.tar.gz']);
  });

  test('a redirect to http is refused', async () => {
    using machine = makeMachineWith(downloader);
    using open = serveMirror(machine.mirror);
    const answer = (_: Request, name: string) => Response.redirect(`${open.url}/${name}`);
    using mirror = serveMirror(machine.mirror, { tls, answer });
    writeFileSync(join(machine.root, 'company.pem'), AUTHORITY.certificate);
    const env = { KSCLI_CA_BUNDLE: 'company.pem' };
    expect(await install(machine, `--url ${mirror.url}`, { env })).toMatchSnapshot();
  });
});

// What the wget of busybox does for https differs from build to build, so its words stand in for it.
test.each([
  ['wget: note: TLS certificate validation not implemented', 0],
  ['  Location: http://elsewhere/SHA256SUMS', 0],
  ['wget: server returned error: HTTP/1.1 404 Not Found', 1],
])('a small wget that says "%s" is not trusted', async (words, exit) => {
  using machine = makeMachineWithMirror();
  removeTools(machine, 'curl', 'wget');
  fake(machine, 'wget', `echo '${words}' >&2; case $* in --version) ;; *) exit ${exit} ;; esac`);
  expect(await install(machine, '--url https://mirror.invalid')).toMatchSnapshot();
});
