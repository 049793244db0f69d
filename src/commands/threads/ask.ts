// kscli threads ask: a question to a thread, and its answer as it comes.

import { defineCommand, SERVER_EXITS } from '../../argv/command.ts';
import { openSession } from '../../auth/session.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../errors.ts';
import { readContent } from '../../files/read.ts';
import { duration, path, text, uuid } from '../../schema/fields.ts';
import { ask, describeThread } from '../../threads/ask.ts';
import { showConversation } from '../../threads/show.ts';

/** A day, in seconds. */
const LONGEST = 86_400;
const LARGEST_MIB = 1;

export const threadsAsk = defineCommand({
  effect: 'write',
  exits: [...SERVER_EXITS, 124],
  flags: {
    message: text('Question', { fileFlag: 'message-file' }),
    'message-file': path('File that holds the question, or - for standard input', { placeholder: 'file' }),
    // Behind the command's name only: before it, --timeout is the global flag, for each request.
    timeout: duration('Longest time to wait for the answer', { min: 1, max: LONGEST, default: 600 }),
  },
  args: { thread_id: uuid('Thread', { required: true }) },
  constraints: { oneOf: [['message', 'message-file']] },
  examples: [
    "kscli threads ask 00000000-0000-0000-0004-000000000001 --message 'Which reports are from 2026?'",
    'kscli threads ask 00000000-0000-0000-0004-000000000001 --message-file question.txt -f jsonl',
  ],
  run: async ({ thread_id: thread, timeout, ...typed }, context) => {
    const question = { thread, text: await readQuestion(typed, context), seconds: timeout };
    const session = await openSession(context);
    const conversation = await ask(question, session, context);
    const where = `Thread ${thread}, workflow ${conversation.workflow ?? 'unknown'}: the answer goes on without you.`;
    context.world.onInterrupt(() => [where, describeThread(thread)].map(context.log.present));
    return { show: showConversation(conversation, context) };
  },
});

type Typed = { readonly message: string | undefined; readonly 'message-file': string | undefined };

async function readQuestion({ message, 'message-file': file }: Typed, { world }: Context): Promise<string> {
  const [source, question] =
    file === undefined ? ['--message', message ?? ''] : ['--message-file', await readText(file, world)];
  if (question.trim() === '') throw new Failure('usage', `${source}: the question is empty`);
  return question;
}

async function readText(file: string, world: Context['world']): Promise<string> {
  const bytes = await readContent('--message-file', file, LARGEST_MIB, world);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Failure('usage', `--message-file: '${file}' is not UTF-8`, { cause });
  }
}
