// The command line of build.ts.

import { expect, test } from 'bun:test';
import { readOptions } from '../../src/release/options.ts';
import { TARGETS } from '../../src/release/targets.ts';

const NOTHING = { runtimes: undefined, withXz: true, sign: undefined, mirror: undefined, signers: [] };
const KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`;

test('without options, the build is the quick one for this machine', () => {
  expect(readOptions([])).toEqual({ kind: 'native' });
});

test('a release is for all targets, or for those that --only names, in the order of the table', () => {
  expect(readOptions(['--release'])).toEqual({ kind: 'release', targets: TARGETS, ...NOTHING });
  const some = readOptions(['--release', '--only', 'windows-x64,linux-x64', '--runtimes', 'carried']);
  expect(some).toMatchObject({ targets: [{ name: 'linux-x64' }, { name: 'windows-x64' }], runtimes: 'carried' });
});

test('an unknown option, word or target is refused by name', () => {
  expect(() => readOptions(['--relase'])).toThrow("Unknown option '--relase'");
  expect(() => readOptions(['linux-x64'])).toThrow("Unexpected argument 'linux-x64'");
  expect(() => readOptions(['--release', '--only', 'linux-x64,beos'])).toThrow(
    new Error(`--only: 'beos' is not one of ${TARGETS.map(({ name }) => name).join(', ')}`),
  );
  expect(() => readOptions(['--only', 'linux-x64'])).toThrow(new Error('--only needs --release'));
});

test('a release is told where it will lie and who signs it', () => {
  const words = [
    '--sign',
    'id',
    '--mirror',
    'https://mirror.example.com:8443/kscli/',
    '--signer',
    `${KEY} build@example.com`,
  ];
  const next = `valid-after="20270101" ${KEY}`;
  expect(readOptions(['--release', ...words, '--signer', next])).toEqual({
    ...{ kind: 'release', targets: TARGETS, runtimes: undefined, withXz: true, sign: 'id' },
    mirror: 'https://mirror.example.com:8443/kscli',
    signers: [{ key: KEY.slice(12) }, { key: KEY.slice(12), validAfter: '20270101' }],
  });
});

test.each(["https://a'; id", 'https://$(id)/', 'file:///kscli', 'mirror', 'https://a/b?c', 'https://user:word@a/'])(
  'the mirror %s is refused: it goes into a script',
  (mirror) => {
    expect(() => readOptions(['--release', '--mirror', mirror])).toThrow(
      new Error(`--mirror: '${mirror}' is not the https URL of a directory`),
    );
  },
);

test('a mirror without encryption needs a signature', () => {
  const words = ['--release', '--mirror', 'http://mirror.example.com'];
  expect(() => readOptions(words)).toThrow(new Error('--mirror: http:// needs --sign and --signer'));
  expect(() => readOptions([...words, '--signer', KEY])).toThrow(
    new Error('--mirror: http:// needs --sign and --signer'),
  );
  expect(readOptions([...words, '--signer', KEY, '--sign', 'id'])).toMatchObject({
    mirror: 'http://mirror.example.com',
  });
});

test.each([
  '',
  'ssh-rsa AAAA',
  KEY.slice(0, -1),
  `${KEY}A`,
  `${KEY}'`,
  `${KEY} it's\n'; id`,
  `cert-authority ${KEY}`,
  `valid-before="soon" ${KEY}`,
  `valid-before="20270101", ${KEY}`,
])('%p is no signer', (line) => {
  expect(() => readOptions(['--release', '--signer', line])).toThrow('is not a public key, as in: ssh-ed25519 AAAA…');
});

test('there are two signers at most', () => {
  const words = Array.from({ length: 3 }, () => ['--signer', KEY]).flat();
  expect(() => readOptions(['--release', ...words])).toThrow(new Error('--signer: at most 2, this key and the next'));
});
