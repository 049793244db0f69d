// kscli threads follow: the events of a thread as they come.

import { defineCommand, SERVER_EXITS } from '../../argv/command.ts';
import { openSession } from '../../auth/session.ts';
import { Failure } from '../../errors.ts';
import { text, uuid } from '../../schema/fields.ts';
import { showStream } from '../../threads/show.ts';
import { streamThread } from '../../threads/stream.ts';

export const threadsFollow = defineCommand({
  effect: 'read',
  exits: SERVER_EXITS,
  flags: {
    'last-message-id': uuid('Message after whose entry the events begin', { requires: 'last-entry-id' }),
    'last-entry-id': text('Entry of that message after which the events begin', { requires: 'last-message-id' }),
  },
  args: { thread_id: uuid('Thread', { required: true }) },
  examples: ['kscli threads follow 00000000-0000-0000-0004-000000000001 -f jsonl'],
  run: async ({ thread_id: thread, 'last-message-id': message, 'last-entry-id': entry }, context) => {
    if (entry === '') throw new Failure('usage', "--last-entry-id: '' is no entry");
    const session = await openSession(context);
    const from = message !== undefined && entry !== undefined ? { message, entry } : undefined;
    return { show: showStream(streamThread(thread, from, session, context).events, context) };
  },
});
