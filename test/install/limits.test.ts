// How much install.sh takes from a mirror before it gives up: nobody fills the disk.

import { describe, expect, test } from 'bun:test';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOWNLOADERS, makeMachineWith } from './downloaders.ts';
import { makeMachineWithMirror, placeKscli } from './machine.ts';
import { serveMirror } from './mirror.ts';
import { install } from './run.ts';
import { SHELLS } from './shells.ts';

const MEBIBYTE = 1024 * 1024;

describe.each([...DOWNLOADERS])('%s', (downloader) => {
  test('SHA256SUMS that never ends', async () => {
    using machine = makeMachineWith(downloader);
    const block = Buffer.alloc(MEBIBYTE, 'a');
    const endless = () => new Response(new ReadableStream({ pull: (stream) => stream.enqueue(block) }));
    using mirror = serveMirror(machine.mirror, { answer: endless });
    expect(await install(machine, `--url ${mirror.url}`)).toMatchInlineSnapshot(`
      "$ install.sh --url http://<server>/kscli
      ! Error: http://<server>/kscli/SHA256SUMS is larger than 1 MiB, or than ulimit -f allows.
      !   Nothing of it was used.
      exit 4"
    `);
  });
});

describe.each(SHELLS)('$name', ({ shell }) => {
  test('SHA256SUMS of 3 MiB', async () => {
    using machine = makeMachineWithMirror();
    writeFileSync(join(machine.mirror, 'SHA256SUMS'), Buffer.alloc(3 * MEBIBYTE, 'a'));
    expect(await install(machine, '--from mirror', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --from mirror
      ! Error: <root>/mirror/SHA256SUMS is larger than 1 MiB, or than ulimit -f allows.
      !   Nothing of it was used.
      exit 4"
    `);
  });
});

test('an archive of more than 256 MiB', async () => {
  using machine = makeMachineWithMirror();
  truncateSync(join(machine.mirror, 'kscli-9.9.9-linux-x64.tar.gz'), 257 * MEBIBYTE);
  expect(await install(machine, '--from mirror')).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Fetching kscli-9.9.9-linux-x64.tar.gz from <root>/mirror
    ! Error: <root>/mirror/kscli-9.9.9-linux-x64.tar.gz is larger than 256 MiB, or than ulimit -f allows.
    !   Nothing of it was used.
    exit 4"
  `);
});

test('a kscli that gets larger than a file may be here, out of a small archive', async () => {
  const zeros = '0'.repeat(2 * MEBIBYTE);
  using machine = makeMachineWithMirror({ platforms: ['linux-x64'], program: `exit 0\n#${zeros}` });
  placeKscli(machine, 'echo old');
  const under = ['/bin/sh', '-c', 'ulimit -f 2048; exec "$@"', 'sh'];
  expect(await install(machine, '--from mirror', { under })).toMatchInlineSnapshot(`
    "$ install.sh --from mirror
    ! Fetching kscli-9.9.9-linux-x64.tar.gz from <root>/mirror
    ! Error: kscli in kscli-9.9.9-linux-x64.tar.gz is larger than 256 MiB, or than ulimit -f allows.
    !   Nothing of it was used.
    exit 4"
  `);
});
