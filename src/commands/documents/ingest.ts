// kscli documents ingest: a file becomes a document.

import { defineCommand, SERVER_EXITS } from '../../argv/command.ts';
import { openSession } from '../../auth/session.ts';
import { takeUpload } from '../../files/upload.ts';
import { describeUpload, upload } from '../../ingest/upload.ts';
import { nonEmptyString, withFields } from '../../json/value.ts';
import { awaitEnd, WAIT } from '../../rest/wait.ts';
import { path, text, uuid } from '../../schema/fields.ts';
import { createProgress } from '../../terminal/progress.ts';

export const ingest = defineCommand({
  effect: 'write',
  exits: SERVER_EXITS,
  flags: {
    file: path('File to upload, or - for standard input', { required: true, placeholder: 'file' }),
    'path-part-id': uuid('Path part to put it under', { required: true }),
    name: text('Name of the document, where it is not the name of the file', { short: 'n' }),
    ...WAIT,
  },
  args: {},
  examples: ['kscli documents ingest --file report.pdf --path-part-id 00000000-0000-0000-0003-000000000001'],
  run: async (input, context) => {
    const { world, log } = context;
    const file = await takeUpload('--file', input.file, input.name, world);
    const session = await openSession(context);
    const progress = createProgress({ files: 1, bytes: file.size, name: file.name }, world, log);
    const onProgress = progress.begin(file.size).sent;
    const data = await upload({ ...file, onProgress }, { pathPartId: input['path-part-id'] }, [], session).finally(
      progress.end,
    );
    const id = 'document_id';
    if (!input.wait) return { show: { data, id } };
    world.onInterrupt(() => [log.present(describeUpload(file.name, data))]);
    const wait = { seconds: input['wait-timeout'], session, context };
    const { status, failure } = await awaitEnd(nonEmptyString(data['workflow_id']), wait);
    return { show: { data: status ? withFields(data, { status }) : data, id }, ...(failure && { failure }) };
  },
});
