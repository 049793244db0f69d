// kscli sections: the sections of a document version, which hold chunks and other sections.

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
        name: text('Section name', { short: 'n', required: true }),
        parent_path_id: uuid('Parent path part', { required: true }),
        page_number: integer('Page number', { min: 1 }),
        prev_sibling_path_id: uuid('Path part of the previous sibling'),
      },
    }),
    update: patch('/v1/sections/{section_id}', {
      summary: 'Rename or move a section',
      body: {
        name: text('New name', { short: 'n' }),
        page_number: integer('New page number', { min: 1 }),
        prev_sibling_path_id: uuid('Path part of the new previous sibling'),
        move_to_head: flag('Move before all siblings'),
      },
    }),
    delete: remove('/v1/sections/{section_id}', 'section'),
  },
});
