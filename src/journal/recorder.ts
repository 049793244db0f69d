// The journal of one session: a line for each request, one before it where it could change something, and one for each
// other deed. Decides what a journal means that cannot be written.

import { Failure } from '../errors.ts';
import { cleanNames, cleanPath, cleanText } from './clean.ts';
import { Unwritable, type Warn } from './end.ts';
import type { Answer, Journal, Subject, Surroundings } from './journal.ts';
import type { Entry, Event } from './line.ts';
import { append, prepareWriting, tryOut } from './write.ts';

/** The consequence where a required journal cannot be written. What ends or is refused does so all the same. */
const CONSEQUENCES: Partial<Readonly<Record<Event, string>>> = {
  'session.start': 'Nothing was written.',
  'token.printed': 'No token was printed.',
  exec: 'Nothing was run.',
};

/** Looks at nothing before the first line. */
export function createJournal(subject: Subject, context: Surroundings): Journal {
  const { settings, world, log } = context;
  const isRequired = settings.journal === 'required';
  const report = createReport(context);
  let common: Promise<Omit<Entry, 'event'>> | undefined;
  const warned = async (work: (warn: Warn) => Promise<void>) => {
    const warnings: string[] = [];
    await work((sentence) => warnings.push(sentence));
    for (const warning of warnings) await log.warn(warning);
  };
  const write: Write = async (entry, consequence) => {
    common ??= describeSubject(subject, context);
    const line = { ...(await common), ...entry };
    const work = () => warned((warn) => append(settings.journalPath, line, world, warn));
    await report(work, isRequired ? consequence : undefined);
  };
  const makeSure = async () => {
    const work = () => warned((warn) => tryOut(settings.journalPath, world, warn));
    if (isRequired) await report(work, NOTHING_SENT);
  };
  return {
    note: (event, request) => write({ event, ...(request && nameRequest(request, context)) }, CONSEQUENCES[event]),
    send: async (deed, transmit, started) => {
      const request = nameRequest(deed, context);
      if (deed.isRead) await makeSure();
      else await write({ event: 'request.intent', ...request }, NOTHING_SENT);
      const entry: Entry = { event: deed.event ?? 'request', ...request, sent: deed.sent };
      const conclude = createConclusion(entry, started ?? world.elapsed(), write, context);
      const answering = transmit();
      // While nobody answers.
      common ??= describeSubject(subject, context);
      prepareWriting();
      const answer = await answering.catch(async (error) => {
        await conclude();
        throw error;
      });
      await conclude(answer);
      return answer;
    },
  };
}

/** @param consequence where a required journal cannot be written; without one it does not matter */
type Write = (entry: Entry, consequence: string | undefined) => Promise<void>;

type Request = { readonly method: string; readonly path: string; readonly query?: readonly string[] };

function nameRequest({ method, path, query = [] }: Request, { log }: Surroundings): Request {
  const names = cleanNames(query).map(log.present);
  return { method, path: log.present(cleanPath(path)), ...(names.length > 0 && { query: names }) };
}

/** The line after a request. */
function createConclusion(entry: Entry, started: number, write: Write, { world }: Surroundings) {
  return (answer?: Answer): Promise<void> => {
    const ms = Math.round(world.elapsed() - started);
    const received = answer && answer.pieces === undefined ? Buffer.byteLength(answer.body) : undefined;
    const outcome = { status: answer?.status, received };
    const told = answer === undefined ? 'was not answered' : `was answered with ${answer.status}`;
    return write({ ...entry, ms, ...outcome }, `${entry.method} ${entry.path} ${told}, which is not recorded.`);
  };
}

const NOTHING_SENT = 'Nothing was sent.';

/** Whoever types a key into a reason does not mean to. */
async function describeSubject(
  subject: Subject,
  { settings, world, log, called }: Surroundings,
): Promise<Omit<Entry, 'event'>> {
  const { user, host } = await world.machine();
  const say = (text: string | undefined) => (text === undefined ? undefined : log.present(cleanText(text)));
  return {
    operator: say(settings.operator) || user,
    os_user: user,
    host,
    session: subject.session,
    base_url: subject.baseUrl,
    tenant_id: subject.tenantId,
    user_id: subject.userId,
    reason: say(subject.reason),
    ticket: say(subject.ticket),
    command: called.command,
    flags: called.flags.length > 0 ? called.flags : undefined,
  };
}

/** One warning, and on; where there is a consequence, a failure that tells it. */
function createReport({ log, sources }: Surroundings) {
  let hasFailed = false;
  return async (work: () => Promise<void>, consequence: string | undefined): Promise<void> => {
    if (hasFailed && consequence === undefined) return;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof Unwritable)) throw cause;
      hasFailed = true;
      const message = `The journal cannot be written: ${cause.message}`;
      const reason = `A journal is required by ${sources.journal.name}.`;
      if (consequence) throw new Failure('journal', message, { lines: [`${consequence} ${reason}`], cause });
      await log.warn(`${message}. What this command does is not recorded.`);
    }
  };
}
