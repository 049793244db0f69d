// kscli tags: names with a color, attached to path parts.

import { color, text, uuid } from '../schema/fields.ts';
import { defineResource, del, type Given, get, list, patch, post, remove } from '../schema/operations.ts';

const TARGET = { path_part_id: uuid('Path part', { required: true }) } as const;

export const tags = defineResource({
  name: 'tags',
  columns: ['id', 'name', 'color', 'description', 'created_at'],
  operations: {
    list: list('/v1/tags', { summary: 'List tags' }),
    describe: get('/v1/tags/{tag_id}', { summary: 'Show a tag' }),
    create: post('/v1/tags', {
      summary: 'Create a tag',
      body: {
        name: text('Tag name', { short: 'n', required: true }),
        color: color('Color as six hexadecimal digits'),
        description: text('Description'),
      },
    }),
    update: patch('/v1/tags/{tag_id}', {
      summary: 'Change a tag',
      body: {
        name: text('New name', { short: 'n' }),
        color: color('New color as six hexadecimal digits'),
        description: text('New description'),
      },
    }),
    delete: remove('/v1/tags/{tag_id}', 'tag'),
    attach: post('/v1/path-parts/{path_part_id}/tags', {
      summary: 'Attach a tag to a path part',
      pathFlags: TARGET,
      args: { tag_id: uuid('Id of the tag', { required: true }) },
      toBody: wrapTag,
      successMessage: 'Attached tag {tag_id} to path part {path_part_id}',
      itemsKey: 'tags',
    }),
    detach: del('/v1/path-parts/{path_part_id}/tags', {
      summary: 'Detach a tag from a path part',
      pathFlags: TARGET,
      args: { tag_id: uuid('Id of the tag', { required: true }) },
      toBody: wrapTag,
      successMessage: 'Detached tag {tag_id} from path part {path_part_id}',
      itemsKey: 'tags',
    }),
  },
});

function wrapTag({ tag_id }: Given): Given {
  return { tag_ids: [tag_id] };
}
