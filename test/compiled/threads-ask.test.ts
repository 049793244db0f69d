// kscli threads ask, compiled: the answer as it comes, over streams that break, say nothing, or have no end.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish, type Outcome } from '../binary.ts';
import {
  createThreadSite,
  delta,
  entry,
  keepAnswer,
  MESSAGE_ID,
  streamOf,
  type ThreadSite,
  watchOutput,
} from './threads-site.ts';

let site: ThreadSite;
beforeEach(async () => {
  site = await createThreadSite();
});
afterEach(() => site.remove());

const ask = (...flags: string[]): Promise<Outcome> =>
  finish(site.start(['threads', 'ask', site.thread, '--message', 'How many?', ...flags]));

/** Answers of the stream, one a connection; the question has no answer but what the test keeps. */
function answerWith(...streams: (() => Response | Promise<Response>)[]): void {
  let count = 0;
  site.backend.faults.set(site.routes.stream, () => {
    const stream = streams[Math.min(count++, streams.length - 1)];
    return stream ? stream() : new Response(null, { status: 204 });
  });
  site.backend.faults.set(site.routes.message, () => {
    keepAnswer(site, 'The answer is 42.');
    return Response.json({ workflow_id: 'answer-0' }, { status: 202 });
  });
}

/** The pause before the stream is opened again, in milliseconds. */
const SOON = 'retry: 1\n';

const GOOD = { exit: 0, stdout: 'The answer is 42.\n', stderr: '' };

test('the stream is opened, the question sent once, the answer shown, and the thread asked for the rest', async () => {
  expect(await site.kscli(`threads ask ${site.thread} --message 'How many?'`)).toMatchInlineSnapshot(`
    "$ kscli threads ask 00000000-0000-4000-8000-00000000000b --message 'How many?'
    > GET /v1/threads/00000000-0000-4000-8000-00000000000b/messages?limit=5&with_details=false | cookie: ks_uat=<token 1>
    > GET /v1/threads/00000000-0000-4000-8000-00000000000b/stream | cookie: ks_uat=<token 1>
    > POST /v1/threads/00000000-0000-4000-8000-00000000000b/user_message | cookie: ks_uat=<token 1> | {"input_text":"How many?"}
    > GET /v1/threads/00000000-0000-4000-8000-00000000000b/messages?limit=5&with_details=false | cookie: ks_uat=<token 1>
    You asked: How many? — the answer is 42.
    exit 0"
  `);
});

/** Asks, and tells when so much text has been printed. */
function askUntil(text: string, seen: () => void): Promise<Outcome> {
  return watchOutput(site.start(['threads', 'ask', site.thread, '--message', 'How many?']), (shown) => {
    if (shown === text) seen();
  });
}

test('text is printed as it comes', async () => {
  const seen = Promise.withResolvers<void>();
  answerWith(() => streamOf([delta(1, 'The answer '), seen.promise, delta(2, 'is 42.')]));
  expect(await askUntil('The answer ', seen.resolve)).toEqual(GOOD);
});

test('a stream that breaks is opened again with the last ids, and the question is not asked again', async () => {
  const seen = Promise.withResolvers<void>();
  answerWith(
    () => streamOf([delta(1, 'The '), delta(2, 'answer '), seen.promise], 'break'),
    // The last one comes again.
    () => streamOf([delta(2, 'answer '), delta(3, 'is '), delta(4, '42.')]),
  );
  const { exit, stdout, stderr } = await askUntil('The answer ', seen.resolve);
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: 'The answer is 42.\n' });
  expect(stderr).toContain('Opening the stream again\n');
  expect(site.queries()).toEqual(['', `?last_message_id=${MESSAGE_ID}&last_entry_id=2-0`]);
  expect(site.backend.count(site.routes.message)).toBe(1);
});

test('without ids what was missed does not come again: the rest is what the thread keeps', async () => {
  const bare = (text: string) => `data: ${JSON.stringify({ delta: text })}\n\n`;
  answerWith(
    () => streamOf([`${SOON}${bare('The ')}`], 'break'),
    () => streamOf([bare('is '), bare('42.')]),
  );
  expect((await ask()).stdout).toBe('The answer is 42.\n');
  expect(site.queries()).toEqual(['', '']);
});

const ODD: readonly [what: string, pieces: (string | Uint8Array)[]][] = [
  ['nothing at all', []],
  ['comments alone', [': ping\n\n', ':\n\n']],
  ['lines of Windows', [delta(1, 'The answer ').replaceAll('\n', '\r\n'), delta(2, 'is 42.').replaceAll('\n', '\r')]],
  [
    'a byte at a time',
    [...Buffer.from(delta(1, 'The answer ') + delta(2, 'is 42.'))].map((byte) => Uint8Array.of(byte)),
  ],
  ['an event of 5 MB', [entry(1, { type: 'tool_result', text: 'x'.repeat(5_000_000) }), delta(2, 'The answer ')]],
  ['what is no JSON', ['data: The answer\n\n', 'data: {"delta": \n\n']],
  ['half an event at the end', [delta(1, 'The '), 'data: {"delta": "x"}\n']],
];

test.each(ODD)('a stream of %s', async (_what, pieces) => {
  answerWith(() => streamOf(pieces));
  expect(await ask()).toEqual(GOOD);
});

test('204 says that there is no stream: the answer is waited for', async () => {
  answerWith(() => new Response(null, { status: 204 }));
  expect(await ask()).toEqual(GOOD);
  expect(site.queries()).toHaveLength(1);
});

test('a server that tells of its stream only with the first event is asked meanwhile', async () => {
  const asked = Promise.withResolvers<void>();
  answerWith(async () => {
    await asked.promise;
    return streamOf([delta(1, 'The answer is 42.')]);
  });
  const inner = site.backend.faults.get(site.routes.message);
  site.backend.faults.set(site.routes.message, (request) => {
    asked.resolve();
    return inner?.(request) ?? Response.error();
  });
  expect(await ask()).toEqual(GOOD);
});

test('a stream without an end has one when the workflow is over', async () => {
  answerWith(() => streamOf([delta(1, 'The answer '), ': ping\n\n'], 'open'));
  site.backend.faults.set('GET /v1/workflows/answer-0', () =>
    Response.json({ temporal_status: 'COMPLETED', close_time: '2026-01-01T00:00:00Z' }),
  );
  expect(await ask()).toEqual(GOOD);
});

test('time over: 124, what came so far, and the ids', async () => {
  answerWith(() => streamOf([entry(1, { type: 'reasoning', delta: 'hm' })], 'open'));
  site.backend.faults.set('GET /v1/workflows/answer-0', () =>
    Response.json({ temporal_status: 'RUNNING', close_time: null }),
  );
  const { exit, stdout, stderr } = await ask('--timeout', '1');
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
  answerWith(() => {
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

test('a token that ends in the middle is renewed once', async () => {
  answerWith(
    () => streamOf([`${SOON}${delta(1, 'The ')}`], 'break'),
    () => Response.json({ detail: 'Invalid or expired token' }, { status: 401 }),
    () => streamOf([delta(2, 'answer is 42.')]),
  );
  expect((await ask()).stdout).toBe('The answer is 42.\n');
  expect(site.backend.count('POST /v1/auth/assume_user')).toBe(1);
});

test('a stream that cannot be opened again is done without', async () => {
  const seen = Promise.withResolvers<void>();
  answerWith(
    () => streamOf([`${SOON}${delta(1, 'The ')}`, seen.promise], 'break'),
    () => Response.json({ detail: 'Busy' }, { status: 503 }),
  );
  const { exit, stdout, stderr } = await askUntil('The ', seen.resolve);
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: 'The answer is 42.\n' });
  expect(stderr).toContain('Warning: Server error: 503: Busy. The answer is waited for without the stream\n');
});

const REFUSED: readonly [what: string, answer: () => Response, exit: number, error: string][] = [
  [
    'a thread that is not there',
    () => Response.json({ detail: 'Thread not found' }, { status: 404 }),
    3,
    'Error: Not found: Thread not found\n',
  ],
  [
    'one that may not be seen',
    () => Response.json({ detail: 'No' }, { status: 403 }),
    1,
    'Error: Permission denied: No\n',
  ],
  [
    'a page of a proxy',
    () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    1,
    'Error: The server answered with a page (text/html), not with a stream of events\n',
  ],
];

test.each(REFUSED)('%s is not asked', async (_what, answer, exit, stderr) => {
  answerWith(answer);
  expect(await ask()).toEqual({ exit, stdout: '', stderr });
  expect(site.backend.count(site.routes.message)).toBe(0);
});

test.each([
  ['answer', 1],
  ['half', 1],
  ['request', 0],
] as const)('the connection of the question is lost (%s): it is not sent again', async (kind, asked) => {
  site.break(kind);
  const { exit, stdout, stderr } = await ask();
  expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  expect(stderr).toContain('look before you run it again.\n');
  expect(stderr).toEndWith(`To look: kscli thread-messages list --thread-id ${site.thread} --limit 5\n`);
  expect(site.backend.count(site.routes.message)).toBe(asked);
});

test('an answer that is an error: 1, and its text', async () => {
  answerWith(() => streamOf([]));
  site.backend.faults.set(site.routes.message, () => {
    keepAnswer(site, 'The model is busy.', { is_error: true });
    return Response.json({ workflow_id: 'answer-0' }, { status: 202 });
  });
  expect(await ask()).toEqual({
    exit: 1,
    stdout: 'The model is busy.\n',
    stderr: 'Error: The answer is an error of the assistant\n',
  });
});

test('a workflow that ends without an answer: 1', async () => {
  answerWith(() => streamOf([]));
  site.backend.faults.set(site.routes.message, () => Response.json({ workflow_id: 'answer-0' }, { status: 202 }));
  site.backend.faults.set('GET /v1/workflows/answer-0', () =>
    Response.json({ temporal_status: 'FAILED', close_time: '2026-01-01T00:00:00Z' }),
  );
  const { exit, stdout, stderr } = await ask();
  expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  expect(stderr).toStartWith('Error: There is no answer, and its workflow ended as FAILED\n');
});

test('at a terminal control characters are gone; in a pipe the text is as it came', async () => {
  const text = 'The \u001b[31manswer\u0007 is 42.';
  answerWith(() => streamOf([delta(1, text)]));
  site.backend.faults.set(site.routes.message, () => {
    keepAnswer(site, text);
    return Response.json({ workflow_id: 'answer-0' }, { status: 202 });
  });
  expect((await ask()).stdout).toBe(`${text}\n`);
  const { shown } = await site.runInTerminal(`threads ask ${site.thread} --message Why`);
  expect(shown).toBe('The answer is 42.\r\n');
});

test('the question comes from a file or standard input, as it is', async () => {
  const question = 'Zeile 1\nZeile "2" – ende\n';
  writeFileSync(join(site.home, 'q.txt'), question);
  await site.run(`threads ask ${site.thread} --message-file q.txt`);
  await site.shell(`kscli threads ask ${site.thread} --message-file - < q.txt`);
  const sent = site.backend.requests.filter(({ route }) => route === site.routes.message);
  expect(sent.map(({ body }) => JSON.parse(body))).toEqual([{ input_text: question }, { input_text: question }]);
});
