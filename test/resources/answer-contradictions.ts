// What a row expects of an answer, against the answer that is described: each contradiction is a sentence.

import type { Operation, Resource } from '../../src/schema/operations.ts';
import type { Described, Shape } from './contract.ts';

export function compareAnswer(operation: Operation, resource: Resource, answer: Described['answer']): string[] {
  if (answer.status === 204) return [];
  const key = operation.itemsKey;
  const shape = findShape(answer, key);
  if (shape === undefined)
    return [`the rows of the answer are not ${key === undefined ? 'the whole of it' : `under ${key}`}`];
  const columns = operation.columns ?? resource.columns;
  const id = operation.id ?? resource.id;
  if (typeof shape === 'string') return columns.join() === 'value' ? [] : ['a bare value has the column value alone'];
  return [
    ...columns.flatMap((column) => compareColumn(column, shape, answer.list !== false)),
    ...compareId(id, shape),
    ...compareKeys(operation, shape),
    ...compareTree(operation, shape),
    ...(operation.clientOnly?.['all'] && answer.list !== 'page' ? ['has --all, but no pages'] : []),
  ];
}

/** Of a row, or of the object that is no list. */
function findShape({ list, fields, items, rows }: Described['answer'], key: string | undefined): Shape | undefined {
  if (list === 'page') return key === 'items' ? items : undefined;
  if (key !== undefined) return rows?.[key];
  if (list === false) return fields;
  return list === 'array' ? items : undefined;
}

function compareId(id: string | false, shape: Exclude<Shape, string>): string[] {
  if (id === false) return 'id' in shape ? ['the answer has an id'] : [];
  return id in shape ? [] : [`the id ${id} is not in the answer`];
}

/** Keys of the answer that mean something to the command. */
function compareKeys({ waitsFor, secretKey, errorsKey }: Operation, shape: Exclude<Shape, string>): string[] {
  return [waitsFor && 'workflow_id', secretKey, errorsKey]
    .filter((key) => key !== undefined)
    .filter((key) => !(key in shape))
    .map((key) => `${key} is not in the answer`);
}

/** `content.text` leads into an object. */
function compareColumn(column: string, shape: Exclude<Shape, string>, isList: boolean): string[] {
  const [head = '', inner] = column.split('.');
  const type = shape[head];
  if (type === undefined) return [`the column ${column} is not in the answer`];
  if (!isList && inner === undefined) return [];
  return /^object/.test(type) === (inner !== undefined) ? [] : [`the column ${column} is of ${type}`];
}

function compareTree({ tree }: Operation, shape: Exclude<Shape, string>): string[] {
  const keys = tree ? ['path_part_id', tree.parent] : [];
  return keys.filter((key) => !(key in shape)).map((key) => `the tree's ${key} is not in the answer`);
}
