// One program of Windows with a server of its own, for checks of what only Windows has.

import { startBackend, TENANT, USER } from '../backend/server.ts';
import { type Opened, start } from './runners.ts';
import { createWalk } from './walk.ts';

/** Not all of it is in code page 850. */
export const NAME = 'Zürich ŁŃ';

/** @property credentials as this machine sees them @property env of every run */
export type Site = ReturnType<typeof openSite>;
/** What is wrong; undefined where nothing is. */
export type Check = (site: Site) => Promise<string | undefined>;

export function openSite(opened: Opened) {
  const backend = startBackend();
  const { credentials, env: common } = createWalk(opened, backend);
  const env: Record<string, string> = { ...common, KSCLI_TENANT_ID: TENANT, KSCLI_USER_ID: USER };
  const kscli = (...words: string[]) => opened.run(words, env);
  /** @param line with KSCLI where the program stands */
  const toCmd = (line: string) => [
    ...opened.command.slice(0, -1),
    ...['cmd', '/d', '/c', line.replaceAll('KSCLI', opened.command.at(-1) ?? '')],
  ];
  const cmd = (line: string, extra = {}) =>
    start(toCmd(line), { ...opened.environment, ...env, ...extra }, opened.home);
  return { opened, backend, credentials, env, kscli, toCmd, cmd };
}
