// kscli thread-messages: what was said in a thread.

import { choice, text, uuid } from '../schema/fields.ts';
import { defineResource, type Given, get, list, post } from '../schema/operations.ts';

const THREAD = { thread_id: uuid('Thread of the message', { required: true }) } as const;

export const threadMessages = defineResource({
  name: 'thread-messages',
  columns: ['id', 'role', 'content', 'created_at'],
  operations: {
    list: list('/v1/threads/{thread_id}/messages', { summary: 'List the messages of a thread', pathFlags: THREAD }),
    describe: get('/v1/threads/{thread_id}/messages/{message_id}', { summary: 'Show a message', pathFlags: THREAD }),
    create: post('/v1/threads/{thread_id}/messages', {
      summary: 'Add a message to a thread',
      pathFlags: THREAD,
      body: {
        content: text('What it says', { required: true }),
        role: choice('Who says it', ['USER', 'ASSISTANT', 'SYSTEM'], { required: true }),
      },
      toBody: textContent,
    }),
  },
});

function textContent({ role, content }: Given): Given {
  return { role, content: { text: content } };
}
