// kscli sections: parts of a document's version that hold chunks and other sections.

import { flag, integer, text, uuid } from '../schema/fields.ts';
import { defineResource, get, patch, post, remove } from '../schema/operations.ts';

export const sections = defineResource({
  name: 'sections',
  columns: ['id', 'path_part_id', 'name', 'page_number', 'parent_path_id', 'created_at'],
  operations: {
    describe: get('/v1/sections/{section_id}', { summary: 'Show a section' }),
    create: post('/v1/sections', {
      summary: 'Create a section',
      body: {
        name: text('Name of the section', { short: 'n', required: true }),
        parent_path_id: uuid('Path part to put it under', { required: true }),
        page_number: integer('Page on which it begins', { min: 1 }),
        prev_sibling_path_id: uuid('Path part to put it behind'),
      },
    }),
    update: patch('/v1/sections/{section_id}', {
      summary: 'Rename or move a section',
      body: {
        name: text('New name', { short: 'n' }),
        page_number: integer('Page on which it begins', { min: 1 }),
        prev_sibling_path_id: uuid('Path part to move it behind'),
        move_to_head: flag('Make it the first of its siblings'),
      },
    }),
    delete: remove('/v1/sections/{section_id}', 'section'),
  },
});
