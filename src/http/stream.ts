// Opens an answer that comes piece by piece and may have no end: trust and proxy as for any request, and in place of one
// time limit for all of it, one between two pieces. Nothing is repeated here.

import type { Context } from '../context.ts';
import type { Failure } from '../errors.ts';
import { explainRefusal } from './certificates.ts';
import { runtimeOptions, type Stop, warnOfRisks } from './client.ts';
import { recorded } from './deed.ts';
import { isCertificateProblem, networkCode, networkFailure } from './failure.ts';
import { type ProxyChoice, proxyFor } from './proxy.ts';
import { receiveBody } from './receive.ts';
import { type Answer, type ApiRequest, encodeTarget } from './request.ts';
import { startTimeout, type Timeout } from './timeout.ts';
import { fallBack, findTrust, type Trust } from './trust.ts';

/** @property body of an answer that is no success, up to the limit for answers; empty of a success */
export type Opened = Answer & {
  /** Of a success. @throws Failure 'network' where it breaks off, or nothing comes for too long; and what `stop` gives */
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Ends the connection. */
  readonly close: () => void;
};

type Call = {
  readonly request: ApiRequest;
  readonly headers: Readonly<Record<string, string>>;
  /** Asked before each piece. */
  readonly stop: Stop;
};

/**
 * Written down as any request is, where there is a journal.
 * @throws Failure 'network', 'tls', 'settings' or 'journal', and what `stop` gives
 */
export function openStream(call: Call, context: Context): Promise<Opened> {
  return recorded(call.request, context, () => open(call, context));
}

async function open(call: Call, context: Context): Promise<Opened> {
  const { settings, world, conceal } = context;
  const url = settings.baseUrl + encodeTarget(call.request);
  const proxy = proxyFor(url, world.env);
  conceal(proxy?.password);
  await warnOfRisks(context);
  let trust = await findTrust(context);
  for (;;) {
    const stopped = call.stop();
    if (stopped) throw stopped;
    const outcome = await connect(call, { url, proxy, trust }, context);
    if (!(outcome instanceof Error)) return outcome;
    if (!isCertificateProblem(outcome)) throw fail(outcome, call, { url, proxy }, context);
    if (!trust.canFallBack) {
      const hint = { ca: trust.ca, proxy, left: settings.timeout * 1000 };
      throw fail(outcome, call, { url, proxy }, context, await explainRefusal(networkCode(outcome), url, hint, world));
    }
    trust = await fallBack(context);
  }
}

type Way = { readonly url: string; readonly proxy: ProxyChoice | undefined; readonly trust: Trust };

async function connect(call: Call, { url, proxy, trust }: Way, context: Context): Promise<Opened | Error> {
  const { world, settings, log } = context;
  const timeout = startTimeout(true, (call.request.timeout ?? settings.timeout) * 1000);
  const closing = new AbortController();
  try {
    // ofetch would add nothing here.
    const response = await world.fetch(url, {
      method: call.request.method,
      headers: {
        accept: 'text/event-stream',
        'accept-encoding': 'identity',
        'cache-control': 'no-store',
        ...call.headers,
      },
      redirect: 'manual',
      signal: AbortSignal.any([timeout.signal, closing.signal]),
      keepalive: false,
      ...runtimeOptions(trust, proxy),
    });
    await log.debug(`${call.request.method} ${url}: ${response.status}, a stream`);
    const { status, headers } = response;
    const close = () => {
      timeout.end();
      closing.abort();
    };
    if (!response.ok) {
      const body = await receiveBody(response, { host: new URL(url).host });
      close();
      return { status, headers, body, pieces: nothing(), close };
    }
    const broken = (error: Error) => fail(error, call, { url, proxy }, context);
    return {
      status,
      headers,
      body: '',
      pieces: readPieces(response, { timeout, close, broken, stop: call.stop }),
      close,
    };
  } catch (error) {
    timeout.end();
    return error instanceof Error ? error : new Error(String(error));
  }
}

type Reading = {
  readonly timeout: Timeout;
  readonly close: () => void;
  readonly broken: (error: Error) => Failure;
  readonly stop: Stop;
};

async function* readPieces({ body }: Response, { timeout, close, broken, stop }: Reading): AsyncGenerator<Uint8Array> {
  if (body === null) return close();
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read().catch((error) => {
        throw error instanceof Error ? broken(error) : error;
      });
      const stopped = stop();
      if (stopped) throw stopped;
      if (done) return;
      timeout.restart();
      yield value;
    }
  } finally {
    close();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function fail(
  error: Error,
  { request }: Pick<Call, 'request'>,
  { url, proxy }: Omit<Way, 'trust'>,
  { settings }: Context,
  explanation: readonly string[] = [],
): Failure {
  const timeout = request.timeout ?? settings.timeout;
  return networkFailure(error, { request, url, proxy, timeout }, explanation);
}
