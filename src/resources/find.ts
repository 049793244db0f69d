// kscli find: folders and documents by a part of their name.

import { choice, flag, idOf, text } from '../schema/fields.ts';
import { defineResource, list } from '../schema/rows.ts';

/** The command is the group itself. */
export const SEARCH = list('/v1/folders/search', {
  summary: 'Find folders and documents by a part of their name',
  query: {
    name_like: text('Part of the name, in any case', {
      flag: 'name',
      isArgument: true,
      required: true,
      min: 1,
      max: 255,
      example: 'report',
    }),
    parent_path_part_id: idOf('path part', 'Only under this folder', { flag: 'under', isTopWithout: true }),
    part_type: choice('Only folders, or only documents', ['FOLDER', 'DOCUMENT']),
    sort_order: choice('Sort order', ['NAME', 'UPDATED_AT', 'CREATED_AT'], { serverDefault: 'NAME' }),
    with_tags: flag('Include the tags of each row'),
  },
});

export const find = defineResource({
  name: 'find',
  columns: ['id', 'part_type', 'name', 'materialized_path', 'updated_at'],
  operations: {
    '': SEARCH,
  },
});
