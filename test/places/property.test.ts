// Any tree, any path: what is resolved is the one thing that has the path, and nothing else ever is.

import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { Failure } from '../../src/errors.ts';
import { decodePlace, PLACES, type PlaceKind } from '../../src/schema/place.ts';
import { USER } from '../backend/server.ts';
import { listMeant, type Node, type Planted, plant } from './tree.ts';

/** What looks alike, holds what means something elsewhere, or is another's beginning. */
const NAMES = ['a', 'A', 'b', 'ab', 'é', 'é', 'K', '\u212a', '50%', 'a_b', 'x y', 'a\\b', "it's", 'Private', USER];
const SLASHED = ['a/b', 'b/a', 'a/b/a', '/a'];

const treeOf = (names: readonly string[]) =>
  fc.letrec<{ nodes: Node[] }>((tie) => ({
    nodes: fc.array(
      fc.record({
        name: fc.constantFrom(...names),
        below: fc.option(tie('nodes'), { nil: undefined, depthSize: 'small' }),
      }),
      { maxLength: 4 },
    ),
  })).nodes;

const kinds = fc.constantFrom<PlaceKind>(...PLACES);
const typos = fc.array(fc.constantFrom(...NAMES, 'users'), { minLength: 1, maxLength: 4 });

async function settle(path: string, kind: PlaceKind, { resolve }: Planted): Promise<string> {
  try {
    return await resolve(path, kind);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.kind;
  }
}

/** The id; or why there is none. */
function expected(path: string, kind: PlaceKind, { store }: Planted): string {
  const [first, ...others] = listMeant(path, kind, store);
  if (first === undefined) return 'not-found';
  return others.length > 0 ? 'refused' : String(first[kind === 'path part' ? 'path_part_id' : 'id']);
}

/** Every path that is there, some that end in a slash, and some that are not there. */
function listPaths({ store }: Planted, others: readonly (readonly string[])[]): string[] {
  const there = store.parts().map((row) => String(row['materialized_path']));
  const own = there.map((path) => path.replace(`/users/${USER}`, '/Private'));
  const typed = [...there, ...own, ...there.map((path) => path.normalize('NFD'))];
  const all = [...typed, ...typed.map((path) => `${path}/`), ...others.map((names) => `/${names.join('/')}`)];
  return [...new Set(all)].filter((path) => 'value' in decodePlace(path));
}

/** Those of the acting user lie under /users. */
function withOwn(nodes: readonly Node[], own: readonly Node[]): Node[] {
  return [...nodes, { name: 'users', below: [{ name: USER, below: own }] }];
}

test('a path means the one thing that has it, or none, or it is refused', async () => {
  const trees = treeOf([...NAMES, ...SLASHED]);
  await fc.assert(
    fc.asyncProperty(
      trees,
      treeOf(NAMES),
      fc.array(typos, { maxLength: 5 }),
      kinds,
      async (nodes, own, typed, kind) => {
        const planted = plant(withOwn(nodes, own));
        for (const path of listPaths(planted, typed))
          expect([path, await settle(path, kind, planted)]).toEqual([path, expected(path, kind, planted)]);
      },
    ),
    { numRuns: 25 },
  );
});

test('where the search finds nothing, the way down from the top finds the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      treeOf(NAMES),
      treeOf(NAMES),
      fc.array(typos, { maxLength: 5 }),
      kinds,
      async (nodes, own, typed, kind) => {
        const planted = plant(withOwn(nodes, own));
        planted.change = ({ path }, answer) => (path === '/v1/folders/search' ? { items: [], total: 0 } : answer);
        // The folder of all users hides behind the one's own.
        for (const path of listPaths(planted, typed).filter((one) => !/^\/users\/?$/.test(one)))
          expect([path, await settle(path, kind, planted)]).toEqual([path, expected(path, kind, planted)]);
      },
    ),
    { numRuns: 25 },
  );
});
