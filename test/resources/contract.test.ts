// Every row against the description of the API, and against the rules of rows.

import { expect, test } from 'bun:test';
import { loadResources, RESOURCES } from '../../src/resources/index.ts';
import { findContradictions } from './contradictions.ts';
import { findFlaws } from './row-rules.ts';

/** What the description contradicts today, and why it stands. One that is not needed any more fails. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'The call was never recorded from a real client: the request is a guess': [
    'tenants create: POST /v1/tenants is not described',
  ],
  'The server has the keys of filters beside the others, not below them': [
    'chunks search: filters is not described in the body',
  ],
  'The answer is not one of the rows that the group lists': [
    'chunk-lineages describe: the column parent_chunk_id is not in the answer',
    'chunk-lineages describe: the column chunk_id is not in the answer',
    'chunk-lineages describe: the column created_at is not in the answer',
    'chunk-lineages describe: the id chunk_id is not in the answer',
    'document-versions clear-contents: the column id is not in the answer',
    'document-versions clear-contents: the column name is not in the answer',
    'document-versions clear-contents: the column created_at is not in the answer',
    'document-versions clear-contents: the id id is not in the answer',
    'invites accept: the column id is not in the answer',
    'invites accept: the column email is not in the answer',
    'invites accept: the column created_at is not in the answer',
  ],
  'No column can show a part of a value yet': [
    'thread-messages list: the column content is of object',
    'thread-messages describe: the column content is of object',
    'thread-messages create: the column content is of object',
  ],
  'The values are fewer than the server takes': [
    'documents create: document_type lacks PLAINTEXT, IMAGE, XLSX, CSV, PPTX',
    'chunks create: chunk_type lacks HTML',
    'chunks search: search_type lacks hybrid',
  ],
  'The server does without, but kscli does not yet': [
    'users update: default_tenant_id is required here',
    'permissions update: capability is required here',
    'threads create: title is required here',
    'invites create: role is required here',
  ],
  'Without an id nothing would be asked for': ['chunks get-bulk: chunk_ids is required here'],
  'No document has a page 0': [
    'sections create: the bounds of page_number are none, not 1..',
    'sections update: the bounds of page_number are none, not 1..',
  ],
  'The length of a text cannot be bounded yet': [
    'folders create: the bounds of name are 1..255, not none',
    'folders update: the bounds of name are 1..255, not none',
    'documents create: the bounds of name are 1..255, not none',
    'documents update: the bounds of name are 1..255, not none',
    'sections create: the bounds of name are 1..255, not none',
    'sections update: the bounds of name are 1..255, not none',
    'chunks create: the bounds of content are 1.., not none',
    'chunks update-content: the bounds of content are 1.., not none',
    'chunks search: the bounds of query are 1.., not none',
    'tags create: the bounds of name are 1..100, not none',
    'tags create: the bounds of description are ..500, not none',
    'tags update: the bounds of name are 1..100, not none',
    'tags update: the bounds of description are ..500, not none',
    'threads create: the bounds of title are 1..255, not none',
    'threads update: the bounds of title are 1..255, not none',
  ],
};

const LOADED = await loadResources();

test('every row is as the API is described, but for the exceptions', async () => {
  const found = await Promise.all(LOADED.map(findContradictions));
  expect(found.flat().toSorted()).toEqual(Object.values(EXCEPTIONS).flat().toSorted());
});

test('every row keeps the rules of rows', () => {
  expect(LOADED.flatMap(findFlaws)).toEqual([]);
});

test('a group has the name of its command', () => {
  expect(LOADED.map(({ name }) => name)).toEqual(Object.keys(RESOURCES));
});

test('one request that is no GET only reads', () => {
  const safe = LOADED.flatMap(({ operations }) => Object.values(operations)).filter(({ isSafe }) => isSafe);
  expect(safe.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/chunks/search']);
});
