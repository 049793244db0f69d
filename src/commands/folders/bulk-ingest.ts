// kscli folders bulk-ingest: a directory becomes folders and documents. What the target holds already is left alone.

import { defineCommand, SERVER_EXITS } from '../../argv/command.ts';
import { openSession } from '../../auth/session.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../errors.ts';
import { filesUnder, type Walk } from '../../files/walk.ts';
import { finishAll, jobsFor, sendAll } from '../../ingest/jobs.ts';
import { countStates, describeLeftOut, layOut, summarize, tellUnreported } from '../../ingest/report.ts';
import { createTarget } from '../../ingest/target.ts';
import { asRecord, nonEmptyString } from '../../json/value.ts';
import { WAIT } from '../../rest/wait.ts';
import { flag, integer, path, text, uuid } from '../../schema/fields.ts';
import type { Format } from '../../schema/formats.ts';

export const bulkIngest = defineCommand({
  effect: 'write',
  exits: SERVER_EXITS,
  flags: {
    'folder-id': uuid('Folder to put everything in'),
    'path-part-id': uuid('Path part to put everything under'),
    extensions: text('File extensions, separated by commas', { default: '.pdf,.docx', placeholder: 'list' }),
    'dry-run': flag('Say what would be done, and do nothing'),
    parallel: integer('Uploads at the same time', { min: 1, max: 32, default: 4 }),
    ...WAIT,
  },
  args: { directory: path('Directory to upload', { required: true, placeholder: 'directory' }) },
  constraints: { oneOf: [['folder-id', 'path-part-id']] },
  examples: ['kscli folders bulk-ingest reports --folder-id 00000000-0000-0000-0003-000000000001 --dry-run'],
  run: async (input, context) => {
    const { world, log, settings } = context;
    const extensions = splitExtensions(input.extensions);
    const walk = filesUnder(input.directory, extensions, world.home);
    const session = await openSession(context);
    const folder = input['folder-id'];
    const top =
      input['path-part-id'] ?? requirePathPart(await session.json({ method: 'GET', path: `/v1/folders/${folder}` }));
    const jobs = await jobsFor(walk.files, createTarget(top, input['dry-run'], session, context), context);
    const run = { parallel: input.parallel, isWaiting: input.wait, session, context };
    world.onInterrupt(() => tellUnreported(jobs).map(log.present));
    const stopped = input['dry-run'] ? undefined : await sendAll(jobs, run);
    const failure = stopped ?? (input.wait ? await finishAll(jobs, input['wait-timeout'], run) : undefined);
    const leftOut = describeLeftOut(walk.leftOut);
    await warnOfNothing(input.directory, extensions, walk, context);
    const footer = log.present([summarize(jobs), leftOut ?? []].flat().join(', '));
    if (!WITH_SUMMARY.includes(settings.format)) await log.info(footer);
    else if (leftOut && settings.format !== 'table') await log.info(capitalize(leftOut));
    const { failed, unfinished } = countStates(jobs);
    return {
      show: { ...layOut(jobs, walk.leftOut), footer },
      exit: failed + unfinished > 0 ? 1 : 0,
      ...(failure && { failure }),
    };
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

async function warnOfNothing(
  directory: string,
  extensions: readonly string[],
  { files, leftOut }: Walk,
  { log }: Context,
): Promise<void> {
  if (files.length > 0) return;
  const others = [...leftOut.keys()].filter(Boolean);
  await log.warn([
    `Nothing to upload: ${directory} holds no file that ends in ${extensions.join(', ')}.`,
    ...(others.length > 0
      ? [`For the files that are there: --extensions ${others.slice(0, MOST_NAMED).join(',')}`]
      : []),
  ]);
}

const MOST_NAMED = 8;

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
