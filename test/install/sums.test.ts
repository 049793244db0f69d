// SHA256SUMS decides what is installed: what it does not list, or lists otherwise, is refused.

import { describe, expect, test } from 'bun:test';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeMachine, makeMachineWithMirror } from './machine.ts';
import { addRelease } from './release.ts';
import { install } from './run.ts';
import { SHELLS } from './shells.ts';

const ARCHIVE = 'kscli-9.9.9-linux-x64.tar.gz';

describe.each(SHELLS)('$name', ({ shell }) => {
  test('a sum that does not match', async () => {
    using machine = makeMachineWithMirror();
    appendFileSync(join(machine.mirror, ARCHIVE), 'x');
    expect(await install(machine, '--from mirror', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror
      ! Fetching kscli-9.9.9-linux-x64.tar.gz from <root>/mirror
      ! Error: The SHA-256 of kscli-9.9.9-linux-x64.tar.gz from <root>/mirror is wrong.
      !   It should be <sha256>
      !   and is        <sha256>
      !   The file was cut short, damaged or exchanged. Nothing of it was used. Fetch it again.
      exit 5"
    `);
  });

  test('a platform or a version that is not listed', async () => {
    using machine = makeMachineWithMirror({ platforms: ['linux-arm64', 'darwin-arm64'] });
    expect(await install(machine, '--from mirror', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror
      ! Error: SHA256SUMS from <root>/mirror does not list kscli for linux-x64.
      !   It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:
      !     kscli-9.9.9-darwin-arm64.tar.gz
      !     kscli-9.9.9-linux-arm64.tar.gz
      exit 4"
    `);
    expect(await install(machine, '--from mirror --version 1.0.0', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror --version 1.0.0
      ! Error: SHA256SUMS from <root>/mirror does not list kscli 1.0.0 for linux-x64.
      !   It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:
      !     kscli-9.9.9-darwin-arm64.tar.gz
      !     kscli-9.9.9-linux-arm64.tar.gz
      exit 4"
    `);
  });
});

test('no SHA256SUMS beside the archive', async () => {
  using machine = makeMachineWithMirror();
  rmSync(join(machine.mirror, 'SHA256SUMS'));
  expect(await install(machine, `--from mirror/${ARCHIVE}`)).toMatchInlineSnapshot(`
    "$ install.sh --from mirror/kscli-9.9.9-linux-x64.tar.gz
    ! Error: There is no SHA256SUMS in <root>/mirror.
    !   SHA256SUMS and the archive must lie there together.
    exit 4"
  `);
});

test('the archive of another machine', async () => {
  using machine = makeMachineWithMirror();
  expect(await install(machine, '--from mirror/kscli-9.9.9-linux-arm64.tar.gz')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror/kscli-9.9.9-linux-arm64.tar.gz
    ! Error: kscli-9.9.9-linux-arm64.tar.gz is not an archive of kscli for this machine.
    !   It should be kscli-<version>-linux-x64.tar.gz, by the name that it has in the release.
    exit 4"
  `);
});

test('names that lead out of the directory are not names', async () => {
  using machine = makeMachine();
  const names = [
    ...['../x', '/etc/passwd', `../${ARCHIVE}`, `/tmp/${ARCHIVE}`, `sub/${ARCHIVE}`, `${ARCHIVE}/../x`],
    ...['kscli-9.9.9;id-linux-x64.tar.gz', 'kscli-../../9.9.9-linux-x64.tar.gz', `${ARCHIVE}.sh`],
  ];
  const lines = names.map((name) => `${'a'.repeat(64)}  ${name}\n`);
  writeFileSync(join(machine.mirror, 'SHA256SUMS'), lines.join(''));
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: SHA256SUMS from <root>/mirror does not list kscli for linux-x64.
    !   It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:
    !     kscli-9.9.9-linux-x64.tar.gz.sh
    exit 4"
  `);
  expect(await install(machine, '--from mirror --version 9.9.9')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --version 9.9.9
    ! Error: SHA256SUMS from <root>/mirror does not list kscli 9.9.9 for linux-x64.
    !   It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:
    !     kscli-9.9.9-linux-x64.tar.gz.sh
    exit 4"
  `);
  expect(await install(machine, '--from mirror --version ../9.9.9')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --version ../9.9.9
    ! Error: The version must look like 2.0.0, not: ../9.9.9
    exit 64"
  `);
  addRelease(machine.mirror);
  expect(await install(machine, '--from mirror --quiet')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror --quiet
    exit 0
    + <root>/home/.config/kscli/kscli.receipt.json
    + <root>/home/.local/bin/kscli"
  `);
});

test('two sums for one archive, and a web page in the place of SHA256SUMS', async () => {
  using machine = makeMachineWithMirror();
  appendFileSync(join(machine.mirror, 'SHA256SUMS'), `${'b'.repeat(64)}  ${ARCHIVE}\n`);
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: SHA256SUMS lists kscli-9.9.9-linux-x64.tar.gz with more than one sum.
    !   It is from <root>/mirror. It cannot be trusted.
    exit 5"
  `);
  writeFileSync(join(machine.mirror, 'SHA256SUMS'), '<html>Please sign in</html>\n');
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Error: SHA256SUMS from <root>/mirror lists no archive of kscli.
    !   It may be a web page, as of a login or a proxy, or belong to something else.
    exit 4"
  `);
});
