// Rows of two lists, matched: by id, whatever their order; rows without an id, with the same one, with one further in.

import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { createMatch, type Side } from '../../src/compare/match.ts';
import type { Json } from '../../src/json/value.ts';

/** What is left, in short: the rows that only one has, that one has more often, the fields that differ. */
function match(a: readonly Json[], b: readonly Json[], idKey = 'id') {
  const { take, finish } = createMatch(idKey);
  const rows: [Side, Json][] = [
    ...a.map((row): [Side, Json] => ['a', row]),
    ...b.map((row): [Side, Json] => ['b', row]),
  ];
  for (const [side, row] of rows) take(side, row);
  const { onlyIn, again, different, same } = finish();
  const name = ({ id, position }: { id: string; position: number }) => id || `row ${position}`;
  return {
    onlyInA: onlyIn.a.map(name),
    onlyInB: onlyIn.b.map(name),
    againInA: again.a.map(name),
    againInB: again.b.map(name),
    different: different.map((pair) => [name(pair.a), ...pair.fields.map(({ field }) => field)].join(' ')),
    same,
  };
}

const NOTHING = { onlyInA: [], onlyInB: [], againInA: [], againInB: [], different: [], same: 0 };

test('a row that one list holds twice and the other once is not missing there', () => {
  const row = { id: 'x', name: 'X' };
  expect(match([row, row], [row])).toEqual({ ...NOTHING, againInA: ['x'], same: 1 });
  expect(match([row], [{ ...row, name: 'Y' }, row])).toEqual({ ...NOTHING, againInB: ['x'], same: 1 });
  expect(match([{ ...row, name: 'Z' }, row], [row, { ...row, name: 'Y' }])).toEqual({
    ...NOTHING,
    different: ['x name'],
    same: 1,
  });
});

test('rows without an id are met by their contents, then by their position', () => {
  const [a, b, c] = [{ n: 1 }, { n: 2 }, { n: 3 }];
  expect(match([a, b, c], [c, a])).toEqual({ ...NOTHING, onlyInA: ['row 2'], same: 2 });
  expect(match([a, b], [a, { n: 5 }])).toEqual({ ...NOTHING, different: ['row 2 n'], same: 1 });
  expect(match([a, { id: null, n: 4 }], [{ id: '', n: 4 }, a])).toEqual({
    ...NOTHING,
    onlyInA: ['row 2'],
    onlyInB: ['row 1'],
    same: 1,
  });
});

test('the id may stand in the one object of a row that has one', () => {
  const member = (id: string, role: string) => ({ user: { id, email: 'x' }, role, since: { year: 2026 } });
  expect(match([member('u', 'USER')], [member('v', 'USER'), member('u', 'ADMIN')])).toEqual({
    ...NOTHING,
    onlyInB: ['v'],
    different: ['u role'],
  });
  const both = { user: { id: 'u' }, group: { id: 'g' } };
  expect(match([both], [both])).toEqual({ ...NOTHING, same: 1 });
});

test("texts, numbers and lists are rows too, and the key of the id is the list's own", () => {
  expect(match(['x', 7, [1], null], [7, 'y', [1], null])).toEqual({
    ...NOTHING,
    onlyInA: ['x'],
    onlyInB: ['y'],
    same: 3,
  });
  const row = { path_part_id: 'p', id: 'one' };
  expect(match([row], [{ ...row, id: 'two' }], 'path_part_id')).toEqual({ ...NOTHING, different: ['p id'] });
});

test('keys that JavaScript knows are data', () => {
  const odd = JSON.parse('{"__proto__": {"id": 1}, "constructor": 1, "toString": 2, "id": {"toString": 1}}');
  const other = JSON.parse('{"__proto__": {"id": 2}, "constructor": 1, "toString": 2, "id": {"toString": 1}}');
  expect(match([odd], [odd])).toEqual({ ...NOTHING, same: 1 });
  expect(match([odd], [other])).toEqual({ ...NOTHING, onlyInA: ['1'], onlyInB: ['2'] });
});

const ROW = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', null), value: fc.integer({ max: 3, min: 0 }) });
const ROWS = fc.array(ROW, { maxLength: 12 });

test('the order of rows never makes a difference', () => {
  fc.assert(
    fc.property(
      ROWS.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
      ([rows, shuffled]) => {
        expect(match(rows, shuffled)).toEqual({ ...NOTHING, same: rows.length });
      },
    ),
  );
});

test('every row of both is told once, and the other way round the sides change places', () => {
  fc.assert(
    fc.property(ROWS, ROWS, (a, b) => {
      const found = match(a, b);
      const { length: pairs } = found.different;
      expect(found.onlyInA.length + found.againInA.length + pairs + found.same).toBe(a.length);
      expect(found.onlyInB.length + found.againInB.length + pairs + found.same).toBe(b.length);
      const turned = match(b, a);
      expect([turned.onlyInA, turned.againInA, turned.same]).toEqual([found.onlyInB, found.againInB, found.same]);
    }),
  );
});
