// kscli snapshot: the tree as one user sees it, in files that can be compared with those of another day or another user.

import { findLevels, type Level } from '../access/subject.ts';
import { defineCommand, SERVER_EXITS } from '../argv/command.ts';
import { openSession, type Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { Whole } from '../output/result.ts';
import { flag, idOf, path } from '../schema/fields.ts';
import { TOP } from '../schema/place.ts';
import { checkDirectory } from '../snapshot/directory.ts';
import { type Taken, takeSnapshot } from '../snapshot/take.ts';
import { isPlace } from '../snapshot/tree.ts';

export const snapshot = defineCommand({
  effect: 'read',
  exits: SERVER_EXITS,
  flags: {
    under: idOf('path part', 'Only this folder or document, and what is below it', { isTopWithout: true }),
    content: flag('The contents of all versions too'),
  },
  args: { directory: path('New directory to write to', { required: true, placeholder: 'directory' }) },
  examples: ['kscli snapshot monday', 'kscli snapshot monday --under /shared/reports --content'],
  run: async ({ directory: typed, under: id, content }, context) => {
    const directory = checkDirectory(typed, context.world);
    const session = await openSession(context);
    const under = id === undefined || id === TOP ? undefined : await findTop(id, session, context);
    const taken = await takeSnapshot({ directory, under, hasContent: content, session, context });
    if (taken.hasChanged)
      await context.log.warn('The tree changed while it was read: rows may be missing, or older than others.');
    return { show: layOut(typed, taken) };
  },
});

/** @throws Failure 'usage' for what is neither a folder nor a document */
async function findTop(id: string, session: Session, context: Context): Promise<Level> {
  const seen = await findLevels(id, session, context);
  if ('unseen' in seen) throw seen.unseen;
  const top = seen.value.at(-1);
  if (top === undefined || !isPlace(top))
    throw new Failure(
      'usage',
      `--under: ${id} is a ${top?.partType ?? 'thing'}. A snapshot begins at a folder or a document`,
    );
  return top;
}

function layOut(typed: string, { files }: Taken): Whole {
  const count = (name: string) => files.find((file) => file.name === `${name}.jsonl`)?.rows ?? 0;
  const unseen = count('unseen');
  const say = (name: string, noun: string) => `${count(name)} ${noun}${count(name) === 1 ? '' : 's'}`;
  const seen = [`${count('tree')} folders and documents`, say('versions', 'version')];
  const contents = files.some(({ name }) => name === 'contents.jsonl')
    ? [`${count('contents')} sections and chunks`]
    : [];
  const lines = [
    `Snapshot in ${typed}: ${[...seen, ...contents].join(', ')}.`,
    ...(unseen > 0 ? [`This user may not see everything: unseen.jsonl there names ${say('unseen', 'refusal')}.`] : []),
  ];
  return {
    data: {
      directory: typed,
      files: files.map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 })),
    },
    itemsKey: 'files',
    id: 'name',
    columns: ['name', 'rows', 'bytes', 'sha256'],
    text: lines.map((line) => `${line}\n`).join(''),
    isComposed: true,
  };
}
