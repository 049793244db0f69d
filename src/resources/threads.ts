// kscli threads: conversations, each of which has messages.

import { idOf, text, uuid } from '../schema/fields.ts';
import { defineResource, getEach, list, patch, post, remove } from '../schema/rows.ts';
import { UNDER } from './choices.ts';

export const threads = defineResource({
  name: 'threads',
  columns: ['id', 'title', 'created_at'],
  operations: {
    list: list('/v1/threads', {
      summary: 'List threads',
      query: { parent_path_part_id: idOf('path part', 'Parent', UNDER) },
    }),
    describe: getEach('/v1/threads/{thread_id}', { summary: 'Show a thread' }),
    create: post('/v1/threads', {
      summary: 'Create a thread',
      body: {
        title: text('Thread title', { min: 1, max: 255 }),
        message_for_title: text('Message that a title is made of', { min: 1, max: 4096 }),
        parent_path_part_id: idOf('path part', 'Parent', UNDER),
      },
      oneOf: ['title', 'message_for_title'],
    }),
    update: patch('/v1/threads/{thread_id}', {
      summary: 'Change a thread',
      body: { title: text('New title', { min: 1, max: 255 }), parent_thread_id: uuid('New parent thread') },
    }),
    delete: remove('/v1/threads/{thread_id}', 'thread'),
  },
});
