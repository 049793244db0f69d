// kscli sections: the sections of a document version, which hold chunks and other sections.

import { flag, integer, text, uuid } from '../schema/fields.ts';
import { defineResource, get, getEach, patch, post, remove } from '../schema/rows.ts';

export const sections = defineResource({
  name: 'sections',
  columns: ['id', 'path_part_id', 'name', 'page_number', 'parent_path_id', 'created_at'],
  operations: {
    describe: getEach('/v1/sections/{section_id}', { summary: 'Show a section' }),
    'get-bulk': get('/v1/sections/bulk', {
      summary: 'Show several sections; ids that nobody knows are left out',
      query: { section_ids: uuid('Section', { required: 'here', maxCount: 200 }) },
    }),
    create: post('/v1/sections', {
      summary: 'Create a section',
      body: {
        name: text('Section name', { short: 'n', required: true, min: 1, max: 255 }),
        parent_path_id: uuid('Parent path part', { flag: 'under', aliases: ['parent-path-id'], required: true }),
        page_number: integer('Page number', { min: 1 }),
        prev_sibling_path_id: uuid('Path part of the previous sibling'),
      },
    }),
    update: patch('/v1/sections/{section_id}', {
      summary: 'Rename or move a section',
      body: {
        name: text('New name', { short: 'n', min: 1, max: 255 }),
        page_number: integer('New page number', { min: 1 }),
        parent_path_part_id: uuid('New parent path part', { flag: 'under', aliases: ['parent-path-part-id'] }),
        prev_sibling_path_id: uuid('Path part of the new previous sibling', { conflictsWith: ['move_to_head'] }),
        move_to_head: flag('Move before all siblings'),
      },
    }),
    delete: remove('/v1/sections/{section_id}', 'section'),
    dissolve: post('/v1/sections/{section_id}/dissolve', {
      summary: 'Dissolve a section: its title becomes a chunk, and what it holds moves up',
      each: true,
      confirmation: 'Dissolve section {section_id}',
      successMessage: 'Dissolved section {section_id}',
      columns: ['text_chunk_id', 'reparented_children'],
      id: 'text_chunk_id',
    }),
  },
});
