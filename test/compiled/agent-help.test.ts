// agent-help on the compiled binary, where the build has put the surface.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listDetails } from '../../src/agent/details.ts';
import { listUsages } from '../../src/agent/usages.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { createMachine, type Machine } from '../binary.ts';

let machine: Machine;
beforeEach(() => {
  machine = createMachine();
});
afterEach(() => machine.remove());

test('what the build has put in is what the sources say', async () => {
  const { stdout } = await machine.run('agent-help -f json');
  expect(JSON.parse(stdout).commands).toEqual(await listDetails(COMMANDS));
  const lines = (await machine.run('agent-help')).stdout.split('\n').slice(0, -1);
  expect(lines.filter((line) => line.startsWith('kscli '))).toEqual(await listUsages(COMMANDS));
});

test('a broken config, a session that cannot be and a pipe in place of the credentials are told, and nothing waits', async () => {
  const config = join(machine.home, '.config/kscli/config.json');
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(config, '{', { mode: 0o600 });
  await machine.shell('mkdir -m 700 state && mkfifo -m 600 state/.credentials');
  const { exit, stdout, stderr } = await machine.run('agent-help -f json sessions', { KSCLI_SESSIO: 'acme' });
  expect([exit, stderr]).toEqual([0, '']);
  const { state } = JSON.parse(stdout);
  expect({
    ...state,
    problems: state.problems.map((line: string) => line.replaceAll(machine.home, '~')),
  }).toMatchInlineSnapshot(`
    {
      "base_url": "https://api.knowledgestack.ai",
      "expires_at": null,
      "lease_until": null,
      "problems": [
        "The config file ~/.config/kscli/config.json is not valid JSON: expected a key in double quotes at line 1, column 2",
        "KSCLI_SESSIO is no setting of kscli",
        "Did you mean KSCLI_SESSION? Correct or remove it.",
        "The credentials file is refused: ~/state/.credentials is not a regular file.",
      ],
      "read_only": false,
      "session": null,
      "state": "unreadable",
      "tenant_id": null,
      "user_id": null,
    }
  `);
  for (const line of ['agent-help', 'agent-help folders', 'agent-help --index'])
    expect(await machine.run(line, { KSCLI_SESSION: '../x' })).toMatchObject({ exit: 0, stderr: '' });
});
