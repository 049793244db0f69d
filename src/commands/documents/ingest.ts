// kscli documents ingest: a file becomes a document.

import { defineCommand } from '../../argv/command.ts';
import { openSession } from '../../auth/session.ts';
import { lookAtUpload } from '../../files/upload.ts';
import { awaitEnd, upload, WAIT } from '../../ingest/upload.ts';
import { nonEmptyString, withFields } from '../../json/value.ts';
import { text, uuid } from '../../schema/fields.ts';
import { createProgress } from '../../terminal/progress.ts';

export const ingest = defineCommand({
  flags: {
    file: text('File to upload', { required: true, placeholder: 'path' }),
    'path-part-id': uuid('Parent path part', { required: true }),
    name: text('Document name, where it is not the file name', { short: 'n' }),
    ...WAIT,
  },
  args: {},
  examples: ['kscli documents ingest --file report.pdf --path-part-id 00000000-0000-0000-0003-000000000001'],
  run: async (input, context) => {
    const file = lookAtUpload(input.file, `--file names ${input.file}, which`, input.name);
    const session = await openSession(context);
    const progress = createProgress(context.world.stderr);
    const onProgress = (sent: number) => progress.show(file.size === 0 ? 1 : sent / file.size, file.name);
    const data = await upload({ ...file, onProgress }, input['path-part-id'], session).finally(progress.end);
    const id = 'document_id';
    if (!input.wait) return { show: { data, id } };
    const { status, failure } = await awaitEnd(
      nonEmptyString(data['workflow_id']),
      input['wait-timeout'],
      session,
      context,
    );
    return { show: { data: status ? withFields(data, { status }) : data, id }, ...(failure && { failure }) };
  },
});
