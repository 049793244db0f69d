// kscli threads: conversations.

import { text, uuid } from '../schema/fields.ts';
import { defineResource, get, list, patch, post, remove } from '../schema/operations.ts';

export const threads = defineResource({
  name: 'threads',
  columns: ['id', 'title', 'created_at'],
  operations: {
    list: list('/v1/threads', {
      summary: 'List threads',
      query: { parent_path_part_id: uuid('Only what is under this path part', { short: 'p' }) },
    }),
    describe: get('/v1/threads/{thread_id}', { summary: 'Show a thread' }),
    create: post('/v1/threads', {
      summary: 'Create a thread',
      body: {
        title: text('What it is about', { required: true }),
        parent_path_part_id: uuid('Path part to put it under', { short: 'p' }),
      },
    }),
    update: patch('/v1/threads/{thread_id}', {
      summary: 'Change a thread',
      body: { title: text('What it is about'), parent_thread_id: uuid('Thread that it continues') },
    }),
    delete: remove('/v1/threads/{thread_id}', 'thread'),
  },
});
