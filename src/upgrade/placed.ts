// The kscli that runs, and the receipt that install.sh left for it. One that came another way is not touched: what placed it would
// not know of the new one.

import { realpathSync, statSync } from 'node:fs';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { locateReceipt, type Receipt, readReceipt } from './receipt.ts';

/** @property receipt its file */
export type Placed = Receipt & { readonly receipt: string };

/** @throws Failure 'refused' where the receipt is not for this kscli, or there is none; and what readReceipt gives */
export function requirePlaced({ settings, world: { executable, userId } }: Context): Placed {
  const file = locateReceipt(settings.configPath);
  const receipt = file === undefined ? undefined : readReceipt(file, userId);
  if (file === undefined || receipt === undefined)
    throw new Failure('refused', `there is no receipt of install.sh for ${executable}, so upgrade does not touch it`, {
      lines: [
        ...(isOwn(executable, userId)
          ? []
          : ['It belongs to another user: if they ran install.sh, upgrade it as that user.']),
        'Upgrade it the way it came: its package, its image, or a build of its own.',
        'Or place a kscli with the install.sh of a release: from then on kscli upgrade keeps it up to date.',
      ],
    });
  if (realPath(receipt.path) === realPath(executable)) return { ...receipt, receipt: file };
  throw new Failure(
    'refused',
    `the receipt of install.sh is for ${receipt.path}, so upgrade does not touch ${executable}`,
    {
      lines: ['A receipt is of the kscli that was placed last. For this one, run install.sh again, with --dir.'],
    },
  );
}

function isOwn(path: string, userId: number | undefined): boolean {
  return userId === undefined || statSync(path, { throwIfNoEntry: false })?.uid === userId;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
