// The house: rooms on floors. Every import, types included, leads down; rooms on one floor do not know each other.

import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(import.meta.dir, '..');

/** From the top down. A room is a folder of src, or a file of its own. */
const FLOORS: readonly (readonly string[])[] = [
  ['cli'],
  ['main'],
  ['dispatch'],
  ['execute', 'root-help'],
  ['commands'],
  ['agent', 'api', 'compare', 'completion', 'doctor', 'ingest', 'snapshot', 'threads', 'upgrade'],
  ['access', 'rest'],
  ['argv', 'resources'],
  ['output'],
  ['places'],
  ['auth'],
  ['http'],
  ['context'],
  ['journal'],
  ['settings'],
  ['terminal'],
  ['files'],
  ['schema'],
  ['archive', 'json'],
  ['errors', 'version', 'world'],
];

/** The program's rooms; `release` belongs to build.ts, and knows none of them. */
const SOURCES = [...new Bun.Glob('src/**/*.ts').scanSync(ROOT)].filter((path) => !path.startsWith('src/release/'));
const RELEASE = [...new Bun.Glob('src/release/*.ts').scanSync(ROOT)];

type Arrow = { readonly from: string; readonly to: string };

/** Static, dynamic, type and macro imports of files of this project. */
function listArrows(from: string, text: string): Arrow[] {
  return [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, name = '']) => ({
    from,
    to: normalize(join(dirname(from), name)),
  }));
}

function findRoom(path: string): string {
  return path.replace(/^src\//, '').replace(/(\.ts|\/.*)$/, '');
}

function findFloor(path: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(findRoom(path)));
}

function leadsDown({ from, to }: Arrow): boolean {
  return findRoom(from) === findRoom(to) || findFloor(from) < findFloor(to);
}

const ARROWS = SOURCES.flatMap((path) => listArrows(path, readFileSync(join(ROOT, path), 'utf8')));

test('every room stands on a floor, and no floor holds a room that is not there', () => {
  expect([...new Set(SOURCES.map(findRoom))].sort()).toEqual(FLOORS.flat().sort());
});

test('every import leads down, and none sideways to another room', () => {
  expect(ARROWS.length).toBeGreaterThan(SOURCES.length);
  expect(ARROWS.filter((arrow) => !leadsDown(arrow)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('no file knows itself through others', () => {
  const circles = SOURCES.filter((path) => reach(path).has(path));
  expect(circles).toEqual([]);
});

test('the release is a house of its own, but for what it shares with the program', () => {
  const shared = ['src/archive/tar.ts', 'src/schema/signer.ts'];
  const leaving = RELEASE.flatMap((path) => listArrows(path, readFileSync(join(ROOT, path), 'utf8')));
  expect(leaving.filter(({ to }) => !to.startsWith('src/release/') && !shared.includes(to))).toEqual([]);
  expect(ARROWS.filter(({ to }) => !SOURCES.includes(to))).toEqual([]);
});

test('the check itself sees an arrow up, sideways, of a type and of a lazy import', () => {
  const text = `import type { A } from '../auth/a.ts';\nawait import('../settings/b.ts');\nimport { c } from './c.ts';`;
  const wrong = listArrows('src/http/x.ts', text).filter((arrow) => !leadsDown(arrow));
  expect(wrong.map(({ to }) => to)).toEqual(['src/auth/a.ts']);
  expect(leadsDown({ from: 'src/api/x.ts', to: 'src/doctor/y.ts' })).toBe(false);
  expect(leadsDown({ from: 'src/errors.ts', to: 'src/world.ts' })).toBe(false);
});

/** Everything that a file leads to, step by step. */
function reach(start: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const { from, to } of ARROWS) {
      if (from !== at || seen.has(to)) continue;
      seen.add(to);
      waiting.push(to);
    }
  }
  return seen;
}
