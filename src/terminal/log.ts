// Messages for people, on stderr, through consola. Every line is redacted, stripped and cut, in that order, whatever its
// source.

import type { ConsolaInstance } from 'consola/core';
import type { World } from '../world.ts';
import { hasColor } from './color.ts';
import type { Redactor } from './redact.ts';
import { joinLines } from './sanitize.ts';
import { createStatusLine } from './status.ts';
import { keepWordsOfLines } from './wrap.ts';

/** A line, or several. A line stays a line, whatever it holds. */
export type Message = string | readonly string[];

export type Log = {
  error(message: Message): Promise<void>;
  /** Plain words, without a prefix. */
  info(message: Message): Promise<void>;
  /** The same warning is given once a run. */
  warn(message: Message): Promise<void>;
  /** Printed only after showDebug. */
  debug(message: Message): Promise<void>;
  showDebug(): void;
  /** The last line of a terminal, below every message, until another takes its place or undefined takes it away. */
  status(line: string | undefined): Promise<void>;
  /** Tells how standard output goes on: at a terminal no message begins in the middle of its line. */
  follow(part: string | Uint8Array): void;
  /** Makes a line safe to show, for text that is written beside the log, like a question. */
  present(line: string): string;
};

const PREFIXES: Readonly<Record<string, { word: string; color: number }>> = {
  error: { word: 'Error', color: 31 },
  warn: { word: 'Warning', color: 33 },
  debug: { word: 'Debug', color: 90 },
};

export function createLog(world: World, { redact }: Redactor): Log {
  let isDebug = false;
  let consola: ConsolaInstance | undefined;
  let written = Promise.resolve();
  let isLineOpen = false;
  const warned = new Set<string>();
  const present = (line: string) => cut(dropTail(line, joinLines(redact(limit(line)))));
  const status = createStatusLine(world);
  const put = (text: () => string) => {
    written = written.then(() => world.stderr.write(text())).catch(() => undefined);
    return written;
  };
  const write = (type: string, text: string) => {
    put(() => {
      const start = isLineOpen && world.stdout.isTerminal && world.stderr.isTerminal ? '\n' : '';
      isLineOpen = false;
      return start + status.above(`${compose(type, text, world)}\n`);
    });
  };
  const say = async (type: 'error' | 'info' | 'warn' | 'debug', message: Message) => {
    consola ??= await openConsola(write);
    consola[type]([message].flat().map(present).join('\n'));
    await written;
  };
  return {
    error: (message) => say('error', message),
    info: (message) => say('info', message),
    warn: async (message) => {
      const key = String(message);
      if (warned.has(key)) return;
      warned.add(key);
      await say('warn', message);
    },
    debug: async (message) => {
      if (isDebug) await say('debug', message);
    },
    showDebug: () => {
      isDebug = true;
    },
    status: async (line) => {
      if (status.replace(line === undefined ? '' : present(line))) await put(status.draw);
    },
    follow: (part) => {
      if (part.length > 0) isLineOpen = ![LINE_FEED, '\n'].includes(part.at(-1) ?? '');
    },
    present,
  };
}

const LINE_FEED = 0x0a;

/** UTF-16 units that are looked at, and that are shown: an answer may be one line of megabytes. */
const LOOKED_AT = 64 * 1024;
const SHOWN = 1000;
const LONGEST_WORD = 200;

/** As long as a key is in its longest spelling. */
const LONGEST_SECRET = 1024;

function limit(line: string): string {
  return line.length > LOOKED_AT ? line.slice(0, LOOKED_AT) : line;
}

/** The end of a line that was looked at in part may be the beginning of a secret, which nobody recognizes. */
function dropTail(line: string, shown: string): string {
  return line.length > LOOKED_AT ? shown.slice(0, -LONGEST_SECRET) : shown;
}

/** Before the word that goes too far: half of an id would be another one. */
function cut(line: string): string {
  if (line.length <= SHOWN) return line;
  const blank = line.lastIndexOf(' ', SHOWN);
  return `${line.slice(0, blank > SHOWN - LONGEST_WORD ? blank : SHOWN).toWellFormed()}…`;
}

/** Loaded with the first message: most runs say nothing. */
async function openConsola(write: (type: string, text: string) => void): Promise<ConsolaInstance> {
  const { createConsola, LogLevels } = await import('consola/core');
  const reporter = { log: ({ type, args }: { type: string; args: unknown[] }) => write(type, String(args[0])) };
  return createConsola({ level: LogLevels.debug, throttle: 0, reporters: [reporter] });
}

function compose(type: string, text: string, { stderr, env }: World): string {
  const row = PREFIXES[type];
  if (row === undefined) return keepWordsOfLines(text, stderr.columns);
  const start = `${row.word}:`;
  const shown = keepWordsOfLines(`${start} ${text}`, stderr.columns);
  return hasColor(stderr, env) ? `\x1b[${row.color}m${start}\x1b[0m${shown.slice(start.length)}` : shown;
}
