// The receipt that install.sh leaves for kscli upgrade.

import { describe, expect, test } from 'bun:test';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Machine, makeMachineWithMirror } from './machine.ts';
import { serveMirror } from './mirror.ts';
import { install } from './run.ts';
import { SHELLS } from './shells.ts';
import { trust } from './signing.ts';

const KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`;

function findReceipt(machine: Machine): string {
  return join(machine.home, '.config/kscli/kscli.receipt.json');
}

describe.each(SHELLS)('$name', ({ shell }) => {
  test('names the file, its source and the signers, for the owner alone', async () => {
    using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
    trust(machine, KEY, `valid-before="21000101" ${KEY}`);
    const odd = `it's "odd" \\ ünïcode`;
    await install(machine, ['--from', 'mirror', '--dir', odd, '-q'], { shell });
    expect(statSync(findReceipt(machine)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(findReceipt(machine), 'utf8'))).toEqual({
      version: '9.9.9',
      path: join(machine.root, odd, 'kscli'),
      source: machine.mirror,
      sha256: new Bun.CryptoHasher('sha256').update(readFileSync(join(machine.root, odd, 'kscli'))).digest('hex'),
      signers: [KEY, `valid-before="21000101" ${KEY}`],
    });
  });

  test('goes with the kscli that it names', async () => {
    using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
    await install(machine, '--from mirror -q', { shell });
    await install(machine, '--uninstall -q --dir elsewhere', { shell });
    expect(existsSync(findReceipt(machine))).toBe(true);
    writeFileSync(join(machine.dir, 'kscli.previous'), 'the one before');
    expect(await install(machine, '--uninstall -q', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --uninstall -q
      exit 0
      - <root>/home/.config/kscli/kscli.receipt.json
      - <root>/home/.local/bin/kscli
      - <root>/home/.local/bin/kscli.previous"
    `);
  });
});

test('lies beside the config file, wherever that is', async () => {
  using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
  expect(
    await install(machine, '--from mirror -q', { env: { KSCLI_CONFIG: 'team/kscli.json' } }),
  ).toMatchInlineSnapshot(`
    "$ KSCLI_CONFIG=team/kscli.json install.sh --from mirror -q
    exit 0
    + <root>/home/.local/bin/kscli
    + <root>/team/kscli.receipt.json"
  `);
});

test('that cannot be written is a warning', async () => {
  using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
  writeFileSync(join(machine.home, '.config'), 'a file');
  expect(await install(machine, '--from mirror -q')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror -q
    ! Warning: <root>/home/.config/kscli/kscli.receipt.json could not be written.
    !   kscli upgrade will not know where this kscli came from.
    exit 0
    + <root>/home/.local/bin/kscli"
  `);
});

test('holds no password of the source', async () => {
  using machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
  using mirror = serveMirror(machine.mirror);
  await install(machine, `--url ${mirror.url.replace('//', '//user:secret@')} -q`);
  expect(JSON.parse(readFileSync(findReceipt(machine), 'utf8')).source).toBe(mirror.url);
});
