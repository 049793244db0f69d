// A comparison as data: one record a difference, the same in json and jsonl. The words for people are text.ts's.

import type { JsonObject } from '../json/value.ts';
import type { Whole } from '../output/result.ts';
import type { Found, Side } from './match.ts';
import type { Comparison } from './read.ts';
import type { Difference } from './values.ts';

/** One of the two, as messages call it. @property about who and where it is */
export type Subject = { readonly label: string; readonly about: JsonObject };

export function isTheSame(comparison: Comparison): boolean {
  return listRecords(comparison, '').length === 0;
}

/** @param text for the table @param why what the server told who may not see it */
export function layOut(comparison: Comparison, a: Subject, b: Subject, text: string, why: string): Whole {
  const differences = listRecords(comparison, why);
  return {
    data: { same: differences.length === 0, a: a.about, b: b.about, ...countRows(comparison), differences },
    itemsKey: 'differences',
    columns: ['difference', 'id', 'field', 'a', 'b'],
    text,
  };
}

function countRows(comparison: Comparison): JsonObject {
  if (comparison.kind !== 'rows') return {};
  const { onlyIn, again, different, same } = comparison.outcome;
  const repeated = again.a.length + again.b.length;
  return {
    rows: {
      only_in_a: onlyIn.a.length,
      only_in_b: onlyIn.b.length,
      ...(repeated > 0 && { again_in_a: again.a.length, again_in_b: again.b.length }),
      different: different.length,
      same,
    },
  };
}

function listRecords(comparison: Comparison, why: string): JsonObject[] {
  if (comparison.kind === 'unseen') return [{ difference: `unseen_in_${comparison.side}`, detail: why }];
  if (comparison.kind === 'whole') return comparison.fields.map((field) => toRecord(field));
  const { onlyIn, again, different } = comparison.outcome;
  return [
    ...SIDES.flatMap((side) => onlyIn[side].map((found) => toRow(`only_in_${side}`, found))),
    ...SIDES.flatMap((side) => again[side].map((found) => toRow(`again_in_${side}`, found))),
    ...different.flatMap(({ a, fields }) => fields.map((field) => toRecord(field, a))),
  ];
}

const SIDES: readonly Side[] = ['a', 'b'];

function toRow(difference: string, { id, row }: Found): JsonObject {
  return { difference, id: id || null, row };
}

/** A side without the field has no value here: null would be one. */
function toRecord({ field, a, b }: Difference, found?: Found): JsonObject {
  return {
    difference: 'field',
    ...(found && { id: found.id || null }),
    ...(found?.id === '' && { position: found.position }),
    field,
    ...(a !== undefined && { a }),
    ...(b !== undefined && { b }),
  };
}
