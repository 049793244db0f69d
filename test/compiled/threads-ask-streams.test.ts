// kscli threads ask, compiled: streams that break, are odd, say nothing, or are not there.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { type AskSite, createAskSite, GOOD } from './threads-ask-site.ts';
import { delta, entry, MESSAGE_ID, streamOf } from './threads-site.ts';

let site: AskSite;
beforeEach(async () => {
  site = await createAskSite();
});
afterEach(() => site.remove());

/** The pause before the stream is opened again, in milliseconds. */
const SOON = 'retry: 1\n';

test('a stream that breaks is opened again with the last ids, and the question is not asked again', async () => {
  const seen = Promise.withResolvers<void>();
  site.answerWith(
    () => streamOf([delta(1, 'The '), delta(2, 'answer '), seen.promise], 'break'),
    // The last one comes again.
    () => streamOf([delta(2, 'answer '), delta(3, 'is '), delta(4, '42.')]),
  );
  const { exit, stdout, stderr } = await site.askUntil('The answer ', seen.resolve);
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: 'The answer is 42.\n' });
  expect(stderr).toContain('Opening the stream again\n');
  expect(site.queries()).toEqual(['', `?last_message_id=${MESSAGE_ID}&last_entry_id=2-0`]);
  expect(site.backend.count(site.routes.message)).toBe(1);
});

test('without ids what was missed does not come again: the rest is what the thread keeps', async () => {
  const bare = (text: string) => `data: ${JSON.stringify({ delta: text })}\n\n`;
  site.answerWith(
    () => streamOf([`${SOON}${bare('The ')}`], 'break'),
    () => streamOf([bare('is '), bare('42.')]),
  );
  expect((await site.ask()).stdout).toBe('The answer is 42.\n');
  expect(site.queries()).toEqual(['', '']);
});

test('a token that ends in the middle is renewed once', async () => {
  site.answerWith(
    () => streamOf([`${SOON}${delta(1, 'The ')}`], 'break'),
    () => Response.json({ detail: 'Invalid or expired token' }, { status: 401 }),
    () => streamOf([delta(2, 'answer is 42.')]),
  );
  expect((await site.ask()).stdout).toBe('The answer is 42.\n');
  expect(site.backend.count('POST /v1/auth/assume_user')).toBe(1);
});

test('a stream that cannot be opened again is done without', async () => {
  const seen = Promise.withResolvers<void>();
  site.answerWith(
    () => streamOf([`${SOON}${delta(1, 'The ')}`, seen.promise], 'break'),
    () => Response.json({ detail: 'Busy' }, { status: 503 }),
  );
  const { exit, stdout, stderr } = await site.askUntil('The ', seen.resolve);
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: 'The answer is 42.\n' });
  expect(stderr).toContain('Warning: Server error: 503: Busy. The answer is waited for without the stream\n');
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
  site.answerWith(() => streamOf(pieces));
  expect(await site.ask()).toEqual(GOOD);
});

test('204 says that there is no stream: the answer is waited for', async () => {
  site.answerWith(() => new Response(null, { status: 204 }));
  expect(await site.ask()).toEqual(GOOD);
  expect(site.queries()).toHaveLength(1);
});

test('a server that tells of its stream only with the first event is asked meanwhile', async () => {
  const asked = Promise.withResolvers<void>();
  site.answerWith(async () => {
    await asked.promise;
    return streamOf([delta(1, 'The answer is 42.')]);
  });
  const inner = site.backend.faults.get(site.routes.message);
  site.backend.faults.set(site.routes.message, (request) => {
    asked.resolve();
    return inner?.(request) ?? Response.error();
  });
  expect(await site.ask()).toEqual(GOOD);
});
