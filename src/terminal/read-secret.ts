// The next line that is typed at a terminal, with the terminal's echo off. However it ends, the terminal is as it was.

const ENTER = /[\r\n\x04]/;
/** Ctrl-C and Ctrl-\, which are bytes like others while the terminal is raw. */
const ABORT = /[\x03\x1c]/;
const ERASE = ['\x7f', '\b'];
/** Ctrl-U and Ctrl-W: a key is one word. */
const ERASE_ALL = ['\x15', '\x17'];
/** Arrows, and what some terminals put around a paste. */
const SEQUENCES = /\x1b(?:\[[0-9;]*[ -/]*[@-~]|O.|.)?/g;

/** What ends the process from outside, and by which exit code: the shell's own. */
const ENDINGS = { SIGTERM: 143, SIGHUP: 129 } as const;

/** Empty at the end. @param ask once the echo is off @param host the process, whose handler for Ctrl-C is called */
export async function readSecret(ask: () => Promise<void>, host: NodeJS.Process): Promise<string> {
  const { stdin } = host;
  const { promise, resolve } = Promise.withResolvers<string>();
  let typed = '';
  const restore = () => {
    stdin.setRawMode(false);
  };
  const end = () => {
    stdin.off('data', take).off('end', end).off('error', end).pause();
    restore();
    host.off('exit', restore);
    for (const { signal, leave } of endings) host.off(signal, leave);
    resolve(typed);
  };
  const endings = Object.entries(ENDINGS).map(([signal, code]) => ({ signal, leave: () => host.exit(code) }));
  const take = (piece: Buffer) => {
    const text = piece.toString();
    if (ABORT.test(text)) {
      restore();
      host.emit('SIGINT', 'SIGINT');
    }
    const [line = '', ...rest] = text.split(ENTER);
    typed = edit(typed, line);
    if (rest.length > 0) end();
  };
  host.once('exit', restore);
  for (const { signal, leave } of endings) host.once(signal, leave);
  stdin.setRawMode(true);
  await ask();
  stdin.on('data', take).once('end', end).once('error', end).resume();
  return promise;
}

function edit(before: string, typed: string): string {
  let text = before;
  for (const character of typed.replace(SEQUENCES, '')) {
    if (ERASE.includes(character)) text = text.slice(0, -1);
    else if (ERASE_ALL.includes(character)) text = '';
    else text += character;
  }
  return text;
}
