// Every row against the description of the API, and against the rules of rows.

import { expect, test } from 'bun:test';
import { loadResources, RESOURCES } from '../../src/resources/index.ts';
import { CONTRACT } from './contract.ts';
import { findContradictions } from './contradictions.ts';
import { findFlaws } from './row-rules.ts';

const LOADED = await loadResources();

test('every row is as the API is described', async () => {
  expect((await Promise.all(LOADED.map(findContradictions))).flat()).toEqual([]);
});

test('every row keeps the rules of rows', () => {
  expect(LOADED.flatMap(findFlaws)).toEqual([]);
});

/** Load balancers, sign-in pages in a browser, and the machines of customers. */
const NOT_FOR_PEOPLE = [
  'GET /',
  'GET /healthz',
  'GET /v1/auth/sso/oauth2/callback',
  'GET /v1/auth/sso/{tenant_id}/signin',
  'POST /v1/auth/pw/reset',
  'POST /v1/auth/pw/reset_with_token',
  'POST /v1/auth/pw/signin',
  'POST /v1/auth/pw/user',
  'POST /v1/auth/signout',
  'POST /v1/auth/sso/initiate',
  'POST /v1/auth/uat',
  'POST /v1/workflow-runs/{run_id}/callback',
];

/** Commands that are no rows. */
const BY_HAND = ['GET /v1/users/me', 'GET /v1/threads/{thread_id}/stream', 'POST /v1/threads/{thread_id}/user_message'];

test('every operation that serves a person is a command', () => {
  const rows = LOADED.flatMap(({ operations }) => Object.values(operations));
  const reached = rows.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
  const others = Object.keys(CONTRACT).filter((name) => !reached.includes(name));
  // The contents of a folder are asked for by the command that lists folders.
  const own = ['GET /v1/folders/{folder_id}/contents', ...BY_HAND];
  expect(others.toSorted()).toEqual([...NOT_FOR_PEOPLE, ...own].toSorted());
});

test('a group has the name of its command', () => {
  expect(LOADED.map(({ name }) => name)).toEqual(Object.keys(RESOURCES));
});

test('one request that is no GET only reads', () => {
  const safe = LOADED.flatMap(({ operations }) => Object.values(operations)).filter(({ isSafe }) => isSafe);
  expect(safe.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/chunks/search']);
});
