// A row with a typo in it, and what is told of that typo alone.

import type { Operation, Resource } from '../../src/schema/operations.ts';
import { findContradictions } from './contradictions.ts';
import { findFlaws } from './row-rules.ts';

export type Typo = readonly [resource: Resource, row: string, changes: Partial<Operation>, ...told: string[]];

export async function complainOf([resource, row, changes]: Typo): Promise<string[]> {
  const known = await complain(resource);
  const found = await complain(change(resource, row, changes));
  return found.filter((complaint) => !known.includes(complaint));
}

async function complain(resource: Resource): Promise<string[]> {
  return [...(await findContradictions(resource)), ...findFlaws(resource)];
}

/** A copy with one row changed. */
function change(resource: Resource, row: string, changes: Partial<Operation>): Resource {
  const operation = resource.operations[row];
  if (operation === undefined) throw new Error(`no row ${row}`);
  return { ...resource, operations: { ...resource.operations, [row]: { ...operation, ...changes } } };
}
