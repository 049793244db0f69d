// kscli thread-messages: the messages of a thread.

import { choice, text, uuid } from '../schema/fields.ts';
import { defineResource, type Given, get, list, post } from '../schema/operations.ts';

const THREAD = { thread_id: uuid('Thread', { required: true }) } as const;

export const threadMessages = defineResource({
  name: 'thread-messages',
  columns: ['id', 'role', 'content', 'created_at'],
  operations: {
    list: list('/v1/threads/{thread_id}/messages', { summary: 'List the messages of a thread', pathFlags: THREAD }),
    describe: get('/v1/threads/{thread_id}/messages/{message_id}', { summary: 'Show a message', pathFlags: THREAD }),
    create: post('/v1/threads/{thread_id}/messages', {
      summary: 'Create a message in a thread',
      pathFlags: THREAD,
      body: {
        content: text('Message text', { required: true, file: true }),
        role: choice('Role of the author', ['USER', 'ASSISTANT', 'SYSTEM'], { required: true }),
      },
      toBody: wrapText,
    }),
  },
});

function wrapText({ role, content }: Given): Given {
  return { role, content: { text: content } };
}
