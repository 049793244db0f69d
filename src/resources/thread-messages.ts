// kscli thread-messages: the messages of a thread.

import { choice, negatable, object, text, time, uuid } from '../schema/fields.ts';
import { defineResource, getEach, list, post } from '../schema/rows.ts';

const THREAD = { thread_id: uuid('Thread', { required: true }) } as const;
const DETAILS = {
  with_details: negatable('Include the steps that led to a message', { serverDefault: true }),
} as const;

export const threadMessages = defineResource({
  name: 'thread-messages',
  columns: ['id', 'role', 'content.text', 'created_at'],
  operations: {
    list: list('/v1/threads/{thread_id}/messages', {
      summary: 'List the messages of a thread, the newest first',
      pathFlags: THREAD,
      query: { before: time('Only messages before this time'), ...DETAILS },
    }),
    describe: getEach('/v1/threads/{thread_id}/messages/{message_id}', {
      summary: 'Show a message',
      pathFlags: THREAD,
      query: DETAILS,
    }),
    create: post('/v1/threads/{thread_id}/messages', {
      summary: 'Create a message in a thread',
      pathFlags: THREAD,
      body: {
        'content.text': text('Message text', { flag: 'content', required: true, file: true }),
        role: choice('Role of the author', ['USER', 'ASSISTANT', 'SYSTEM'], { required: true }),
        message_id: uuid('Id of the new message'),
        details: object('Steps that led to the message', { file: true }),
      },
    }),
  },
});
