// kscli threads ask, compiled: its end where the stream has none, where time is over, where no good answer comes.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { type AskSite, createAskSite, GOOD } from './threads-ask-site.ts';
import { delta, entry, keepAnswer, streamOf } from './threads-site.ts';

let site: AskSite;
beforeEach(async () => {
  site = await createAskSite();
});
afterEach(() => site.remove());

test('a stream without an end has one when the workflow is over', async () => {
  site.answerWith(() => streamOf([delta(1, 'The answer '), ': ping\n\n'], 'open'));
  site.backend.faults.set('GET /v1/workflows/answer-0', () =>
    Response.json({ temporal_status: 'COMPLETED', close_time: '2026-01-01T00:00:00Z' }),
  );
  expect(await site.ask()).toEqual(GOOD);
});

test('time over: 124, what came so far, and the ids', async () => {
  site.answerWith(() => streamOf([entry(1, { type: 'reasoning', delta: 'hm' })], 'open'));
  site.backend.faults.set('GET /v1/workflows/answer-0', () =>
    Response.json({ temporal_status: 'RUNNING', close_time: null }),
  );
  const { exit, stdout, stderr } = await site.ask('--timeout', '1');
  expect({ exit, stdout, stderr: stderr.replaceAll(site.thread, '<thread>') }).toMatchInlineSnapshot(`
    {
      "exit": 124,
      "stderr": 
    "Error: There is no answer after 1 seconds
    Thread <thread>, workflow answer-0: it may come yet.
    To look: kscli thread-messages list --thread-id <thread> --limit 5
    "
    ,
      "stdout": "",
    }
  `);
});

test('Ctrl-C ends it at once, with the thread', async () => {
  const opened = Promise.withResolvers<void>();
  site.answerWith(() => {
    opened.resolve();
    return streamOf([delta(1, 'The ')], 'open');
  });
  const child = site.start(['threads', 'ask', site.thread, '--message', 'How many?']);
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill('SIGINT');
  const stderr = await child.stderr.text();
  expect({ exit: await child.exited, stderr: stderr.replaceAll(site.thread, '<thread>') }).toMatchInlineSnapshot(`
    {
      "exit": 130,
      "stderr": 
    "Aborted.
    Thread <thread>, workflow answer-0: the answer goes on without you.
    To look: kscli thread-messages list --thread-id <thread> --limit 5
    "
    ,
    }
  `);
});

test('an answer that is an error: 1, and its text', async () => {
  site.answerWith(() => streamOf([]));
  site.backend.faults.set(site.routes.message, () => {
    keepAnswer(site, 'The model is busy.', { is_error: true });
    return Response.json({ workflow_id: 'answer-0' }, { status: 202 });
  });
  expect(await site.ask()).toEqual({
    exit: 1,
    stdout: 'The model is busy.\n',
    stderr: 'Error: The answer is an error of the assistant\n',
  });
});

test('a workflow that ends without an answer: 1', async () => {
  site.answerWith(() => streamOf([]));
  site.backend.faults.set(site.routes.message, () => Response.json({ workflow_id: 'answer-0' }, { status: 202 }));
  site.backend.faults.set('GET /v1/workflows/answer-0', () =>
    Response.json({ temporal_status: 'FAILED', close_time: '2026-01-01T00:00:00Z' }),
  );
  const { exit, stdout, stderr } = await site.ask();
  expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  expect(stderr).toStartWith('Error: There is no answer, and its workflow ended as FAILED\n');
});
