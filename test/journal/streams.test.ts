// What a stream of events leaves in the journal: a read like any other, once it is open.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createWorker, type Worker } from './deeds.ts';

const THREAD = '00000000-0000-0000-0004-000000000001';
const UNDER = `/v1/threads/${THREAD}`;

let worker: Worker;
beforeEach(() => {
  worker = createWorker();
});
afterEach(() => worker.remove());

test('threads follow is one read', async () => {
  const added = await worker.added(`threads follow ${THREAD} -f jsonl`, {
    [`GET ${UNDER}/stream`]: { text: 'data: secret\n\n' },
  });
  expect(added).toMatchObject([
    { event: 'request', command: 'threads follow', method: 'GET', path: `${UNDER}/stream`, status: 200 },
  ]);
  // Its length is not known yet.
  expect(added[0]).not.toHaveProperty('received');
  expect(worker.readText()).not.toContain('secret');
});

test('the question of threads ask is told before it is sent, without a word of it', async () => {
  const messages = (...items: object[]) => ({ json: { items, total: items.length } });
  const added = await worker.added(`threads ask ${THREAD} --message secret`, {
    [`GET ${UNDER}/messages?limit=5&with_details=false`]: [
      messages(),
      messages({ id: 'm', role: 'ASSISTANT', content: { text: 'secret' }, sequence: 1 }),
    ],
    [`GET ${UNDER}/stream`]: { text: '' },
    [`POST ${UNDER}/user_message`]: { status: 202, json: { workflow_id: 'w' } },
  });
  expect(added.map(({ event, method, path }) => `${event} ${method} ${path}`).sort()).toEqual([
    `request GET ${UNDER}/messages`,
    `request GET ${UNDER}/messages`,
    `request GET ${UNDER}/stream`,
    `request POST ${UNDER}/user_message`,
    `request.intent POST ${UNDER}/user_message`,
  ]);
  expect(worker.readText()).not.toContain('secret');
});
