// Everything outside the program that it may touch, as one value. Tests pass their own; only cli.ts makes the real one.

import type { Probe } from './http/probe.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** A stream. `write` settles once all of it is handed over, and throws the operating system's error. */
export type Sink = {
  write(data: string | Uint8Array): Promise<void>;
  readonly isTerminal: boolean;
  /** Width of the terminal in columns; undefined in a pipe. */
  readonly columns: number | undefined;
};

/** What is typed or piped in. */
export type Source = {
  readonly isTerminal: boolean;
  /** All of it. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** The next line; empty at the end. */
  line(): Promise<string>;
};

export type World = {
  env: Env;
  /** Home directory; undefined where the system knows none. */
  home: string | undefined;
  platform: NodeJS.Platform;
  /** Effective user id; undefined on Windows. */
  userId: number | undefined;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Loaded when needed: only what goes wrong is looked at. */
  probe: () => Promise<Probe>;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Settles after so many milliseconds. */
  sleep: (milliseconds: number) => Promise<void>;
  stdin: Source;
  stdout: Sink;
  stderr: Sink;
};
