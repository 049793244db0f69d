// What a CA bundle may be, and what is said of one that cannot be used.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCertificates } from '../../src/http/bundle.ts';
import { findTrust } from '../../src/http/trust.ts';
import type { World } from '../../src/world.ts';
import { type Certificate, makeCertificate } from '../backend/certificates.ts';

const authority: Certificate = makeCertificate({ name: 'Test Authority' });
const other: Certificate = makeCertificate({ name: 'Other Authority' });
const pem = authority.certificate.trim();
const ENCRYPTED = `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,00

AAAA
-----END RSA PRIVATE KEY-----
`;

test.each([
  ['one certificate', pem, 1],
  ['many', `${pem}\n${other.certificate}${pem}`, 3],
  ['line ends of Windows', pem.replaceAll('\n', '\r\n'), 1],
  ['no line end at its end', pem, 1],
  ['comments', `# the company's\nsubject=CN=x\n${pem}\n\n# - - - -----\n${other.certificate}# end`, 2],
  ['a key beside it', `${authority.key}${pem}`, 1],
  ['an encrypted key beside it', `${ENCRYPTED}${pem}`, 1],
  ['the older name', pem.replaceAll(' CERTIFICATE', ' X509 CERTIFICATE'), 1],
  ['the same one twice', `${pem}\n${pem}`, 2],
  ['a revocation list beside it', `${pem}\n-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n`, 1],
])('a bundle of %s', async (_name, text, count) => {
  const bundle = await readCertificates(text);
  if ('fault' in bundle) throw new Error(bundle.fault);
  expect(bundle.certificates).toHaveLength(count);
  for (const certificate of bundle.certificates) expect(certificate).toStartWith('-----BEGIN CERTIFICATE-----');
});

const DER = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64').toString('latin1');

test.each([
  ['nothing', '', 'is empty'],
  ['blanks', ' \r\n\t', 'is empty'],
  ['words', 'hello', 'has no PEM certificate. A DER file must be converted to PEM first'],
  ['DER', DER, 'has no PEM certificate. A DER file must be converted to PEM first'],
  ['only a key', authority.key, 'has no certificate, only PRIVATE KEY'],
  [
    'only a request',
    '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----',
    'has no certificate, only CERTIFICATE REQUEST',
  ],
  ['a broken end', `${pem}\n${pem.slice(0, 300)}`, 'is broken: 2 PEM blocks begin, 1 are complete'],
  ['a broken end before another', `${pem.slice(0, 300)}\n${pem}`, 'is broken: 2 PEM blocks begin, 1 are complete'],
  [
    'ends that do not match',
    pem.replace('END CERTIFICATE', 'END X509 CERTIFICATE'),
    'is broken: 1 PEM blocks begin, 0 are complete',
  ],
  ['a wrong letter', pem.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'), 'is broken: certificate 1 of 1 cannot be read'],
  [
    'a wrong letter in the second',
    `${pem}\n${pem.replace(/\n.{20}/, '\n********************')}`,
    'is broken: certificate 2 of 2 cannot be read',
  ],
  [
    'an empty certificate',
    '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
    'is broken: certificate 1 of 1 cannot be read',
  ],
  ['a name that never ends', '-----BEGIN '.repeat(100_000), 'is broken: 100000 PEM blocks begin, 0 are complete'],
])('a bundle of %s is refused', async (_name, text, fault) => {
  expect(await readCertificates(text)).toMatchObject({ fault });
});

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'kscli-trust-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Found = { readonly store?: string; readonly error?: string; readonly isLeft: boolean };

/** @param seconds that a pipe may take */
async function trust(caBundle: string, seconds = 30): Promise<Found> {
  let isLeft = false;
  const leaveBehind = () => {
    isLeft = true;
  };
  const context = {
    settings: { verifySsl: true, caBundle, timeout: seconds },
    world: { home: directory, leaveBehind },
  };
  try {
    const { store } = await findTrust(context as unknown as Parameters<typeof findTrust>[0] & { world: World });
    return { store, isLeft };
  } catch (error) {
    return { error: error instanceof Error ? error.message : '', isLeft };
  }
}

function put(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

test('a bundle is read with a byte-order mark, from the home directory, from a pipe', async () => {
  const marked = put('marked.pem', `\ufeff${pem}`);
  expect(await trust(marked)).toEqual({ store: marked, isLeft: false });
  expect(await trust('~/marked.pem')).toEqual({ store: '~/marked.pem', isLeft: false });
  const pipe = join(directory, 'pipe');
  Bun.spawnSync(['mkfifo', pipe]);
  const writer = Bun.spawn(['cp', marked, pipe]);
  expect(await trust(pipe)).toEqual({ store: pipe, isLeft: false });
  await writer.exited;
});

test('a pipe that nobody writes to has its time', async () => {
  const pipe = join(directory, 'silent');
  Bun.spawnSync(['mkfifo', pipe]);
  const error = `The CA bundle ${pipe} cannot be read: it has no end in time`;
  expect(await trust(pipe, 0.05)).toEqual({ error, isLeft: true });
  // Or the read that was left behind would wait for ever.
  await Bun.spawn(['sh', '-c', `: > ${pipe}`]).exited;
});

test('what is missing, a directory, a device, or larger than 64 MiB', async () => {
  const large = put('large.pem', '');
  truncateSync(large, 64 * 1024 * 1024 + 1);
  for (const [path, why] of [
    [join(directory, 'none.pem'), 'no such file'],
    [directory, 'it is a directory'],
    ['/dev/zero', 'it is neither a file nor a pipe'],
    [large, 'it is too large'],
  ] as const) {
    expect((await trust(path)).error).toBe(`The CA bundle ${path} cannot be read: ${why}`);
  }
});
