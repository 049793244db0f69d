// Folders and documents as the tree knows them, and the texts of their paths: names are compared in one form of Unicode, and
// otherwise to the letter. Pure.

import { asRecord, type Json, nonEmptyString } from '../json/value.ts';

export type Place = {
  readonly kind: 'folder' | 'document';
  readonly id: string | undefined;
  readonly pathPartId: string | undefined;
  readonly name: string;
  /** As the server writes it. */
  readonly path: string | undefined;
};

/** undefined for a row that is neither. */
export function toPlace(row: Json): Place | undefined {
  const { part_type, id, path_part_id, name, materialized_path } = asRecord(row);
  const kind = part_type === 'FOLDER' ? 'folder' : part_type === 'DOCUMENT' ? 'document' : undefined;
  const called = nonEmptyString(name);
  if (kind === undefined || called === undefined) return undefined;
  return {
    kind,
    id: nonEmptyString(id),
    pathPartId: nonEmptyString(path_part_id),
    name: toOneForm(called),
    path: nonEmptyString(materialized_path),
  };
}

/** What looks the same is the same: a file of macOS has the letters of its name in pieces. */
export function toOneForm(text: string): string {
  return text.normalize('NFC');
}

/** Without the slash at the end that only says folder. */
export function trimPath(path: string): string {
  return toOneForm(path).replace(/(?<=.)\/$/, '');
}

/** `/a/b` and `c` of `/a/b/c`; the parent of a thing at the top is an empty text. */
export function splitPath(path: string): { readonly parent: string; readonly name: string } {
  const at = path.lastIndexOf('/');
  return { parent: path.slice(0, at), name: path.slice(at + 1) };
}

export function countNames(path: string): number {
  return path.split('/').length - 1;
}

/** The forms in which a server may have kept it. */
export function listForms(name: string): string[] {
  return [...new Set([name, name.normalize('NFD')])];
}
