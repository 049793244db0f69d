// The contents of a version, which are asked for by its id or by that of its document.

import { choice, flag, integer, uuid } from '../schema/fields.ts';
import { type Given, LARGEST_PAGE, nameRow, showText } from '../schema/operations.ts';
import { ALL } from '../schema/rows.ts';

/** All but the address and the summary of a row. */
export const CONTENTS = {
  query: {
    section_id: uuid('Only in this section'),
    content_type: choice('Only sections, or only chunks', ['SECTION', 'CHUNK']),
    limit: integer('Maximum rows', { short: 'l', min: 1, max: LARGEST_PAGE, serverDefault: 20 }),
    offset: integer('Rows to skip', { short: 'o', min: 0, serverDefault: 0 }),
  },
  clientOnly: {
    show_content: flag('Include the content of chunks in a tree'),
    sections_only: flag('Leave chunks out of a tree'),
    all: ALL,
  },
  columns: ['path_part_id', 'part_type', 'name', 'depth', 'parent_path_id', 'created_at'],
  id: 'path_part_id',
  itemsKey: 'items',
  tree: { parent: 'parent_path_id', label: labelContent },
} as const;

function labelContent(row: Given, given: Given): string | undefined {
  const name = nameRow(row);
  if (row['part_type'] !== 'CHUNK') return name;
  if (given['sections_only']) return undefined;
  return given['show_content'] && row['content'] ? `${name}: ${showText(row['content'])}` : name;
}
