// Sends one request: trust, proxy, timeout, retry. Knows nothing of tokens or of what an answer means.

import { createFetch } from 'ofetch';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { World } from '../world.ts';
import { type Carried, encodeBody } from './body.ts';
import { explainRefusal } from './certificates.ts';
import { recorded } from './deed.ts';
import { cutAnswer, isCertificateProblem, isLost, networkCode, networkFailure } from './failure.ts';
import { isLoopback, type ProxyChoice, proxyFor } from './proxy.ts';
import { ACCEPTED_ENCODINGS, receiveBody } from './receive.ts';
import { type Answer, type ApiRequest, encodeTarget } from './request.ts';
import { describeRetry, pauseBeforeRetry } from './retry.ts';
import { startTimeout } from './timeout.ts';
import { fallBack, findTrust, type Trust } from './trust.ts';

type Attempt = {
  readonly request: ApiRequest;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly trust: Trust;
  readonly proxy: ProxyChoice | undefined;
  readonly number: number;
  /** On the clock of `world.elapsed`: the end of the whole request, retries included. */
  readonly deadline: number;
  readonly stop: Stop;
};

export type Stop = () => Failure | undefined;

/**
 * Every request goes this way, and is written down where there is a journal.
 * @param stop asked before each attempt and each piece of an upload, for a failure to end with
 * @throws Failure 'network', 'tls', 'settings' or 'journal', and what `stop` gives; an HTTP status is never an error here
 */
export function send(
  request: ApiRequest,
  headers: Readonly<Record<string, string>>,
  context: Context,
  stop: Stop = () => undefined,
): Promise<Answer> {
  return recorded(request, context, () => transmit(request, headers, context, stop));
}

async function transmit(
  request: ApiRequest,
  headers: Readonly<Record<string, string>>,
  context: Context,
  stop: Stop,
): Promise<Answer> {
  const { settings, world, conceal } = context;
  const url = settings.baseUrl + encodeTarget(request);
  const proxy = proxyFor(url, world.env);
  conceal(proxy?.password);
  if (!request.isAnonymous) await warnOfRisks(context);
  const timeout = Math.min(settings.timeout, request.timeout ?? Number.POSITIVE_INFINITY);
  const deadline = world.elapsed() + timeout * 1000;
  let trust = await findTrust(context);

  for (let number = 1; ; number++) {
    const stopped = stop();
    if (stopped) throw stopped;
    const outcome = await attempt({ request, url, headers, trust, proxy, number, deadline, stop }, context);
    if (outcome instanceof Error && isCertificateProblem(outcome) && trust.canFallBack) {
      trust = await fallBack(context);
      number--;
      continue;
    }
    const pause = request.method === 'GET' ? pauseBeforeRetry(outcome, number) : undefined;
    if (pause === undefined || world.elapsed() + pause >= deadline) {
      if (!(outcome instanceof Error)) return passed(outcome, proxy);
      if (outcome instanceof Failure) throw outcome;
      const explanation = isCertificateProblem(outcome)
        ? await explainRefusal(
            networkCode(outcome),
            url,
            { ca: trust.ca, proxy, left: deadline - world.elapsed() },
            world,
          )
        : [];
      throw networkFailure(outcome, { request, url, proxy, timeout }, explanation);
    }
    const notice = describeRetry(outcome, pause);
    if (notice !== undefined) await context.log.info(notice);
    await world.sleep(pause);
  }
}

/** A plain http proxy answers in the server's place. */
function passed(answer: Answer, proxy: ProxyChoice | undefined): Answer {
  if (answer.status !== 407 || proxy === undefined) return answer;
  throw new Failure('network', `The proxy ${proxy.shown} (${proxy.variable}) wants a user name and password (407)`);
}

export async function warnOfRisks({ settings, log }: Context): Promise<void> {
  const { protocol, hostname } = new URL(settings.baseUrl);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    await log.warn(`${settings.baseUrl} is plain http: the key and the token travel unencrypted.`);
  }
  if (protocol === 'https:' && !settings.verifySsl) {
    await log.warn(
      'TLS certificates are not verified (KSCLI_VERIFY_SSL=false). Anyone on the way can read the key and the token.',
    );
  }
}

/** The answer, or why there is none. */
async function attempt(attempt: Attempt, context: Context): Promise<Answer | Error> {
  const { world } = context;
  const started = world.elapsed();
  const outcome = await exchange(attempt, context);
  const result = outcome instanceof Error ? `failed: ${outcome.message}` : outcome.status;
  await context.log.debug(
    `${attempt.request.method} ${attempt.url}: ${result}, ${Math.round(world.elapsed() - started)} ms, attempt ${attempt.number}, ` +
      `trust: ${attempt.trust.store}, proxy: ${attempt.proxy?.shown ?? 'none'}`,
  );
  return outcome;
}

async function exchange(
  { request, url, headers, trust, proxy, deadline, stop }: Attempt,
  { world }: Context,
): Promise<Answer | Error> {
  // ofetch's own timeout would end with the headers; this one covers connecting, headers and body.
  const timeout = startTimeout(request.form !== undefined, Math.max(1, deadline - world.elapsed()));
  let stopped: Failure | undefined;
  const carried: Carried = encodeBody(request, () => {
    timeout.restart();
    // What was sent whole has an answer to come.
    stopped = carried.isSent?.() ? undefined : stop();
    if (stopped) throw stopped;
  });
  const answers: Response[] = [];
  try {
    await createFetch({ fetch: take(world, answers) }).raw(url, {
      method: request.method,
      headers: { accept: 'application/json', 'accept-encoding': ACCEPTED_ENCODINGS, ...carried.headers, ...headers },
      ...(carried.body !== undefined && { body: carried.body }),
      // It would carry the key or the cookie to another host.
      redirect: 'manual',
      // ofetch would repeat a 409 too, and knows no deadline: see retry.ts.
      retry: 0,
      signal: timeout.signal,
      // An upload is never repeated, so it gets a connection that the server is not just about to close.
      keepalive: request.form === undefined,
      ...runtimeOptions(trust, proxy),
    });
    const [response = Response.error()] = answers;
    return await takeAnswer(response, carried, { request, url });
  } catch (error) {
    return stopped ?? (error instanceof Error ? error : new Error(String(error)));
  } finally {
    timeout.end();
  }
}

/** ofetch sees no answer: its look at a body would make the runtime hand it over in pieces. Statuses are judged by the caller. */
function take(world: World, answers: Response[]): typeof fetch {
  const taken = async (...call: Parameters<World['fetch']>) => {
    answers.push(await world.fetch(...call));
    return new Response();
  };
  return taken as typeof fetch;
}

async function takeAnswer(
  response: Response,
  { isSent }: Carried,
  target: Pick<Attempt, 'request' | 'url'>,
): Promise<Answer> {
  const { host } = new URL(target.url);
  const body = await receiveBody(response, { host, wantsBytes: target.request.wantsBytes }).catch((error) => {
    throw isLost(error) ? cutAnswer(error, target) : error;
  });
  if (response.ok && isSent?.() === false) throw answeredTooSoon(response.status, host);
  return { status: response.status, headers: response.headers, body };
}

/** A success of what the server has not even seen. A refusal may well come before the end. */
function answeredTooSoon(status: number, host: string): Failure {
  return new Failure('answer', `${host} answered ${status} before the file was sent whole`, {
    lines: ['The server may hold a part of it: look before you send it again.'],
  });
}

/** Options of the runtime's fetch beyond the standard: https://bun.sh/docs/runtime/networking/fetch */
export function runtimeOptions({ ca, rejectUnauthorized }: Trust, proxy: ProxyChoice | undefined): object {
  return {
    tls: { rejectUnauthorized, ...(ca && { ca }) },
    // Explicitly none, or the runtime would look into the environment by itself.
    proxy: proxy?.url ?? false,
    verbose: false,
    // The runtime would unpack without a limit: see receive.ts.
    decompress: false,
  };
}
