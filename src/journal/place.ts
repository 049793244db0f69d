// The directory of the journal, as the settings say.

import { Failure } from '../errors.ts';
import type { Settings } from '../settings/resolve.ts';

/** @throws Failure 'settings' where the system knows no home */
export function requireDirectory({ journalPath }: Pick<Settings, 'journalPath'>): string {
  if (journalPath !== undefined) return journalPath;
  throw new Failure('settings', 'There is no place for the journal. Name a directory in KSCLI_JOURNAL_PATH');
}
