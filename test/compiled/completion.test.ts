// Completion as it is used: keys typed into real shells, which ask the compiled binary.

import { afterAll, afterEach, beforeAll, expect } from 'bun:test';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINARY, createMachine, type Machine } from '../binary.ts';
import { hasTool, testWhere } from '../where.ts';

let machine: Machine;
let bin: string;
let files: string;
beforeAll(() => {
  machine = createMachine();
  bin = join(machine.home, 'bin');
  files = join(machine.home, 'files');
  mkdirSync(bin);
  mkdirSync(join(files, 'sub dir'), { recursive: true });
  symlinkSync(BINARY, join(bin, 'kscli'));
  writeFileSync(join(files, 'annual report.pdf'), '');
  writeFileSync(join(machine.home, '.bashrc'), `PS1='READY> '; source <(kscli completion bash)\n`);
  writeFileSync(
    join(machine.home, '.zshrc'),
    `PS1='READY> '; autoload -U compinit; compinit -u -D; source <(kscli completion zsh)\n`,
  );
});
afterEach(async () => {
  for (const shell of running.splice(0)) {
    shell.kill('SIGKILL');
    await shell.exited;
    shell.terminal?.close();
  }
});
afterAll(() => machine.remove());

/** Shells of the test that runs. */
const running: Bun.Subprocess[] = [];

const SHELLS = {
  bash: ['bash', '--noprofile', '-i'],
  zsh: ['zsh', '-i'],
  fish: [
    'fish',
    '--no-config',
    '-i',
    '-C',
    "kscli completion fish | source; function fish_prompt; echo 'READY> '; end; set fish_greeting",
  ],
} as const;

type Session = {
  /** All that was shown until the text came. */
  waitFor(text: string): Promise<string>;
  type(keys: string): void;
};

function startShell(name: keyof typeof SHELLS): Session {
  let shown = '';
  let onData = () => {};
  const decoder = new TextDecoder();
  const data = (_terminal: Bun.Terminal, bytes: Uint8Array) => {
    shown += decoder.decode(bytes, { stream: true });
    onData();
  };
  const env = { HOME: machine.home, PATH: `${bin}:/usr/bin:/bin`, TERM: 'xterm', LC_ALL: 'C.UTF-8' };
  const child = Bun.spawn([...SHELLS[name]], { cwd: files, env, terminal: { cols: 120, rows: 60, data } });
  running.push(child);
  return {
    waitFor: (text) =>
      new Promise((resolve) => {
        onData = () => {
          const end = shown.indexOf(text);
          if (end === -1) return;
          const before = shown.slice(0, end + text.length);
          shown = shown.slice(end + text.length);
          onData = () => {};
          resolve(before);
        };
        onData();
      }),
    type: (keys) => child.terminal?.write(keys),
  };
}

const KILL_LINE = '\x15';
const TO_START = '\x01';

/** Keys, Tab at their end, and the words that stand in the line then. */
const CASES: readonly (readonly [keys: string, words: readonly string[]])[] = [
  ['kscli fol\t', ['folders']],
  ['kscli folders cr\t', ['folders', 'create']],
  ['kscli chunks search --no-act\t', ['chunks', 'search', '--no-active-version-only']],
  ['kscli documents create --type PD\t', ['documents', 'create', '--type', 'PDF']],
  ['kscli documents create --type=PD\t', ['documents', 'create', '--type=PDF']],
  ['kscli -f json features \t', ['-f', 'json', 'features', 'describe']],
  ["kscli api -F 'a b' --inc\t", ['api', '-F', 'a b', '--include']],
  ['kscli documents ingest --file ann\t', ['documents', 'ingest', '--file', 'annual report.pdf']],
  ['kscli documents ingest --file=ann\t', ['documents', 'ingest', '--file=annual report.pdf']],
  ['kscli folders bulk-ingest \t', ['folders', 'bulk-ingest', 'sub dir']],
  ['kscli folders describe ann\t', ['folders', 'describe', 'ann']],
  ['kscli folders describe \t', ['folders', 'describe']],
];

for (const name of ['bash', 'zsh', 'fish'] as const) {
  testWhere(hasTool(name), name, `${name} completes commands, flags, values, files and directories`, async () => {
    const shell = startShell(name);
    await shell.waitFor('READY> ');
    for (const [keys, words] of CASES) {
      // The shell itself says which words it sees; zsh takes the last slash of a directory away again.
      shell.type(`${keys}${TO_START}printf '<%s>' \r`);
      await shell.waitFor('<kscli>');
      const rest = await shell.waitFor('READY> ');
      const seen = [...rest.matchAll(/<([^<>]*)>/g)].map(([, word = '']) => word.replace(/\/$/, ''));
      expect({ keys, words: seen }).toEqual({ keys, words: [...words] });
    }
  });

  testWhere(hasTool(name), name, `${name} lists commands without flags, and flags after a dash`, async () => {
    const shell = startShell(name);
    await shell.waitFor('READY> ');
    const list = async (keys: string) => {
      // Bash completes at the first Tab, and lists at the second one that completes nothing.
      shell.type(`${keys}\t\t\t${KILL_LINE}printf '<%s>' end\r`);
      const shown = Bun.stripANSI(await shell.waitFor('<end>'));
      await shell.waitFor('READY> ');
      return shown;
    };
    const commands = await list('kscli folders ');
    expect(commands).toContain('bulk-ingest');
    expect(commands).not.toContain('--base-url');
    const flags = await list('kscli users update -');
    expect(flags).toContain('--default-tenant-id');
    expect(flags).toContain('--version');
    if (name !== 'bash') {
      expect(commands).toContain('Upload a directory with its files and folders');
      expect(flags).toContain('Show the version');
    }
  });
}
