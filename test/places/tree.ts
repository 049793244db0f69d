// A tree on the stand-in backend, and the way to it without a socket. A path is resolved here as a person would: by looking at
// every row.

import { Failure } from '../../src/errors.ts';
import { type ApiRequest, encodeTarget } from '../../src/http/request.ts';
import type { Json } from '../../src/json/value.ts';
import { createResolver, type Resolve } from '../../src/places/resolve.ts';
import type { PlaceKind } from '../../src/schema/place.ts';
import { createResources } from '../backend/resources.ts';
import { TENANT, USER } from '../backend/server.ts';
import type { Row, Store } from '../backend/store.ts';

export type Node = { readonly name: string; readonly below?: readonly Node[] | undefined };

/** @property sent the requests, by path and query @property change what the server says in place of its answer */
export type Planted = {
  readonly store: Store;
  readonly sent: string[];
  readonly resolve: Resolve;
  change: (request: ApiRequest, answer: Json) => Json;
};

/** Nothing else is there. A node with something below it, or with an empty list, is a folder; any other a document. */
export function plant(nodes: readonly Node[]): Planted {
  const resources = createResources(TENANT, USER);
  const { store } = resources;
  for (const row of store.rows('folders')) store.remove(row);
  grow(nodes, null, store);
  const planted: Planted = {
    store,
    sent: [],
    resolve: (path, kind) => createResolver(session as never, { log } as never)(path, kind),
    change: (_, answer) => answer,
  };
  const session = {
    identity: async () => ({ tenantId: TENANT, userId: USER }),
    json: async (request: ApiRequest): Promise<Json> => {
      const target = encodeTarget(request);
      planted.sent.push(decodeURIComponent(target));
      const answer = resources(request.method, new URL(`http://localhost${target}`), undefined);
      if (!answer.ok) throw new Failure('not-found', await answer.text());
      return planted.change(request, (await answer.json()) as Json);
    },
  };
  const log = { warn: async (text: string) => Promise.reject(new Error(text)) };
  return planted;
}

function grow(nodes: readonly Node[], parent: unknown, store: Store): void {
  for (const { name, below } of nodes) {
    const kind = below ? { part_type: 'FOLDER' } : { part_type: 'DOCUMENT' };
    const row = store.create(below ? 'folders' : 'documents', { name, parent_path_part_id: parent, ...kind });
    if (below) grow(below, row['path_part_id'], store);
  }
}

/** The rows that a path means, for a person who reads names: in one form of Unicode, and with the own folder's two names. */
export function listMeant(path: string, kind: PlaceKind, store: Store): Row[] {
  const typed = path.normalize('NFC').replace(/(?<=.)\/$/, '');
  return store.parts().filter((row) => {
    const own = `/users/${USER}`;
    const real = String(row['materialized_path']).normalize('NFC');
    const spellings = real === own || real.startsWith(`${own}/`) ? [real, real.replace(own, '/Private')] : [real];
    const type = String(row['part_type']).toLowerCase();
    const isKind = kind === 'path part' || type === kind;
    return isKind && (!path.endsWith('/') || type === 'folder') && spellings.includes(typed);
  });
}
