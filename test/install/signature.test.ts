// The signature of SHA256SUMS decides where a signer is known: a wrong one is fatal, a missing one only where it is required.

import { describe, expect, test } from 'bun:test';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canSign, SIGNING, sayNotRun } from '../where.ts';
import { addTool, fake, type Machine, makeMachine, makeMachineWithMirror, removeTools } from './machine.ts';
import { serveMirror } from './mirror.ts';
import { addRelease } from './release.ts';
import { install } from './run.ts';
import { SHELLS } from './shells.ts';
import { makeSigner, renameHash, signSums, trust } from './signing.ts';

const ALL = '--from mirror --quiet --require-signature';
/** What ssh-keygen says where it cannot verify anything, said by a signature. */
const FORGED = ['unknown option -- Y', 'No user exists for uid 1', 'ssh-keygen: illegal option -- Y'].flatMap(
  (words) => [words, `:${words}`, `\n${words}\n`],
);

/** A mirror with one signed release, and an install.sh that trusts its signer. */
function makeSignedMachine(): Machine {
  const machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
  addTool(machine, 'ssh-keygen');
  trust(machine, makeSigner(machine, 'signer'));
  signSums(machine, 'signer');
  return machine;
}

const describeWhere = canSign() ? describe : sayThat;

function sayThat(name: string): void {
  sayNotRun(SIGNING, name);
}

describeWhere('signatures', () => {
  describe.each(SHELLS)('$name', ({ shell }) => {
    test('what the signer signed is installed, from a path and from a URL', async () => {
      using machine = makeSignedMachine();
      expect(await install(machine, ALL, { shell })).toMatchInlineSnapshot(`
        "$ install.sh --from mirror --quiet --require-signature
        exit 0
        + <root>/home/.config/kscli/kscli.receipt.json
        + <root>/home/.local/bin/kscli"
      `);
      using mirror = serveMirror(machine.mirror);
      await install(machine, `--url ${mirror.url} --quiet --require-signature`, { shell });
      const names = ['SHA256SUMS', 'SHA256SUMS.sig', 'kscli-9.9.9-linux-x64.tar.gz'];
      expect(mirror.requests).toEqual(names.map((name) => `GET /kscli/${name}`));
    });

    test('a sum that was changed after signing', async () => {
      using machine = makeSignedMachine();
      addRelease(machine.mirror, { version: '9.9.10' });
      expect(await install(machine, '--from mirror', { shell })).toMatchInlineSnapshot(`
        "$ install.sh --from mirror
        ! Error: The signature of SHA256SUMS from <root>/mirror is wrong.
        !   Signature verification failed: incorrect signature
        !   It was exchanged, or signed by somebody whom this install.sh does not know. Nothing of it was used.
        exit 5"
      `);
    });

    test('no signature: a warning, and an error where one is required', async () => {
      using machine = makeSignedMachine();
      rmSync(join(machine.mirror, 'SHA256SUMS.sig'));
      expect(await install(machine, ALL, { shell })).toMatchInlineSnapshot(`
        "$ install.sh --from mirror --quiet --require-signature
        ! Error: SHA256SUMS from <root>/mirror is not signed.
        !   There is no SHA256SUMS.sig beside it.
        exit 5"
      `);
      using mirror = serveMirror(machine.mirror);
      expect(await install(machine, `--url ${mirror.url} --quiet`, { shell })).toMatchInlineSnapshot(`
        "$ install.sh --url http://<server>/kscli --quiet
        ! Warning: SHA256SUMS from http://<server>/kscli is not signed.
        exit 0
        + <root>/home/.config/kscli/kscli.receipt.json
        + <root>/home/.local/bin/kscli"
      `);
    });

    test('no ssh-keygen, an old one, or one that knows no such user: a warning, and an error where a signature is required', async () => {
      using machine = makeSignedMachine();
      removeTools(machine, 'ssh-keygen');
      expect(await install(machine, ALL, { shell })).toMatchInlineSnapshot(`
        "$ install.sh --from mirror --quiet --require-signature
        ! Error: ssh-keygen is missing or too old, so the signature of SHA256SUMS is not verified.
        !   Install OpenSSH 8.1 or newer, for example the package openssh-client or openssh-keygen.
        exit 3"
      `);
      fake(machine, 'ssh-keygen', 'echo "unknown option -- Y" >&2; exit 1');
      expect(await install(machine, ALL, { shell })).toMatchInlineSnapshot(`
        "$ install.sh --from mirror --quiet --require-signature
        ! Error: ssh-keygen is missing or too old, so the signature of SHA256SUMS is not verified.
        !   Install OpenSSH 8.1 or newer, for example the package openssh-client or openssh-keygen.
        exit 3"
      `);
      fake(machine, 'ssh-keygen', 'echo "No user exists for uid 10001" >&2; exit 255');
      expect(await install(machine, ALL, { shell })).toMatchInlineSnapshot(`
        "$ install.sh --from mirror --quiet --require-signature
        ! Error: ssh-keygen verifies nothing for a user without an account, so the signature is not verified.
        !   Give the user a line in /etc/passwd, or install as another one.
        exit 3"
      `);
      fake(machine, 'ssh-keygen', 'echo "unknown option -- Y" >&2; exit 1');
      expect(await install(machine, '--from mirror --quiet', { shell })).toMatchInlineSnapshot(`
        "$ install.sh --from mirror --quiet
        ! Warning: ssh-keygen is missing or too old, so the signature of SHA256SUMS is not verified.
        exit 0
        + <root>/home/.config/kscli/kscli.receipt.json
        + <root>/home/.local/bin/kscli"
      `);
    });
  });

  test.each([
    ['a damaged signature', (machine: Machine) => replaceInSignature(machine, /[a-z]/, 'A')],
    ['an empty signature', (machine: Machine) => writeFileSync(join(machine.mirror, 'SHA256SUMS.sig'), '')],
    ['a web page in its place', (machine: Machine) => writeFileSync(join(machine.mirror, 'SHA256SUMS.sig'), '<html>')],
    ['a signature for something else', (machine: Machine) => signSums(machine, 'signer', 'git')],
    ...FORGED.map(
      (hash) => [`a hash called ${JSON.stringify(hash)}`, (machine: Machine) => renameHash(machine, hash)] as const,
    ),
    ['the signature of somebody else', signBySomebodyElse],
    ['a line end more in SHA256SUMS', (machine: Machine) => appendFileSync(join(machine.mirror, 'SHA256SUMS'), '\n')],
  ])('%s is fatal, required or not', async (_, spoil) => {
    using machine = makeSignedMachine();
    spoil(machine);
    const text = await install(machine, '--from mirror --quiet');
    expect(text.replace(/^! {3}(?!It was).*\n/m, '')).toBe(
      [
        '$ install.sh --from mirror --quiet',
        '! Error: The signature of SHA256SUMS from <root>/mirror is wrong.',
        '!   It was exchanged, or signed by somebody whom this install.sh does not know. Nothing of it was used.',
        'exit 5',
      ].join('\n'),
    );
  });

  test('a key counts in its time, and the next key before the old one ends', async () => {
    using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
    addTool(machine, 'ssh-keygen');
    const old = makeSigner(machine, 'old', 'valid-before="20200101" ');
    trust(machine, old, makeSigner(machine, 'next', 'valid-after="20200101",valid-before="21000101" '));
    signSums(machine, 'old');
    expect(await install(machine, ALL)).toContain('The signature of SHA256SUMS from <root>/mirror is wrong.');
    signSums(machine, 'next');
    expect(await install(machine, ALL)).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet --require-signature
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/home/.local/bin/kscli"
    `);
  });

  test('old sums beside a new archive lead to the old release, never to the new archive', async () => {
    using machine = makeSignedMachine();
    const sums = readFileSync(join(machine.mirror, 'SHA256SUMS'));
    addRelease(machine.mirror, { version: '9.9.10' });
    writeFileSync(join(machine.mirror, 'SHA256SUMS'), sums);
    expect(await install(machine, `${ALL} --version 9.9.10`)).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet --require-signature --version 9.9.10
      ! Error: SHA256SUMS from <root>/mirror does not list kscli 9.9.10 for linux-x64.
      !   It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:
      !     kscli-9.9.9-linux-x64.tar.gz
      exit 4"
    `);
  });

  test('an install.sh that knows no signer asks for no signature, and cannot require one', async () => {
    using machine = makeMachine();
    addRelease(machine.mirror);
    using mirror = serveMirror(machine.mirror);
    expect(await install(machine, ALL)).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet --require-signature
      ! Error: This install.sh knows no signer, so none can be required.
      !   Use that of a signed release.
      exit 5"
    `);
    await install(machine, `--url ${mirror.url} --quiet`);
    expect(mirror.requests).toEqual(['GET /kscli/SHA256SUMS', 'GET /kscli/kscli-9.9.9-linux-x64.tar.gz']);
  });
});

function signBySomebodyElse(machine: Machine): void {
  makeSigner(machine, 'somebody');
  signSums(machine, 'somebody');
}

function replaceInSignature(machine: Machine, pattern: RegExp, by: string): void {
  const path = join(machine.mirror, 'SHA256SUMS.sig');
  const lines = readFileSync(path, 'utf8').split('\n');
  lines[3] = (lines[3] ?? '').replace(pattern, by);
  writeFileSync(path, lines.join('\n'));
}
