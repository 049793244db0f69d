// kscli tags: names with a color, attached to path parts.

import { Failure } from '../errors.ts';
import { asRecord, nonEmptyString } from '../json/value.ts';
import { color, flag, idOf, text, uuid } from '../schema/fields.ts';
import { type Ask, type Given, type Prepared, showText } from '../schema/operations.ts';
import { defineResource, del, getEach, list, patch, post, remove, YES } from '../schema/rows.ts';

const PART = { path_part_id: idOf('path part', 'Path part', { required: true }) } as const;
const TAG = uuid('Id of the tag', { flag: 'tag-id', isArgument: true, required: true, isWrapped: true });
const MOST = 10;

export const tags = defineResource({
  name: 'tags',
  columns: ['id', 'name', 'color', 'description', 'created_at'],
  operations: {
    list: list('/v1/tags', { summary: 'List tags' }),
    describe: getEach('/v1/tags/{tag_id}', { summary: 'Show a tag' }),
    create: post('/v1/tags', {
      summary: 'Create a tag',
      body: {
        name: text('Tag name', { short: 'n', required: true, min: 1, max: 100 }),
        color: color('Color as six hexadecimal digits', { serverDefault: '000000' }),
        description: text('Description', { max: 500 }),
      },
    }),
    update: patch('/v1/tags/{tag_id}', {
      summary: 'Change a tag',
      body: {
        name: text('New name', { short: 'n', min: 1, max: 100 }),
        color: color('New color as six hexadecimal digits'),
        description: text('New description', { max: 500 }),
      },
    }),
    delete: remove('/v1/tags/{tag_id}', 'tag'),
    attach: post('/v1/path-parts/{path_part_id}/tags', {
      summary: 'Attach a tag to a path part',
      pathFlags: PART,
      body: { tag_ids: TAG },
      clientOnly: { only: flag('In place of all other tags'), yes: YES },
      prepare: keepOthers,
      successMessage: 'Attached tag {tag_ids} to path part {path_part_id}',
      itemsKey: 'tags',
    }),
    detach: del('/v1/path-parts/{path_part_id}/tags', {
      summary: 'Detach a tag from a path part',
      pathFlags: PART,
      body: { tag_ids: TAG },
      successMessage: 'Detached tag {tag_ids} from path part {path_part_id}',
      itemsKey: 'tags',
    }),
  },
});

/** The request replaces all tags of the path part: those that it has are sent along, unless they are to go. */
async function keepOthers({ path_part_id, tag_ids: tag, only }: Given, ask: Ask): Promise<Prepared> {
  const { tags: rows } = await ask(`/v1/path-parts/${path_part_id}/tags`);
  const present = Array.isArray(rows) ? rows.map(asRecord) : [];
  if (!Array.isArray(rows) || present.some(({ id }) => nonEmptyString(id) === undefined))
    throw new Failure('answer', 'The server named no tags of the path part. Nothing was changed');
  const others = present.filter(({ id }) => id !== tag);
  if (only) return others.length > 0 ? { confirmation: describeLoss(others, path_part_id) } : {};
  const tag_ids = [...new Set([...present.map(({ id }) => id), tag])];
  if (tag_ids.length > MOST) throw full(path_part_id);
  return { body: { tag_ids } };
}

function describeLoss(others: readonly Given[], part: unknown): string {
  const names = others.map(({ name, id }) => showText(name ?? id));
  return `Remove ${names.length === 1 ? 'the tag' : 'the tags'} ${names.join(', ')} from path part ${part}`;
}

function full(part: unknown): Failure {
  return new Failure('refused', `path part ${part} has ${MOST} tags already, and can have no more`, {
    lines: ['Nothing was changed. Detach one first, or replace all with --only.'],
  });
}
