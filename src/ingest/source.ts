// The files of a bulk upload: those of a directory, or those of a list, without what patterns and extensions leave out.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { compileExclusion } from '../files/exclude.ts';
import { filesListed } from '../files/listed.ts';
import { readContent } from '../files/read.ts';
import { filesUnder, type Walk } from '../files/walk.ts';
import type { World } from '../world.ts';

/** As typed: `extensions` separated by commas. */
export type Source = {
  readonly directory: string;
  readonly extensions: string | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly 'files-from': string | undefined;
};

const USUAL_EXTENSIONS = '.pdf,.docx';
const LARGEST_LIST_MIB = 64;

/** @throws Failure 'usage' */
export async function findFiles(source: Source, world: World): Promise<Walk> {
  const { directory, exclude, 'files-from': list } = source;
  // Whoever names each file means it.
  const extensions = list === undefined || source.extensions !== undefined ? extensionsOf(source) : undefined;
  const choice = { extensions, isExcluded: compileExclusion(exclude ?? []) };
  if (list === undefined) return filesUnder(directory, choice, world.home);
  const flag = '--files-from';
  const bytes = await readContent(flag, list, LARGEST_LIST_MIB, world);
  return filesListed(bytes, choice, { source: flag, typed: directory, home: world.home });
}

function extensionsOf({ extensions: list = USUAL_EXTENSIONS }: Pick<Source, 'extensions'>): string[] {
  const extensions = list
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
  if (extensions.length === 0)
    throw new Failure('usage', `--extensions is '${list}', but must name at least one, like .pdf`);
  return extensions.map((extension) => (extension.startsWith('.') ? extension : `.${extension}`));
}

const MOST_NAMED = 8;

/** No success without a word. */
export async function warnOfNothing(source: Source, { files, leftOut }: Walk, { log }: Context): Promise<void> {
  if (files.length > 0) return;
  const list = source['files-from'];
  if (list !== undefined) return log.warn(`Nothing to upload: the list names no file that is wanted.`);
  const others = [...leftOut.keys()].filter(Boolean);
  await log.warn([
    `Nothing to upload: ${source.directory} holds no file that ends in ${extensionsOf(source).join(', ')}.`,
    ...(others.length > 0
      ? [`For the files that are there: --extensions ${others.slice(0, MOST_NAMED).join(',')}`]
      : []),
  ]);
}

/** Two files of one name to a system that tells no case apart. */
export async function warnOfTwins({ files }: Walk, { log }: Context): Promise<void> {
  const seen = new Map<string, string>();
  const twins = files.flatMap(({ folders, name }) => {
    const path = [...folders, name].join('/');
    const key = path.normalize('NFC').toLowerCase();
    const other = seen.get(key);
    seen.set(key, path);
    return other === undefined ? [] : [`${other} and ${path}`];
  });
  if (twins.length === 0) return;
  const more = twins.length > 1 ? ` So do ${twins.length - 1} other pairs.` : '';
  await log.warn(`${twins[0]} differ only in case or spelling: whoever downloads them may get one of them.${more}`);
}
