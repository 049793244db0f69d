// Messages for people, on stderr, through consola. Nothing written here holds a secret or a control character.

import type { ConsolaInstance } from 'consola/core';
import type { World } from '../world.ts';
import type { Secrets } from './redact.ts';
import { stripControls } from './sanitize.ts';

export type Log = {
  error(message: string): Promise<void>;
  /** Plain words, without a prefix. */
  info(message: string): Promise<void>;
  /** The same warning is given once a run. */
  warn(message: string): Promise<void>;
  /** Printed only after showDebug. */
  debug(message: string): Promise<void>;
  showDebug(): void;
};

const PREFIXES: Readonly<Record<string, { word: string; color: number }>> = {
  error: { word: 'Error', color: 31 },
  warn: { word: 'Warning', color: 33 },
  debug: { word: 'Debug', color: 90 },
};

export function createLog(world: World, secrets: Secrets): Log {
  let isDebug = false;
  let consola: ConsolaInstance | undefined;
  let written = Promise.resolve();
  const warned = new Set<string>();
  const write = (type: string, message: string) => {
    const line = `${prefix(type, world)}${secrets.redact(stripControls(message))}\n`;
    written = written.then(() => world.stderr.write(line)).catch(() => undefined);
  };
  const say = async (type: 'error' | 'info' | 'warn' | 'debug', message: string) => {
    consola ??= await openConsola(write);
    consola[type](message);
    await written;
  };
  return {
    error: (message) => say('error', message),
    info: (message) => say('info', message),
    warn: async (message) => {
      if (!warned.has(message)) await say('warn', message);
      warned.add(message);
    },
    debug: async (message) => {
      if (isDebug) await say('debug', message);
    },
    showDebug: () => {
      isDebug = true;
    },
  };
}

/** Loaded with the first message: most runs say nothing. */
async function openConsola(write: (type: string, message: string) => void): Promise<ConsolaInstance> {
  const { createConsola, LogLevels } = await import('consola/core');
  const reporter = { log: ({ type, args }: { type: string; args: unknown[] }) => write(type, String(args[0])) };
  return createConsola({ level: LogLevels.debug, throttle: 0, reporters: [reporter] });
}

function prefix(type: string, world: World): string {
  const row = PREFIXES[type];
  if (row === undefined) return '';
  const { word, color } = row;
  return hasColor(world) ? `\x1b[${color}m${word}:\x1b[0m ` : `${word}: `;
}

/** https://no-color.org: any value that is not empty switches color off. */
function hasColor({ stderr, env }: World): boolean {
  return stderr.isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
