// Where a release lies: a directory, or a URL that is asked with kscli's own proxy and certificates. Nothing of a session goes
// along: no key, no token, no base URL.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { describeCause, Failure, findCode } from '../errors.ts';
import { send } from '../http/client.ts';
import { isLoopback } from '../http/proxy.ts';
import type { Answer } from '../http/request.ts';
import { parseUrl } from '../schema/url.ts';

/** @property shown without a password @property read undefined where there is no such file */
export type Source = {
  readonly shown: string;
  readonly read: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
};

const MOST_REDIRECTS = 5;
/** Seconds: an archive is large, and lines are slow. */
const PATIENCE = 900;

/** As for an answer of a server. */
const LARGEST_MIB = 256;

export function openDirectory(path: string): Source {
  const read = async (name: string) => {
    const file = join(path, name);
    try {
      const stats = statSync(file);
      // A pipe or a device may have no end.
      if (!stats.isFile()) throw new Failure('disk', `${file} is no file`);
      if (stats.size > LARGEST_MIB * 1024 * 1024)
        throw new Failure('disk', `${file} is larger than ${LARGEST_MIB} MiB`);
      return await Bun.file(file).bytes();
    } catch (cause) {
      if (cause instanceof Failure) throw cause;
      if (findCode(cause) === 'ENOENT') return undefined;
      throw new Failure('disk', `${file} cannot be read: ${describeCause(cause)}`, { cause });
    }
  };
  return { shown: path, read };
}

/** @throws Failure 'usage' for a text that is no URL of a directory */
export function openUrl(text: string, context: Context): Source {
  const url = parseUrl(text);
  if ('why' in url) throw new Failure('usage', `The source of releases ${url.why}: ${url.shown}`);
  const read = async (name: string) => {
    const answer = await follow(`${url.value}/${name}`, context);
    if (MISSING.includes(answer.status)) return undefined;
    if (answer.status === 200) return answer.body as Uint8Array<ArrayBuffer>;
    throw new Failure(
      'network',
      `${url.value}/${name} could not be downloaded: the server answers HTTP ${answer.status}`,
    );
  };
  return { shown: url.value, read };
}

const MISSING = [404, 410];

/** Redirects are followed, never from https to http. */
async function follow(start: string, context: Context): Promise<Answer> {
  let at = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await download(at, context);
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (location === null) return answer;
    const next = URL.parse(location, at);
    if (next === null || !isSafeStep(at, next))
      throw new Failure('network', `${start} is sent on to an address without encryption`, {
        lines: ['Nothing of it is used. Name another source with --url.'],
      });
    at = next.href;
  }
  throw new Failure('network', `${start} is sent on more than ${MOST_REDIRECTS} times`);
}

function isSafeStep(from: string, to: URL): boolean {
  return to.protocol === 'https:' || (to.protocol === 'http:' && from.startsWith('http:'));
}

async function download(address: string, context: Context): Promise<Answer> {
  const { origin, pathname, search } = new URL(address);
  const settings = { ...context.settings, baseUrl: origin, timeout: Math.max(context.settings.timeout, PATIENCE) };
  const request = { method: 'GET', path: pathname + search, isAnonymous: true, wantsBytes: true };
  // As it is: a server may take the .gz of an archive for a way of sending it.
  try {
    return await send(request, { accept: '*/*', 'accept-encoding': 'identity' }, { ...context, settings });
  } catch (cause) {
    // Its advice is about the base URL, which has no part in this.
    if (!(cause instanceof Failure) || cause.kind !== 'network') throw cause;
    throw new Failure('network', cause.message, {
      lines: ['Check the address of the mirror, the network and the proxy settings. Nothing was changed.'],
      cause,
    });
  }
}

/** Whether a stranger on the way could change what is downloaded. */
export function isExposed(text: string, { verifySsl }: Context['settings']): boolean {
  const url = URL.parse(text);
  return url !== null && !isLoopback(url.hostname) && (url.protocol === 'http:' || !verifySsl);
}
