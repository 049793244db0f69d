// What a bulk upload asks of the server about folders and documents.

import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { readPages } from '../http/pages.ts';
import { asRecord, type Json, nonEmptyString } from '../json/value.ts';
import { insist } from './doubt.ts';
import { type Existing, readDocument, readVersion, type Version } from './existing.ts';

/** @property isNew false where somebody else may have put documents into it */
export type NewFolder = { readonly pathPartId: string; readonly isNew: boolean };

export type Server = {
  /** Path parts by name. */
  readonly foldersIn: (pathPartId: string) => Promise<ReadonlyMap<string, string>>;
  /** By name: a folder may hold several of one name. */
  readonly documentsIn: (pathPartId: string) => Promise<ReadonlyMap<string, readonly Existing[]>>;
  /** Where the answer was lost, or somebody else was first, it is the folder that is there. */
  readonly createFolder: (name: string, parent: string) => Promise<NewFolder>;
  readonly versionsOf: (documentId: string) => Promise<readonly Version[]>;
};

export function bindServer({ json }: Session, { log, world }: Context): Server {
  const list = async function* (path: string, key: string, value: string): AsyncGenerator<Json> {
    for await (const { rows } of readPages({ method: 'GET', path, query: [[key, value]] }, json, log)) yield* rows;
  };
  const foldersIn: Server['foldersIn'] = async (parent) => {
    const found = new Map<string, string>();
    for await (const row of list('/v1/folders', 'parent_path_part_id', parent)) {
      const { name, path_part_id } = asRecord(row);
      found.set(String(name), String(path_part_id));
    }
    return found;
  };
  const documentsIn: Server['documentsIn'] = async (parent) => {
    const found = new Map<string, Existing[]>();
    for await (const row of list('/v1/documents', 'parent_path_part_id', parent)) {
      const name = String(asRecord(row)['name']);
      found.set(name, [...(found.get(name) ?? []), readDocument(row)]);
    }
    return found;
  };
  const versionsOf: Server['versionsOf'] = async (documentId) => {
    const found: Version[] = [];
    for await (const row of list('/v1/document_versions', 'document_id', documentId)) {
      found.push(...[readVersion(row) ?? []].flat());
    }
    return found;
  };
  const createFolder: Server['createFolder'] = async (name, parent) => {
    const look = async () => toFound((await foldersIn(parent)).get(name));
    const attempt = async () => {
      const body = { name, parent_path_part_id: parent };
      const made = await json({ method: 'POST', path: '/v1/folders', body });
      const pathPartId = nonEmptyString(asRecord(made)['path_part_id']);
      if (pathPartId === undefined) throw new Failure('answer', 'The server named no path part of the new folder');
      return { pathPartId, isNew: true };
    };
    const tell = ({ message }: Failure) => log.info(`${name}: ${message}. Trying again`);
    try {
      return await insist({ attempt, look, tell }, world);
    } catch (error) {
      // Somebody else was first.
      const found = error instanceof Failure && error.kind === 'conflict' ? await look() : undefined;
      if (found === undefined) throw error;
      return found;
    }
  };
  return { foldersIn, documentsIn, versionsOf, createFolder };
}

function toFound(pathPartId: string | undefined): NewFolder | undefined {
  return pathPartId === undefined ? undefined : { pathPartId, isNew: false };
}
