// The tools that install.sh needs: what it says where one is missing, and that any one of a kind is enough.

import { expect, test } from 'bun:test';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasTool, testWhere } from '../where.ts';
import { makeMachineWithMirror, removeTools } from './machine.ts';
import { install } from './run.ts';

const HASHERS = ['sha256sum', 'shasum', 'openssl'];

test('curl and wget missing', async () => {
  using machine = makeMachineWithMirror();
  removeTools(machine, 'curl', 'wget');
  expect(await install(machine, '--url http://127.0.0.1:1')).toMatchInlineSnapshot(`
    "$ install.sh --url http://<server>
    ! Error: curl and wget are both missing.
    !   Install curl or GNU wget, or carry the release over and use --from.
    exit 3"
  `);
});

test('sha256sum, shasum and openssl missing', async () => {
  using machine = makeMachineWithMirror();
  removeTools(machine, ...HASHERS);
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: sha256sum, shasum and openssl are all missing.
    !   Install one of them. Nothing is installed unverified.
    exit 3"
  `);
});

test('tar missing', async () => {
  using machine = makeMachineWithMirror();
  removeTools(machine, 'tar');
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: tar is missing.
    !   Install tar.
    exit 3"
  `);
});

for (const hasher of HASHERS) {
  testWhere(hasTool(hasher), hasher, `${hasher} alone is enough, and finds a wrong sum`, async () => {
    using machine = makeMachineWithMirror();
    removeTools(machine, ...HASHERS.filter((name) => name !== hasher));
    expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      exit 0
      + <root>/home/.config/kscli/kscli.receipt.json
      + <root>/home/.local/bin/kscli"
    `);
    appendFileSync(join(machine.mirror, 'kscli-9.9.9-linux-x64.tar.gz'), 'x');
    expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --quiet
      ! Error: The SHA-256 of kscli-9.9.9-linux-x64.tar.gz from <root>/mirror is wrong.
      !   It should be <sha256>
      !   and is        <sha256>
      !   The file was cut short, damaged or exchanged. Nothing of it was used. Fetch it again.
      exit 5"
    `);
  });
}
