// What a journal is to those whose doings it writes down, and what it needs to know of them. Types alone.

import type { Settings, Sources } from '../settings/resolve.ts';
import type { Log } from '../terminal/log.ts';
import type { World } from '../world.ts';
import type { Event } from './line.ts';

/** The session that acts, as far as it is known. */
export type Subject = {
  readonly session?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly userId?: string | undefined;
  readonly reason?: string | undefined;
  readonly ticket?: string | undefined;
};

/** The command that was typed: names alone. @property flags without their dashes */
export type Called = { readonly command: string; readonly flags: readonly string[] };

export type Surroundings = {
  readonly settings: Settings;
  readonly sources: Sources;
  readonly world: World;
  readonly log: Log;
  readonly called: Called;
};

/** A request, as the journal sees it. */
export type Deed = {
  readonly method: string;
  readonly path: string;
  /** Names alone. */
  readonly query: readonly string[];
  readonly isRead: boolean;
  /** Of an exchange. */
  readonly event: 'session.start' | 'session.refresh' | undefined;
  /** Bytes. */
  readonly sent: number;
};

/** @property pieces of one that is still to come: nobody knows its length */
export type Answer = {
  readonly status: number;
  readonly body: Uint8Array | string;
  readonly pieces?: AsyncIterable<Uint8Array>;
};

export type Other = Exclude<Event, 'file.open' | 'request' | 'request.intent' | 'session.refresh'>;

export type Journal = {
  /** Sends it, and writes that down. @param started where it is on its way already, on the clock of `world.elapsed` @throws Failure 'journal' where a journal is required and cannot be written, and as `transmit` */
  readonly send: <A extends Answer>(deed: Deed, transmit: () => Promise<A>, started?: number) => Promise<A>;
  /** Before it is done. @throws Failure 'journal' where a journal is required, for what hands something out */
  readonly note: (event: Other, request?: Pick<Deed, 'method' | 'path'>) => Promise<void>;
};
