// kscli folders bulk-ingest: a directory becomes folders and documents. What the target holds already is left alone.

import { defineCommand } from '../../argv/command.ts';
import { openSession } from '../../auth/session.ts';
import { Failure } from '../../errors.ts';
import { filesUnder } from '../../files/walk.ts';
import { type Job, jobsFor, runJobs } from '../../ingest/jobs.ts';
import { createTarget } from '../../ingest/target.ts';
import { WAIT } from '../../ingest/upload.ts';
import { asRecord, type JsonObject, nonEmptyString } from '../../json/value.ts';
import { flag, integer, text, uuid } from '../../schema/fields.ts';
import type { Format } from '../../schema/formats.ts';
import { createProgress } from '../../terminal/progress.ts';

export const bulkIngest = defineCommand({
  flags: {
    'folder-id': uuid('Parent folder'),
    'path-part-id': uuid('Parent path part'),
    extensions: text('File extensions, separated by commas', { default: '.pdf,.docx', placeholder: 'list' }),
    'dry-run': flag('Show what would be uploaded, and upload nothing'),
    parallel: integer('Uploads at the same time', { min: 1, max: 32, default: 4 }),
    ...WAIT,
  },
  args: { directory: text('Directory to upload', { required: true, placeholder: 'directory' }) },
  constraints: { oneOf: [['folder-id', 'path-part-id']] },
  examples: ['kscli folders bulk-ingest reports --folder-id 00000000-0000-0000-0003-000000000001 --dry-run'],
  run: async (input, context) => {
    const files = filesUnder(input.directory, splitExtensions(input.extensions));
    const session = await openSession(context);
    const folder = input['folder-id'];
    const top =
      input['path-part-id'] ?? requirePathPart(await session.json({ method: 'GET', path: `/v1/folders/${folder}` }));
    const target = createTarget(top, input['dry-run'], session, context);
    const progress = createProgress(context.world.stderr);
    const jobs = await jobsFor(files, target, context);
    const wait = input.wait ? input['wait-timeout'] : undefined;
    const run = { parallel: input.parallel, wait, progress, session, context };
    const failure = input['dry-run'] ? undefined : await runJobs(jobs, run).finally(progress.end);
    const counts = countStates(jobs);
    const footer = summarize(counts);
    if (!WITH_SUMMARY.includes(context.settings.format)) await context.log.info(footer);
    const exit = counts.failed + counts.unfinished > 0 ? 1 : 0;
    return { show: { ...layOut(jobs, counts), footer }, exit, ...(failure && { failure }) };
  },
});

/** Formats that tell the summary on stdout. */
const WITH_SUMMARY: readonly Format[] = ['table', 'json', 'yaml'];

function splitExtensions(list: string): string[] {
  const extensions = list
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
  if (extensions.length === 0)
    throw new Failure('usage', `--extensions is '${list}', but must name at least one, like .pdf`);
  return extensions.map((extension) => (extension.startsWith('.') ? extension : `.${extension}`));
}

function requirePathPart(folder: unknown): string {
  const id = nonEmptyString(asRecord(folder)['path_part_id']);
  if (id === undefined) throw new Failure('answer', 'The server named no path part of the folder');
  return id;
}

type Counts = Readonly<Record<Job['state'], number>>;

function countStates(jobs: readonly Job[]): Counts {
  const count = (state: Job['state']) => jobs.filter((job) => job.state === state).length;
  return {
    uploaded: count('uploaded'),
    unfinished: count('unfinished'),
    skipped: count('skipped'),
    failed: count('failed'),
    planned: count('planned'),
  };
}

function layOut(jobs: readonly Job[], counts: Counts) {
  const rows = jobs.map(
    ({ path, state, answer, error }): JsonObject => ({
      path,
      state,
      document_id: answer?.['document_id'] ?? null,
      workflow_id: answer?.['workflow_id'] ?? null,
      error: error ?? null,
    }),
  );
  return {
    data: { items: rows, total: rows.length, ...counts },
    columns: ['path', 'state', 'document_id', 'workflow_id', 'error'],
    id: 'document_id',
    tree: { parent: '', label: ({ path, state }: JsonObject) => `${path}: ${state}` },
    isComposed: true,
  };
}

function summarize({ uploaded, unfinished, skipped, failed, planned }: Counts): string {
  const rare = [unfinished > 0 ? `unfinished ${unfinished}` : '', planned > 0 ? `to upload ${planned}` : ''];
  return [`Uploaded ${uploaded}`, `skipped ${skipped}`, `failed ${failed}`, ...rare].filter(Boolean).join(', ');
}
