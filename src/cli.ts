// The real world. The only file of the program that touches `process`.

import { EXIT } from './errors.ts';
import { writeAll } from './files/write-all.ts';
import { rootHelp } from './root-help.ts' with { type: 'macro' };
import { versionLine } from './version.ts';
import type { Sink, World } from './world.ts';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

let isLeaving = false;
let lastWords: () => readonly string[] = () => [];

const world: World = {
  env: process.env,
  get home() {
    return homeDirectory();
  },
  platform: process.platform,
  executable: process.execPath,
  userId: process.geteuid?.(),
  machine: async () => (await import('./files/machine.ts')).nameMachine(process.geteuid?.(), process.env),
  fetch,
  probe: async () => {
    // The variable makes the runtime say that TLS is insecure, which is untrue here.
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    return (await import('./http/probe.ts')).probe;
  },
  now: Date.now,
  elapsed: () => performance.now(),
  sleep: Bun.sleep,
  onInterrupt: (tell) => {
    lastWords = tell;
    // Without last words there is no need to be asked: the system ends the process.
    endOn('SIGTERM', EXIT.terminated);
  },
  become: async (program) => (await import('./files/program.ts')).becomeProgram(program, process),
  capture: async (program, bounds) => (await import('./files/capture.ts')).captureProgram(program, bounds, process),
  leaveBehind: () => {
    isLeaving = true;
  },
  stdin: {
    get isTerminal() {
      return isTerminal(STDIN);
    },
    pieces: () => Bun.stdin.stream(),
    line: async () => (await import('./terminal/read-line.ts')).readLine(),
    secret: async (ask) => (await import('./terminal/read-secret.ts')).readSecret(ask, process),
  },
  stdout: sink(STDOUT, () => process.stdout.columns),
  stderr: sink(STDERR, () => process.stderr.columns),
};

/** Answered before anything is loaded. The help is a text since the build. */
const [HELP, VERSION] = [rootHelp(), versionLine()]; // A constant would stand in each place that names it.
const INSTANT: ReadonlyMap<string | undefined, string> = new Map([
  ['--version', VERSION],
  ['version', VERSION],
  ['-v', VERSION],
  ['-V', VERSION],
  ['--help', HELP],
  ['help', HELP],
  ['-h', HELP],
  [undefined, HELP],
]);

// Not process.exit: it would cut off what is still being written.
process.exitCode = await exitCodeFor(process.argv.slice(2));
// By now each write has been waited for.
if (isLeaving) process.exit();

async function exitCodeFor(argv: readonly string[]): Promise<number> {
  const instant = argv.length < 2 ? INSTANT.get(argv[0]) : undefined;
  const isFit = instant !== HELP || hasRoomForHelp();
  if (instant !== undefined && isFit && (await tryPrint(instant))) return EXIT.success;
  if (argv.length === 1 && argv[0] === 'prompt') {
    const { composePrompt } = await import('./commands/prompt.ts');
    if (await tryPrint(await composePrompt(world))) return EXIT.success;
  }
  endOn('SIGINT', EXIT.aborted);
  const { main } = await import('./main.ts');
  return main(argv, world);
}

/** Whether the text keeps to the terminal; if not, main wraps it. */
function hasRoomForHelp(): boolean {
  // Bun knows from its own start whether an output may be a terminal: asking for more would load node:fs.
  if (!Bun.enableANSIColors && process.env['NO_COLOR'] === undefined) return true;
  const { columns } = world.stdout;
  return columns === undefined || HELP.split('\n').every(({ length }) => length <= columns);
}

/** At once, wherever it is: files are replaced in one step and locks end with the process, so nothing is half done. */
function endOn(signal: 'SIGINT' | 'SIGTERM', code: number): void {
  process.once(signal, () => {
    try {
      // At a terminal the line already shows ^C, and perhaps a question or the progress of an upload.
      writeNow(STDERR, [isTerminal(STDERR) ? '\nAborted.' : 'Aborted.', ...lastWords(), ''].join('\n'));
    } finally {
      // Also where nobody can be told.
      process.exit(code);
    }
  });
}

function writeNow(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += builtin('node:fs').writeSync(descriptor, bytes, at);
}

/** A failure here is told by main, which tries again. */
async function tryPrint(text: string): Promise<boolean> {
  try {
    await world.stdout.write(text);
    return true;
  } catch {
    return false;
  }
}

function sink(descriptor: number, columns: () => number | undefined): Sink {
  return {
    get isTerminal() {
      return isTerminal(descriptor);
    },
    get columns() {
      // A terminal that nobody gave a size has 0.
      return (this.isTerminal && columns()) || undefined;
    },
    write: (data) => writeAll(descriptor, data, () => builtin('node:fs')),
  };
}

/** Asks the cheap questions first: loading node:tty takes longer than everything else before a request. */
function isTerminal(descriptor: number): boolean {
  const { fstatSync, statSync } = builtin('node:fs');
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isCharacterDevice() || stats.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev)
      return false;
    return builtin('node:tty').isatty(descriptor);
  } catch {
    return false; // Windows cannot describe every handle that a parent process made.
  }
}

function homeDirectory(): string | undefined {
  try {
    // As node:os does it, which takes longer to load than to ask.
    const named = process.platform === 'win32' ? undefined : process.env['HOME'];
    return named || builtin('node:os').homedir() || undefined;
  } catch {
    return undefined;
  }
}

/** Loaded when first needed: an import costs a third of the time that `--version` takes. */
function builtin<M extends 'node:fs' | 'node:os' | 'node:tty'>(name: M) {
  return process.getBuiltinModule(name);
}
