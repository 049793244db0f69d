// kscli login on the compiled binary at a real terminal: the key is typed unseen, and the terminal is as it was.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TENANT, USER } from '../backend/server.ts';
import { BINARY, createSite, type Site } from '../binary.ts';
import { hasTool, testWhere } from '../where.ts';

let machine: Site;
let key: string;
beforeEach(() => {
  machine = createSite();
  key = machine.backend.apiKeys.create({ userId: USER, tenantId: TENANT });
});
afterEach(() => machine.remove());

test('at a terminal the key is typed unseen, corrected, and the terminal is as it was', async () => {
  const asked = `API key for ${new URL(machine.backend.url).host} (it is not shown): \r\n`;
  const done = `Logged in successfully (${machine.backend.url}).\r\n`;
  for (const typed of [`${key}\r`, `${key}\n`, `x\x7f${key}\r`, `wrong\x15${key}\r`, `\x1b[A${key}\x04`, ` ${key} \r`])
    expect({ typed, ...(await machine.runInTerminal('login', typed)) }).toEqual({
      typed,
      exit: 0,
      shown: asked + done,
    });
  const aborted = await machine.runInTerminal('login', `${key}\x03`);
  expect(aborted).toEqual({ exit: 130, shown: `${asked}Aborted.\r\n` });
  const nothing = await machine.runInTerminal('login', '\r');
  expect(nothing.exit).toBe(64);
  expect(nothing.shown).toContain('The API key from the prompt is empty');
});

testWhere(hasTool('stty'), 'stty', 'however the question ends, the terminal echoes again', async () => {
  for (const typed of ['\x03', '\x1c', '\r', `${key}\r`]) {
    const script = `trap : INT; before=$(stty -a); "${BINARY}" login; [ "$before" = "$(stty -a)" ] && echo same`;
    const shown = await inTerminal(['/bin/sh', '-c', script], (self) => self.write(typed));
    expect(shown).toEndWith('same\r\n');
  }
  for (const signal of ['TERM', 'HUP']) {
    // The shell tells its own process, which kscli becomes in a child.
    const script = `before=$(stty -a); sh -c 'echo $$ >&3; exec "${BINARY}" login' 3>pid; [ "$before" = "$(stty -a)" ] && echo same`;
    const shown = await inTerminal(['/bin/sh', '-c', script], () => {
      process.kill(Number(readFileSync(join(machine.home, 'pid'), 'utf8')), `SIG${signal}`);
    });
    expect(shown).toContain('same\r\n');
  }
});

/** @param act once the key is asked for */
async function inTerminal(command: string[], act: (self: Bun.Terminal) => void): Promise<string> {
  let shown = '';
  const data = (self: Bun.Terminal, bytes: Uint8Array) => {
    const isAsked = shown.includes('shown): ');
    shown += Buffer.from(bytes).toString();
    if (!isAsked && shown.includes('shown): ')) act(self);
  };
  const env = { ...machine.env, TERM: 'xterm' };
  const child = Bun.spawn(command, { cwd: machine.home, env, terminal: { cols: 80, rows: 24, data } });
  await child.exited;
  child.terminal?.close();
  return shown;
}
