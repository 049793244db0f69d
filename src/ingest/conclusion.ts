// The last words of a bulk upload on stderr: what could not be compared, the summary, and the next command.

import type { Format } from '../schema/formats.ts';
import type { Job } from './job.ts';
import { describeLeftOut, type Ignored, summarize } from './report.ts';
import type { Run } from './run.ts';

/** Formats that tell the summary on stdout. */
const WITH_SUMMARY: readonly Format[] = ['table', 'json', 'yaml'];

/** The line under the table. */
export async function conclude(jobs: readonly Job[], ignored: Ignored, run: Run): Promise<string> {
  const { log, settings } = run.context;
  await warnOfIncomparable(run);
  const leftOut = describeLeftOut(ignored);
  const footer = log.present([summarize(jobs, run.isDryRun), leftOut ?? []].flat().join(', '));
  if (!WITH_SUMMARY.includes(settings.format)) await log.info(footer);
  else if (leftOut && settings.format !== 'table') await log.info(capitalize(leftOut));
  return footer;
}

async function warnOfIncomparable({ incomparable, isDryRun, context: { log } }: Run): Promise<void> {
  const [first] = incomparable;
  if (first === undefined) return;
  const others = incomparable.length - 1;
  const [what, sent] =
    others > 0 ? [`${first.path} and ${others} others`, 'new versions'] : [first.path, 'a new version'];
  const why = 'could not be compared, since the server keeps no SHA-256 of what is there';
  await log.warn(`${what} ${why}. Sent as ${sent}${isDryRun ? ' without --dry-run' : ''}.`);
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
