// What is told of a path that leads to no one thing: where it stops, what is near, or what it could all mean. Pure.

import { Failure } from '../errors.ts';
import type { PlaceKind } from '../schema/place.ts';
import { askIfMeant, nearest } from '../schema/suggest.ts';
import type { Place } from './place.ts';
import type { Stop } from './walk.ts';

const MOST_NAMED = 5;

export function describeMissing(path: string, { path: above, rest, places, isWhole }: Stop): Failure {
  const [name = '', ...below] = rest.split('/');
  const here = above === '' ? 'The top' : above;
  const document = places.find((place) => place.kind === 'document' && place.name === name);
  if (document && below.length > 0)
    return new Failure('not-found', `${path}: ${above}/${name} is a document, and holds nothing by name`);
  const near = nearest(
    name,
    places.map((place) => place.name),
  );
  const meant = near === undefined ? [] : askIfMeant([[above, near, ...below].join('/')]);
  return new Failure('not-found', `${path}: ${here} holds no '${name}' that this user can see`, {
    lines: [
      ...(meant.length > 0 ? meant : [describeNames(here, places)]),
      ...(isWhole ? [] : [`Only the first ${places.length} things in it were looked at. An id finds the others.`]),
    ],
  });
}

function describeNames(here: string, places: readonly Place[]): string {
  const names = places.slice(0, MOST_NAMED).map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name));
  const more = places.length - names.length;
  if (names.length === 0) return `${here} is empty.`;
  return `${here} holds: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function describeOther(path: string, { kind }: Place, wanted: PlaceKind): Failure {
  return new Failure('not-found', `${path} is a ${kind}, and no ${wanted}`);
}

export function describeSeveral(path: string, places: readonly Place[]): Failure {
  return new Failure('refused', `${path} could mean ${places.length} things. Nothing was changed`, {
    lines: [
      ...places.map(({ kind, id, pathPartId }) => `A ${kind}: id ${id}, path part ${pathPartId}`),
      'Give the id of the one that is meant.',
    ],
  });
}
