// A program of Windows at a console, under Wine: questions, Ctrl-C, code pages.

import { type Check, NAME, type Site } from './site.ts';

export const CONSOLE_CHECKS: Readonly<Record<string, Check>> = {
  'code page 850 changes no character of a console': async (site) => {
    const { shown } = await atConsole(site, site.toCmd('chcp 850 >nul & KSCLI tags list -f id-only & KSCLI tags list'));
    return shown.includes(NAME) ? undefined : shown;
  },
  'a question waits for its answer: a no changes nothing': (site) => answer(site, 'n', 1, 0),
  'a question waits for its answer: a yes is heard': (site) => answer(site, 'y', 0, 1),
  'Ctrl-C ends a command that waits': async (site) => {
    const held = site.backend.hold('GET /v1/users/me');
    const words = [...site.opened.command, 'whoami', '--timeout', '30'];
    const { exit, shown } = await atConsole(site, words, held.reached, '\x03');
    held.release();
    return exit === 130 ? undefined : `exit ${exit}: ${shown}`;
  },
};

async function answer(site: Site, typed: string, wanted: number, deletes: number): Promise<string | undefined> {
  const made = await site.kscli('tags', 'create', '--name', `to be ${typed}`, '--color', '#00ff00', '-f', 'id-only');
  const id = made.stdout.trim();
  const { exit, shown } = await atConsole(site, [...site.opened.command, 'tags', 'delete', id], '[y/N]', `${typed}\r`);
  const deleted = site.backend.count(`DELETE /v1/tags/${id}`);
  return exit === wanted && deleted === deletes ? undefined : `exit ${exit}, ${deleted} deletes: ${shown}`;
}

/** What is typed comes once the words are shown, or something has happened. */
async function atConsole(
  { opened, env }: Site,
  command: readonly string[],
  until: string | Promise<void> = '',
  typed = '',
): Promise<{ exit: number; shown: string }> {
  let shown = '';
  let awaited = typeof until === 'string' ? until : '';
  const decoder = new TextDecoder();
  const child = Bun.spawn([...command], {
    env: { ...opened.environment, ...env, TERM: 'xterm' },
    terminal: {
      cols: 200,
      rows: 40,
      data: (terminal, bytes) => {
        shown += decoder.decode(bytes, { stream: true });
        if (awaited === '' || !shown.includes(awaited)) return;
        // A key that comes before Wine has taken the terminal over is another one, and shown as such.
        awaited = '^J';
        shown = shown.replaceAll('^J', '');
        terminal.write(typed);
      },
    },
  });
  if (typeof until !== 'string') {
    await Promise.race([until, child.exited]);
    if (child.exitCode === null) child.terminal?.write(typed);
  }
  const exit = await child.exited;
  child.terminal?.close();
  return { exit, shown: shown.slice(-600) };
}
