// kscli threads follow, compiled: events as they come, over connections that break.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { finish } from '../binary.ts';
import { createThreadSite, delta, entry, MESSAGE_ID, streamOf, type ThreadSite, watchOutput } from './threads-site.ts';

let site: ThreadSite;
beforeEach(async () => {
  site = await createThreadSite();
});
afterEach(() => site.remove());

const follow = (...flags: string[]) => finish(site.start(['threads', 'follow', site.thread, ...flags]));

test('jsonl: an event a line', async () => {
  site.backend.faults.set(site.routes.stream, () => streamOf([': hello\n\n', delta(1, 'a'), 'data: b\ndata: c\n\n']));
  expect(await follow('-f', 'jsonl')).toEqual({
    exit: 0,
    stdout: `{"event":"message.delta","id":"1-0","data":{"message_id":"${MESSAGE_ID}","type":"text_delta","delta":"a"}}
{"event":"message","id":"1-0","data":"b\\nc"}
`,
    stderr: '',
  });
});

test('as text: its name and its data in one line', async () => {
  site.backend.faults.set(site.routes.stream, () => streamOf([entry(1, { a: 1 }, 'step'), 'data: b\ndata: c\n\n']));
  expect((await follow()).stdout).toBe(`step: {"message_id":"${MESSAGE_ID}","a":1}\nmessage: b c\n`);
});

test('both last ids go along, or none', async () => {
  site.backend.faults.set(site.routes.stream, () => streamOf([]));
  await follow('--last-message-id', MESSAGE_ID, '--last-entry-id', '1-0');
  expect(site.queries()).toEqual([`?last_message_id=${MESSAGE_ID}&last_entry_id=1-0`]);
  const shown = await Promise.all([
    follow('--last-message-id', MESSAGE_ID),
    follow('--last-entry-id', '1-0'),
    follow('--last-message-id', MESSAGE_ID, '--last-entry-id', ''),
    follow('--last-message-id', 'x', '--last-entry-id', '1-0'),
  ]);
  expect(shown.map(({ exit, stderr }) => `${exit} ${stderr.split('\n')[0]}`)).toMatchInlineSnapshot(`
    [
      "64 Error: --last-message-id needs --last-entry-id",
      "64 Error: --last-entry-id needs --last-message-id",
      "64 Error: --last-entry-id: '' is no entry",
      "64 Error: --last-message-id: 'x' is not a UUID",
    ]
  `);
});

test('a stream that breaks goes on, and no event comes twice', async () => {
  const all = [1, 2, 3, 4, 5];
  const shown = all.map(() => Promise.withResolvers<void>());
  site.backend.faults.set(site.routes.stream, ({ url }) => {
    const last = Number.parseInt(new URL(url).searchParams.get('last_entry_id') ?? '0', 10);
    const numbers = all.slice(Math.max(0, last - 1), last + 2);
    const pieces = numbers.map((number) => delta(number, `${number}`));
    const end = last + 2 < all.length ? 'break' : 'close';
    return streamOf(['retry: 1\n\n', ...pieces, shown[Math.max(...numbers) - 1]?.promise ?? ''], end);
  });
  const { exit, stdout } = await watchOutput(site.start(['threads', 'follow', site.thread, '-f', 'jsonl']), (text) =>
    shown[text.split('\n').length - 2]?.resolve(),
  );
  expect(exit).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).id)).toEqual(all.map((number) => `${number}-0`));
  expect(site.queries()).toHaveLength(3);
});

test('one that says nothing for too long is opened again', async () => {
  // Told by what was asked for: on a slow machine an event may come too late, and comes again.
  site.backend.faults.set(site.routes.stream, ({ url }) =>
    new URL(url).searchParams.has('last_entry_id')
      ? streamOf([delta(2, 'b')])
      : streamOf([`retry: 1\n${delta(1, 'a')}`], 'open'),
  );
  const line = ['threads', 'follow', site.thread, '-f', 'id-only'];
  const { exit, stdout, stderr } = await finish(site.start(line, { KSCLI_TIMEOUT: '1' }));
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: '1-0\n2-0\n' });
  expect(stderr).toMatch(/^(No answer from \S+ within 2 seconds\. Opening the stream again\n)+$/);
});

test('one that cannot be opened again is an error after a few attempts', async () => {
  const seen = Promise.withResolvers<void>();
  const answers = [() => streamOf([`retry: 1\n${delta(1, 'a')}`, seen.promise], 'break')];
  const busy = () => Response.json({ detail: 'Busy' }, { status: 503 });
  site.backend.faults.set(site.routes.stream, () => (answers.pop() ?? busy)());
  const child = site.start(['threads', 'follow', site.thread]);
  await child.stdout.getReader().read();
  seen.resolve();
  const stderr = await child.stderr.text();
  expect(await child.exited).toBe(1);
  expect(stderr).toEndWith('Error: Server error: 503: Busy\n');
  expect(site.queries()).toHaveLength(6);
});

test('whoever has read enough ends it quietly', async () => {
  let count = 0;
  site.backend.faults.set(site.routes.stream, () => {
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(delta(++count, 'a')) });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  const shown = await site.shell(
    `{ kscli threads follow ${site.thread} -f jsonl; echo "exit $?" >&2; } | head -1 | wc -l`,
  );
  expect(shown).toEndWith('\n1\n! exit 0\nexit 0');
});
