// The way to the mirror of kscli upgrade: the company's CA, its proxy, redirects, signatures, and what goes along.

import { afterEach, expect, test } from 'bun:test';
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../backend/certificates.ts';
import { startProxy } from '../backend/proxy.ts';
import { canSign, SIGNING, testWhere } from '../where.ts';
import { type Placed, placeKscli } from './placed.ts';

const HOST = 'mirror.kscli.invalid';
const AUTHORITY = makeCertificate({ name: 'An authority that no machine knows' });
const SERVER = makeCertificate({ name: 'mirror', issuer: AUTHORITY, hosts: ['127.0.0.1', HOST] });
const TLS = { tls: { key: SERVER.key, cert: SERVER.certificate } };

let placed: Placed;
afterEach(() => placed.remove());

test('the CA of the company is trusted where KSCLI_CA_BUNDLE names it, and refused otherwise', async () => {
  placed = placeKscli(TLS);
  placed.release('98.0.0');
  writeFileSync(join(placed.machine.home, 'company.pem'), AUTHORITY.certificate);
  const refused = await placed.kscli('upgrade');
  expect(refused).toContain('! Error: SSL certificate verification failed.');
  expect(placed.mirror.requests).toEqual([]);
  expect(await placed.kscli('upgrade', { KSCLI_CA_BUNDLE: '~/company.pem' })).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    Replaced kscli <own> by 98.0.0: ~/bin/kscli
    To go back: kscli upgrade --rollback
    exit 0"
  `);
});

test('the proxy of the environment is on the way, and neither key nor cookie goes along', async () => {
  const headers: string[] = [];
  const answer = (request: Request) => {
    headers.push(...request.headers.keys());
    return undefined;
  };
  placed = placeKscli({ ...TLS, answer });
  placed.release('98.0.0');
  writeFileSync(join(placed.machine.home, 'company.pem'), AUTHORITY.certificate);
  const proxy = await startProxy();
  const port = new URL(placed.mirror.url).port;
  const env = {
    KSCLI_CA_BUNDLE: '~/company.pem',
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    ADMIN_API_KEY: 'canary',
  };
  const text = await placed.kscli(`upgrade --url https://${HOST}:${port}/kscli`, env);
  proxy.stop();
  expect(text.replaceAll(port, '<port>')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade --url https://mirror.kscli.invalid:<port>/kscli
    Replaced kscli <own> by 98.0.0: ~/bin/kscli
    From now on releases come from https://mirror.kscli.invalid:<port>/kscli
    To go back: kscli upgrade --rollback
    exit 0"
  `);
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${HOST}:${port} HTTP/1.1`]));
  expect([...new Set(headers)].sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
});

test('a redirect is followed, never to an address without encryption, and not without end', async () => {
  placed = placeKscli();
  placed.release('98.0.0');
  const answer = (_: Request, name: string) => Response.redirect(`${placed.mirror.url}/${name}`);
  const redirecting = placeKscli({ answer });
  redirecting.leaveReceipt({ source: redirecting.mirror.url });
  expect(await redirecting.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    Replaced kscli <own> by 98.0.0: ~/bin/kscli
    To go back: kscli upgrade --rollback
    exit 0"
  `);
  await redirecting.remove();
  const secure = placeKscli({ ...TLS, answer });
  writeFileSync(join(secure.machine.home, 'company.pem'), AUTHORITY.certificate);
  expect(await secure.kscli('upgrade', { KSCLI_CA_BUNDLE: '~/company.pem' })).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: <mirror>/SHA256SUMS is sent on to an address without encryption
    ! Nothing of it is used. Name another source with --url.
    exit 1"
  `);
  await secure.remove();
  const endless = placeKscli({ answer: (_: Request, name: string) => Response.redirect(`/kscli/${name}`) });
  expect(await endless.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: <mirror>/SHA256SUMS is sent on more than 5 times
    exit 1"
  `);
  await endless.remove();
});

test('a mirror that fails, or is not there', async () => {
  placed = placeKscli({ answer: () => new Response('no', { status: 403 }) });
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: <mirror>/SHA256SUMS could not be downloaded: the server answers HTTP 403
    exit 1"
  `);
  placed.mirror[Symbol.dispose]();
  const text = await placed.kscli('upgrade');
  expect(text.replaceAll(new URL(placed.mirror.url).port, '<port>')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Could not connect to 127.0.0.1:<port>: connection refused
    ! Check the address of the mirror, the network and the proxy settings. Nothing was changed.
    exit 1"
  `);
  placed.leaveReceipt({ source: join(placed.machine.home, 'unmounted') });
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
    "$ ~/bin/kscli upgrade
    ! Error: Not found: there is no SHA256SUMS in ~/unmounted
    exit 3"
  `);
});

test('http, or no verification, is a warning where nothing is signed', async () => {
  placed = placeKscli();
  const text = await placed.kscli('upgrade --url http://mirror.kscli.invalid', { KSCLI_TIMEOUT: '1' });
  expect(text).toStartWith(
    [
      '$ ~/bin/kscli upgrade --url http://mirror.kscli.invalid',
      '! Warning: The source of releases is not verified: who can change the archive on its way can change SHA256SUMS too.',
      '',
    ].join('\n'),
  );
});

testWhere(canSign(), SIGNING, 'a known signer decides: signed, signed otherwise, not signed', async () => {
  placed = placeKscli();
  placed.release('98.0.0');
  const sums = join(placed.releases, 'SHA256SUMS');
  const makeKey = (name: string) => {
    const key = join(placed.machine.home, name);
    Bun.spawnSync(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key]);
    Bun.spawnSync(['ssh-keygen', '-q', '-Y', 'sign', '-n', 'kscli-release', '-f', key, sums]);
    copyFileSync(`${sums}.sig`, `${key}.sig`);
    rmSync(`${sums}.sig`);
    return readFileSync(`${key}.pub`, 'utf8').trim();
  };
  placed.leaveReceipt({ signers: [makeKey('mine')] });
  makeKey('theirs');
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Refused: SHA256SUMS in <mirror> is not signed
      ! There is no SHA256SUMS.sig beside it. Nothing of it was used.
      exit 1"
    `);
  copyFileSync(join(placed.machine.home, 'theirs.sig'), `${sums}.sig`);
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      ! Error: Refused: the signature of SHA256SUMS in <mirror> is wrong: it was made by somebody else
      ! Nothing of it was used. Ask whoever makes your releases.
      exit 1"
    `);
  copyFileSync(join(placed.machine.home, 'mine.sig'), `${sums}.sig`);
  const signed = readFileSync(sums);
  appendFileSync(sums, '\n');
  expect(await placed.kscli('upgrade')).toContain('is wrong: it belongs to other contents');
  writeFileSync(sums, signed);
  expect(await placed.kscli('upgrade --dry-run')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade --dry-run
      Would replace kscli <own> by 98.0.0
        from       <mirror>
        archive    kscli-98.0.0-<target>.tar.gz
        sha256     <sha256>
        signature  verified
        path       ~/bin/kscli
      Nothing was changed.
      exit 0"
    `);
  expect(await placed.kscli('upgrade')).toMatchInlineSnapshot(`
      "$ ~/bin/kscli upgrade
      Replaced kscli <own> by 98.0.0: ~/bin/kscli
      To go back: kscli upgrade --rollback
      exit 0"
    `);
});
