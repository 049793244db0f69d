// install.sh --uninstall: kscli goes, and nothing else.

import { describe, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeMachineWithMirror, placeKscli } from './machine.ts';
import { install } from './run.ts';
import { SHELLS } from './shells.ts';

describe.each(SHELLS)('$name', ({ shell }) => {
  test('--uninstall removes kscli alone, and speaks of credentials that remain', async () => {
    using machine = makeMachineWithMirror();
    placeKscli(machine, 'echo kscli 9.9.9');
    for (const name of ['other', 'kscli.tmp', 'kscli.notes.tmp']) writeFileSync(join(machine.dir, name), 'stays');
    writeFileSync(join(machine.dir, 'kscli.0123456789abcdef.tmp'), 'of an upgrade');
    writeFileSync(join(machine.root, 'credentials'), '{}');
    const env = { KSCLI_CREDENTIALS_PATH: 'credentials' };
    expect(await install(machine, '--uninstall --dry-run', { shell, env })).toMatchInlineSnapshot(`
      "$ KSCLI_CREDENTIALS_PATH=credentials install.sh --uninstall --dry-run
      Would remove <root>/home/.local/bin/kscli
      Nothing was changed.
      ! Warning: Credentials remain in credentials.
      !   kscli logout removes them. Or delete that file yourself.
      exit 0"
    `);
    expect(await install(machine, '--uninstall', { shell, env })).toMatchInlineSnapshot(`
      "$ KSCLI_CREDENTIALS_PATH=credentials install.sh --uninstall
      ! Warning: Credentials remain in credentials.
      !   kscli logout removes them. Or delete that file yourself.
      ! Removed <root>/home/.local/bin/kscli
      exit 0
      - <root>/home/.local/bin/kscli
      - <root>/home/.local/bin/kscli.0123456789abcdef.tmp"
    `);
    expect(await install(machine, '--uninstall', { shell })).toMatchInlineSnapshot(`
      "$ install.sh --uninstall
      ! There is no kscli in <root>/home/.local/bin. Nothing was removed.
      exit 0"
    `);
  });
});
