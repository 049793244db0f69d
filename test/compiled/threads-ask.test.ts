// kscli threads ask, compiled: the question as it was written, sent once, and the answer as it comes.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AskSite, createAskSite, GOOD } from './threads-ask-site.ts';
import { delta, keepAnswer, streamOf } from './threads-site.ts';

let site: AskSite;
beforeEach(async () => {
  site = await createAskSite();
});
afterEach(() => site.remove());

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

test('text is printed as it comes', async () => {
  const seen = Promise.withResolvers<void>();
  site.answerWith(() => streamOf([delta(1, 'The answer '), seen.promise, delta(2, 'is 42.')]));
  expect(await site.askUntil('The answer ', seen.resolve)).toEqual(GOOD);
});

test('the question comes from a file or standard input, as it is', async () => {
  const question = 'Zeile 1\nZeile "2" – ende\n';
  writeFileSync(join(site.home, 'q.txt'), question);
  await site.run(`threads ask ${site.thread} --message-file q.txt`);
  await site.shell(`kscli threads ask ${site.thread} --message-file - < q.txt`);
  const sent = site.backend.requests.filter(({ route }) => route === site.routes.message);
  expect(sent.map(({ body }) => JSON.parse(body))).toEqual([{ input_text: question }, { input_text: question }]);
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
  site.answerWith(answer);
  expect(await site.ask()).toEqual({ exit, stdout: '', stderr });
  expect(site.backend.count(site.routes.message)).toBe(0);
});

test.each([
  ['answer', 1],
  ['half', 1],
  ['request', 0],
] as const)('the connection of the question is lost (%s): it is not sent again', async (kind, asked) => {
  site.break(kind);
  const { exit, stdout, stderr } = await site.ask();
  expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  expect(stderr).toContain('look before you run it again.\n');
  expect(stderr).toEndWith(`To look: kscli thread-messages list --thread-id ${site.thread} --limit 5\n`);
  expect(site.backend.count(site.routes.message)).toBe(asked);
});

test('at a terminal control characters are gone; in a pipe the text is as it came', async () => {
  const text = 'The \u001b[31manswer\u0007 is 42.';
  site.answerWith(() => streamOf([delta(1, text)]));
  site.backend.faults.set(site.routes.message, () => {
    keepAnswer(site, text);
    return Response.json({ workflow_id: 'answer-0' }, { status: 202 });
  });
  expect((await site.ask()).stdout).toBe(`${text}\n`);
  const { shown } = await site.runInTerminal(`threads ask ${site.thread} --message Why`);
  expect(shown).toBe('The answer is 42.\r\n');
});
