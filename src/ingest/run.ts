// What all files of one bulk upload share.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import type { Given } from '../schema/operations.ts';
import type { Job } from './job.ts';
import type { Report } from './record.ts';
import type { Server } from './server.ts';

export const IF_EXISTS = ['skip', 'version', 'fail', 'compare'] as const;

export type Run = {
  /** Uploads at the same time. */
  readonly parallel: number;
  /** Whether a wait follows: then each upload's ids are told as soon as they are known. */
  readonly isWaiting: boolean;
  readonly isDryRun: boolean;
  /** What becomes of a file of which a document of the same name is there. */
  readonly ifExists: (typeof IF_EXISTS)[number];
  /** Failures after which no other file is begun. */
  readonly maxFailures: number;
  /** Sent with every file. */
  readonly options: Given;
  readonly server: Server;
  readonly report: Report;
  readonly session: Session;
  readonly context: Context;
  /** Files that could not be compared: the server keeps no hash of what is there. */
  readonly incomparable: Job[];
};
