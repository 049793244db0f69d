// kscli tree: folders and documents as they hang together, from the top or from a folder on.

import { defineCommand, SERVER_EXITS } from '../argv/command.ts';
import { openSession } from '../auth/session.ts';
import type { Context } from '../context.ts';
import type { Readable } from '../output/result.ts';
import { createLevels, type Levels, readBelow } from '../places/below.ts';
import { createResolver } from '../places/resolve.ts';
import { PATH_ORDERS } from '../resources/choices.ts';
import { tellWrongIds } from '../rest/wrong-kind.ts';
import { choice, idOf, integer } from '../schema/fields.ts';
import { nameRow } from '../schema/operations.ts';
import { isPath, TOP } from '../schema/place.ts';
import { VIEW } from '../schema/view.ts';

export const tree = defineCommand({
  effect: 'read',
  exits: SERVER_EXITS,
  flags: {
    depth: integer('Levels to show', { min: 1, default: 3 }),
    'sort-order': choice('Sort order', PATH_ORDERS, { serverDefault: 'LOGICAL' }),
    ...VIEW,
  },
  args: { folder: idOf('folder', 'Id of the folder to begin at, or its path; the top without it') },
  examples: ['kscli tree', 'kscli tree /shared/reports --depth 2'],
  run: async (input, context) => {
    const levels = createLevels(input.depth);
    const shown = await show(input, context, levels);
    const { depth } = input;
    const notice = `Folders on level ${depth} are not opened. --depth ${depth + 1} shows more.`;
    return { show: shown, end: () => (levels.isCut() ? { notice } : {}) };
  },
  read: show,
});

type Input = {
  readonly depth: number;
  readonly 'sort-order': string | undefined;
  readonly folder: string | undefined;
  readonly columns: readonly string[] | undefined;
};

async function show(
  { depth, folder: typed, 'sort-order': order, columns }: Input,
  context: Context,
  levels?: Levels,
): Promise<Readable> {
  const opened = await openSession(context);
  const id = typed === TOP ? undefined : typed;
  const folder = isPath(id) ? await createResolver(opened, context)(id, 'folder') : id;
  // A path has told its kind already.
  const { json } = tellWrongIds(id === undefined || isPath(id) ? [] : [{ id, kind: 'folder' }], opened);
  const query = order === undefined ? [] : [['sort_order', order] as const];
  const pages = readBelow({ folder, depth, query }, { json, log: context.log });
  return {
    pages: levels ? levels.watch(pages) : pages,
    columns: ['id', 'part_type', 'name', 'materialized_path', 'updated_at'],
    itemsKey: 'items',
    // Columns make a table of it.
    drawsTree: columns === undefined,
    tree: {
      parent: 'parent_path_part_id',
      label: (row) => (row['part_type'] === 'FOLDER' ? `${nameRow(row)}/` : nameRow(row)),
    },
  };
}
