// Whether what is written gets colors. The one place that decides it.

import type { Env, Sink } from '../world.ts';

/**
 * On a terminal, unless https://no-color.org, CLICOLOR=0 or a dumb terminal speaks against it; anywhere, where FORCE_COLOR
 * or CLICOLOR_FORCE (https://bixense.com/clicolors) asks for it.
 */
export function hasColor({ isTerminal }: Pick<Sink, 'isTerminal'>, env: Env): boolean {
  if (isWanted(env['FORCE_COLOR']) || isWanted(env['CLICOLOR_FORCE'])) return true;
  return isTerminal && !env['NO_COLOR'] && env['CLICOLOR'] !== '0' && env['TERM'] !== 'dumb';
}

function isWanted(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value);
}
