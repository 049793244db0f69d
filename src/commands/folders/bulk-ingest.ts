// kscli folders bulk-ingest: a directory becomes folders and documents.

import { defineCommand, SERVER_EXITS } from '../../argv/command.ts';
import { openSession, type Session } from '../../auth/session.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../errors.ts';
import { locate } from '../../files/locate.ts';
import { conclude } from '../../ingest/conclusion.ts';
import { describeSubject } from '../../ingest/entry.ts';
import { finishAll } from '../../ingest/finish.ts';
import { jobsFor } from '../../ingest/plan.ts';
import { openReport } from '../../ingest/record.ts';
import { countStates, layOut, tellUnreported } from '../../ingest/report.ts';
import { describeResumption } from '../../ingest/resumption.ts';
import { IF_EXISTS, type Run } from '../../ingest/run.ts';
import { sendAll } from '../../ingest/send.ts';
import { bindServer } from '../../ingest/server.ts';
import { findFiles, warnOfNothing, warnOfTwins } from '../../ingest/source.ts';
import { createTarget } from '../../ingest/target.ts';
import { asRecord, nonEmptyString } from '../../json/value.ts';
import { createResolver } from '../../places/resolve.ts';
import { INGEST } from '../../resources/documents.ts';
import { WAIT } from '../../rest/wait.ts';
import { tellWrongIds } from '../../rest/wrong-kind.ts';
import { choice, type Fields, flag, type Input, idOf, integer, path, text } from '../../schema/fields.ts';
import { isPath } from '../../schema/place.ts';

const FLAGS = {
  under: idOf('path part', 'Folder to put everything in', { aliases: ['path-part-id'] }),
  'folder-id': idOf('folder', 'The same by the id of the folder itself'),
  extensions: text('File extensions, separated by commas', {
    placeholder: 'list',
    notes: 'default: .pdf,.docx; with --files-from all',
  }),
  exclude: text('Leave out what a pattern fits: a name, or a path with a slash', {
    placeholder: 'glob',
    maxCount: 1000,
  }),
  'files-from': path('Only the files of a list, one a line or each ended by NUL; - for standard input', {
    placeholder: 'file',
  }),
  'if-exists': choice('Where a document of the same name is there', IF_EXISTS, { default: 'skip' }),
  'dry-run': flag('Say what would be done, and do nothing'),
  parallel: integer('Uploads at the same time', { min: 1, max: 32, default: 4 }),
  'max-failures': integer('Begin no other file after so many failures', { min: 1 }),
  report: path('New file for a line a file as it ends', {
    placeholder: 'file',
    conflictsWith: ['resume', 'dry-run'],
  }),
  resume: path('Go on with what the report of an earlier run leaves to do', { placeholder: 'file' }),
  'ingestion-mode': INGEST.ingestion_mode,
  'chunk-type': INGEST.chunk_type,
  'secondary-taxonomy': INGEST.secondary_taxonomy,
  'page-dpi': INGEST.page_dpi,
  ...WAIT,
} as const;

const ARGS = { directory: path('Directory to upload', { required: true, placeholder: 'directory' }) } as const;

type Typed = Input<typeof FLAGS> & Input<typeof ARGS>;

export const bulkIngest = defineCommand({
  effect: 'write',
  exits: SERVER_EXITS,
  flags: FLAGS,
  args: ARGS,
  constraints: { oneOf: [['under', 'folder-id']] },
  examples: [
    'kscli folders bulk-ingest reports --folder-id 00000000-0000-0000-0003-000000000001 --dry-run',
    'kscli folders bulk-ingest reports --folder-id 00000000-0000-0000-0003-000000000001 --report reports.jsonl',
  ],
  run: async (input, context) => {
    const { world, log, settings } = context;
    const walk = await findFiles(input, world);
    const run = await openRun(input, context);
    try {
      await warnOfTwins(walk, context);
      const jobs = await jobsFor(walk.files, createTarget(run.top, run.isDryRun, run.server), run);
      const next = () => (run.isDryRun ? [] : describeResumption(jobs, dropDefaults(input), settings.session));
      world.onInterrupt(() => [...tellUnreported(jobs, run.hasReport), ...next()].map(log.present));
      const stopped = await sendAll(jobs, run);
      const failure = stopped ?? (input.wait ? await finishAll(jobs, input['wait-timeout'], run) : undefined);
      await warnOfNothing(input, walk, context);
      const footer = await conclude(jobs, walk, run);
      const { failed, unfinished } = countStates(jobs);
      const [notice] = next();
      return {
        show: { ...layOut(jobs, walk), footer },
        exit: failed + unfinished > 0 ? 1 : 0,
        ...(notice !== undefined && { notice }),
        ...(failure && { failure }),
      };
    } finally {
      run.report.close();
    }
  },
});

type OpenRun = Run & { readonly top: string; readonly hasReport: boolean };

async function openRun(input: Typed, context: Context): Promise<OpenRun> {
  const session = await openSession(context);
  const top = await findTop(input, session, context);
  const directory = locate(input.directory, context.world.home);
  const { resume, report: fresh, 'dry-run': isDryRun } = input;
  const file = resume ?? fresh;
  const describe = async () =>
    describeSubject(context.settings.baseUrl, await session.identity(), { directory, path_part_id: top });
  const report = await openReport({ file, isOld: resume !== undefined, isRead: isDryRun }, describe, context);
  return {
    top,
    hasReport: file !== undefined,
    parallel: input.parallel,
    isWaiting: input.wait,
    isDryRun,
    ifExists: input['if-exists'],
    maxFailures: input['max-failures'] ?? Number.POSITIVE_INFINITY,
    options: {
      ingestion_mode: input['ingestion-mode'],
      chunk_type: input['chunk-type'],
      secondary_taxonomy: input['secondary-taxonomy'],
      page_dpi: input['page-dpi'],
    },
    server: bindServer(session, context),
    report,
    session,
    context,
    incomparable: [],
  };
}

/** The path part that everything hangs on. */
async function findTop(input: Typed, session: Session, context: Context): Promise<string> {
  const { under, 'folder-id': folder = '' } = input;
  const resolve = createResolver(session, context);
  if (under !== undefined) return isPath(under) ? resolve(under, 'path part') : under;
  const id = isPath(folder) ? await resolve(folder, 'folder') : folder;
  const { json } = tellWrongIds([{ id, kind: 'folder' }], session);
  const part = nonEmptyString(asRecord(await json({ method: 'GET', path: `/v1/folders/${id}` }))['path_part_id']);
  if (part === undefined) throw new Failure('answer', 'The server named no path part of the folder');
  return part;
}

/** What has to be typed again. */
function dropDefaults(input: Typed): Readonly<Record<string, unknown>> {
  const fields: Fields = FLAGS;
  return Object.fromEntries(Object.entries(input).filter(([name, value]) => value !== fields[name]?.default));
}
