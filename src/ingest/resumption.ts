// The command that goes on with a bulk upload, as it would be typed.

import { quoteWord } from '../argv/quote.ts';
import type { Job } from './job.ts';
import { countStates } from './report.ts';

/** Given values by flag: those without one are absent. */
export type Typed = Readonly<Record<string, unknown>>;

/** Nothing where all is done, or no report knows what is. @param session undefined for the unnamed one */
export function describeResumption(jobs: readonly Job[], typed: Typed, session: string | undefined): string[] {
  const { failed, unfinished, planned } = countStates(jobs);
  const { directory, report, resume = report, ...flags } = typed;
  if (failed + unfinished + planned === 0 || resume === undefined) return [];
  const words = Object.entries({ ...flags, resume }).flatMap(toFlag);
  const named = session === undefined ? [] : ['--session', session];
  const line = ['kscli', 'folders', 'bulk-ingest', String(directory), ...words, ...named].map(quoteWord).join(' ');
  return [`To go on: ${line}`];
}

function toFlag([name, value]: [string, unknown]): string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [`--${name}`];
  // Behind an equals sign, one that begins with a dash is no flag.
  return [value].flat().flatMap((one) => (/^-./.test(String(one)) ? [`--${name}=${one}`] : [`--${name}`, String(one)]));
}
