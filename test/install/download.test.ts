// Everything that can go wrong between a mirror and this machine: each is an error of its own, and nothing changes.

import { afterAll, describe, expect, test } from 'bun:test';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../backend/certificates.ts';
import {
  addTool,
  fake,
  install,
  installedVersion,
  type Machine,
  makeMachine,
  removeMachines,
  removeTools,
  transcript,
  treeOf,
} from './machine.ts';
import { serveCut, serveMirror } from './mirror.ts';
import { addRelease } from './release.ts';
import { hasAll, SH, SHELLS } from './shells.ts';

afterAll(removeMachines);

const AUTHORITY = makeCertificate({ name: 'An authority that no machine knows' });
const SERVER = makeCertificate({ name: 'mirror', issuer: AUTHORITY, hosts: ['127.0.0.1'] });
const TLS = { key: SERVER.key, cert: SERVER.certificate };
/** Nothing listens there, so that no test asks a name server. */
const NO_PROXY_THERE = 'http://127.0.0.1:1';
const ARCHIVE = 'kscli-9.9.9-linux-x64.tar.gz';

function machineWithMirror(): Machine {
  const machine = makeMachine();
  addRelease(machine.mirror);
  return machine;
}

function bundleOf(machine: Machine): string {
  const path = join(machine.root, 'company.pem');
  writeFileSync(path, AUTHORITY.certificate);
  return path;
}

/** The downloaders that are here. */
const DOWNLOADERS = ['curl', 'wget', 'busybox'].filter((tool) => hasAll(`downloads with ${tool}`, [tool]));

/** A machine with that downloader alone. */
function machineWith(downloader: string): Machine {
  const machine = machineWithMirror();
  removeTools(machine, 'curl', 'wget');
  addTool(machine, downloader === 'busybox' ? 'wget' : downloader, downloader);
  return machine;
}

describe.each(DOWNLOADERS)('with %s', (downloader) => {
  test('installs', async () => {
    const machine = machineWith(downloader);
    using mirror = serveMirror(machine.mirror);
    expect((await install(machine, SH, ['--url', mirror.url])).code).toBe(0);
    expect(installedVersion(machine)).toBe('kscli 9.9.9 (test)');
  });

  test('SHA256SUMS that is not there, and an archive that is not there', async () => {
    for (const name of ['SHA256SUMS', ARCHIVE]) {
      const machine = machineWith(downloader);
      rmSync(join(machine.mirror, name));
      using mirror = serveMirror(machine.mirror);
      const before = treeOf(machine.root);
      const { code, stderr } = await install(machine, SH, ['--url', mirror.url, '--quiet']);
      expect(stderr).toContain(`Error: ${mirror.url}/${name} could not be downloaded: it is not there (HTTP 404).`);
      expect(stderr).toContain('Check the address of the mirror, and that it holds this version.');
      expect(code).toBe(4);
      expect(treeOf(machine.root)).toEqual(before);
    }
  });

  test('a download that is cut, wherever that is', async () => {
    const machine = machineWith(downloader);
    const before = treeOf(machine.root);
    const size = statSync(join(machine.mirror, ARCHIVE)).size;
    // wget tries again, after a second.
    const counts = downloader === 'wget' ? [0, size - 1] : [0, 1, 10, Math.floor(size / 2), size - 1];
    const cuts = counts.map((after) => ({ name: ARCHIVE, after }));
    for (const cut of [...cuts, { name: 'SHA256SUMS', after: 40 }]) {
      using mirror = serveCut(machine.mirror, cut);
      const { code, stderr } = await install(machine, SH, ['--url', mirror.url, '--quiet']);
      expect(stderr).toContain(`Error: ${mirror.url}/${cut.name} could not be downloaded: the connection`);
      expect(code).toBe(4);
      expect(treeOf(machine.root)).toEqual(before);
    }
  }, 20_000);

  test('a cut that no length gives away is found by the sum', async () => {
    const machine = machineWith(downloader);
    const before = treeOf(machine.root);
    for (const after of [0, 100]) {
      using mirror = serveCut(machine.mirror, { name: ARCHIVE, after, withLength: false });
      const { code, stderr } = await install(machine, SH, ['--url', mirror.url, '--quiet']);
      expect([4, 5]).toContain(code);
      expect(stderr).toContain(
        after === 0 ? 'Error: ' : `Error: The SHA-256 of ${ARCHIVE} from ${mirror.url} is wrong.`,
      );
      expect(treeOf(machine.root)).toEqual(before);
    }
  });

  test('a server that cannot be reached', async () => {
    const machine = machineWith(downloader);
    const mirror = serveMirror(machine.mirror);
    mirror[Symbol.dispose]();
    const { code, stderr } = await install(machine, SH, ['--url', mirror.url]);
    expect(stderr).toStartWith(`Error: ${mirror.url}/SHA256SUMS could not be downloaded: the `);
    expect(code).toBe(4);
  });
});

describe.each(DOWNLOADERS.filter((tool) => tool !== 'busybox'))('https with %s', (downloader) => {
  test('is trusted with KSCLI_CA_BUNDLE, and refused without', async () => {
    const machine = machineWith(downloader);
    using mirror = serveMirror(machine.mirror, TLS);
    const env = { KSCLI_CA_BUNDLE: bundleOf(machine) };
    const before = treeOf(machine.root);
    const unknown = await install(machine, SH, ['--url', mirror.url]);
    expect(unknown.stderr).toContain('the connection is not trusted.\n  Name your company');
    expect(unknown.code).toBe(4);
    expect(treeOf(machine.root)).toEqual(before);
    expect((await install(machine, SH, ['--url', mirror.url], { env })).code).toBe(0);
  });

  test('a redirect to http is refused', async () => {
    const machine = machineWith(downloader);
    using open = serveMirror(machine.mirror);
    using mirror = serveMirror(machine.mirror, TLS, (name) => Response.redirect(`${open.url}/${name}`));
    const env = { KSCLI_CA_BUNDLE: bundleOf(machine) };
    const before = treeOf(machine.root);
    const { code, stderr } = await install(machine, SH, ['--url', mirror.url], { env });
    expect(stderr).toContain('sent on to an address without encryption');
    expect(code).toBe(4);
    expect(treeOf(machine.root)).toEqual(before);
  });
});

// What the wget of busybox does for https differs from build to build, so its words stand in for it.
test.each([
  ['wget: note: TLS certificate validation not implemented', 'Error: The wget here does not check certificates', 3],
  ['  Location: http://elsewhere/SHA256SUMS', 'Error: https://mirror.invalid/SHA256SUMS is sent on to an address', 4],
  ['wget: server returned error: HTTP/1.1 404 Not Found', 'it is not there (HTTP 404)', 4],
])('https with a small wget that says: %s', async (words, error, exit) => {
  const machine = machineWithMirror();
  removeTools(machine, 'curl', 'wget');
  fake(
    machine,
    'wget',
    `echo '${words}' >&2; case $* in --version) ;; *) exit ${words.includes('404') ? 1 : 0} ;; esac`,
  );
  const before = treeOf(machine.root);
  const { code, stderr } = await install(machine, SH, ['--url', 'https://mirror.invalid']);
  expect(stderr).toContain(error);
  expect(code).toBe(exit);
  expect(treeOf(machine.root)).toEqual(before);
});

test('a password in the address is used, and never shown', async () => {
  const machine = machineWithMirror();
  using mirror = serveMirror(machine.mirror, undefined, () => new Response('no', { status: 403 }));
  const url = mirror.url.replace('//', '//reader:hunter2@');
  const outcome = await install(machine, SH, ['--url', url]);
  expect(transcript(machine, outcome)).toBe(`
Error: http://***@<server>/kscli/SHA256SUMS could not be downloaded: access is refused (HTTP 403).
  Check the user name and password, or the proxy.
  (curl: (22) The requested URL returned error: 403)
exit 4
`);
  for (const args of [
    ['--url', `${url}?sig=1`],
    ['--url', url.replace('http', 'ftp')],
    ['--url', `${url} x`],
  ]) {
    const { code, stderr } = await install(machine, SH, args);
    expect(code).toBe(64);
    expect(stderr).not.toContain('hunter2');
  }
});

test('a mirror without encryption is used with a warning', async () => {
  const machine = machineWithMirror();
  const env = { http_proxy: NO_PROXY_THERE };
  const { stderr } = await install(machine, SH, ['--url', 'http://mirror.invalid/kscli'], { env });
  expect(stderr).toStartWith(`Warning: http://mirror.invalid/kscli is not encrypted.
  Who can change the archive on its way can change SHA256SUMS too. Use https where you can.
Error: http://mirror.invalid/kscli/SHA256SUMS could not be downloaded: `);
});

test('without a mirror: the releases are not published yet', async () => {
  const machine = machineWithMirror();
  const { code, stderr } = await install(machine, SH, [], { env: { https_proxy: NO_PROXY_THERE } });
  expect(stderr).toMatch(/^Error: https:\/\/\S+\/SHA256SUMS could not be downloaded: /);
  expect(stderr).toEndWith(`  The releases of kscli are not published there yet.
  Use a mirror, a directory that holds SHA256SUMS and the archives:
    install.sh --url https://mirror.example.com/kscli
    install.sh --from /media/kscli
`);
  expect(code).toBe(4);
});

describe.each(SHELLS)('$name', ({ command }) => {
  test('a sum that does not match', async () => {
    const machine = machineWithMirror();
    const archive = join(machine.mirror, ARCHIVE);
    writeFileSync(archive, Buffer.concat([readFileSync(archive), Buffer.from('x')]));
    const before = treeOf(machine.root);
    expect(transcript(machine, await install(machine, command, ['--from', 'mirror', '--quiet']))).toBe(`
Error: The SHA-256 of kscli-9.9.9-linux-x64.tar.gz from <root>/mirror is wrong.
  It should be <sha256>
  and is        <sha256>
  The file was cut short, damaged or exchanged. Nothing of it was used. Fetch it again.
exit 5
`);
    expect(treeOf(machine.root)).toEqual(before);
  });

  test('a platform or a version that SHA256SUMS does not list', async () => {
    const machine = makeMachine();
    addRelease(machine.mirror, { platforms: ['linux-arm64', 'darwin-arm64'] });
    const before = treeOf(machine.root);
    expect(transcript(machine, await install(machine, command, ['--from', 'mirror']))).toBe(`
Error: SHA256SUMS from <root>/mirror does not list kscli for linux-x64.
  It lists:
    kscli-9.9.9-darwin-arm64.tar.gz
    kscli-9.9.9-linux-arm64.tar.gz
exit 4
`);
    expect((await install(machine, command, ['--from', 'mirror', '--version', '1.0.0'])).stderr).toStartWith(
      'Error: SHA256SUMS from <root>/mirror does not list kscli 1.0.0 for linux-x64.\n'.replace('<root>', machine.root),
    );
    expect(treeOf(machine.root)).toEqual(before);
  });
});

test('no SHA256SUMS beside the archive', async () => {
  const machine = machineWithMirror();
  rmSync(join(machine.mirror, 'SHA256SUMS'));
  const before = treeOf(machine.root);
  expect(transcript(machine, await install(machine, SH, ['--from', `mirror/${ARCHIVE}`]))).toBe(`
Error: There is no SHA256SUMS in <root>/mirror.
  SHA256SUMS and the archive of the release must lie in one directory.
exit 4
`);
  expect(treeOf(machine.root)).toEqual(before);
});

test('the archive of another machine', async () => {
  const machine = makeMachine();
  addRelease(machine.mirror, { platforms: ['linux-arm64'] });
  const { code, stderr } = await install(machine, SH, ['--from', 'mirror/kscli-9.9.9-linux-arm64.tar.gz']);
  expect(stderr).toBe(`Error: kscli-9.9.9-linux-arm64.tar.gz is not an archive of kscli for this machine.
  It should be kscli-<version>-linux-x64.tar.gz or .tar.xz, by the name that it has in the release.
`);
  expect(code).toBe(4);
});

test('names that lead out of the directory are not names', async () => {
  const sum = 'a'.repeat(64);
  const names = ['../x', '/etc/passwd', `../${ARCHIVE}`, `/tmp/${ARCHIVE}`, `sub/${ARCHIVE}`, `${ARCHIVE}/../x`];
  const more = [
    `kscli-9.9.9;id-linux-x64.tar.gz`,
    `kscli-../../9.9.9-linux-x64.tar.gz`,
    `kscli-9.9.9-linux-x64.tar.gz.sh`,
  ];
  const machine = makeMachine();
  writeFileSync(join(machine.mirror, 'SHA256SUMS'), [...names, ...more].map((name) => `${sum}  ${name}\n`).join(''));
  const before = treeOf(machine.root);
  for (const version of [[], ['--version', '9.9.9']]) {
    const { code, stderr } = await install(machine, SH, ['--from', 'mirror', ...version]);
    expect(stderr).not.toContain('..');
    expect(stderr).not.toContain('passwd');
    expect(code).toBe(4);
  }
  expect((await install(machine, SH, ['--from', 'mirror', '--version', '../9.9.9'])).code).toBe(64);
  expect(treeOf(machine.root)).toEqual(before);
  addRelease(machine.mirror);
  expect((await install(machine, SH, ['--from', 'mirror'])).code).toBe(0);
});

test('a web page in the place of SHA256SUMS, and two sums for one archive', async () => {
  const machine = machineWithMirror();
  const sums = join(machine.mirror, 'SHA256SUMS');
  writeFileSync(sums, `${readFileSync(sums)}${'b'.repeat(64)}  ${ARCHIVE}\n`);
  expect(transcript(machine, await install(machine, SH, ['--from', 'mirror']))).toBe(`
Error: SHA256SUMS lists kscli-9.9.9-linux-x64.tar.gz with more than one sum.
  It is from <root>/mirror. It cannot be trusted.
exit 5
`);
  writeFileSync(sums, '<html>Please sign in</html>\n');
  expect(transcript(machine, await install(machine, SH, ['--from', 'mirror']))).toBe(`
Error: SHA256SUMS from <root>/mirror lists no archive of kscli.
  It may be a web page, as of a login or a proxy, or belong to something else.
exit 4
`);
});
