// The words of `kscli api` → the request: method, path, fields, headers. Refuses what would leave the base URL or the session.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { readContent } from '../files/read.ts';
import type { ApiRequest } from '../http/request.ts';
import { readPair, toObject, toQuery } from './fields.ts';

export type ApiWords = {
  readonly method: string | undefined;
  readonly path: string;
  readonly field: readonly string[] | undefined;
  readonly 'raw-field': readonly string[] | undefined;
  readonly input: string | undefined;
  readonly header: readonly string[] | undefined;
  readonly paginate: boolean;
};

/** The body is held in memory. */
const LARGEST_MIB = 1024;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** They are the session's, or would change what is sent behind kscli's back. */
const FORBIDDEN = [
  'cookie',
  'authorization',
  'host',
  'x-admin-api-key',
  'content-length',
  'transfer-encoding',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-url',
  'x-rewrite-url',
];

/** @throws Failure 'usage' */
export async function apiRequest(words: ApiWords, context: Context): Promise<ApiRequest> {
  if ((words.field ?? []).filter((typed) => /^[^=]*=@-$/.test(typed)).length > 1)
    throw new Failure('usage', '--field can read standard input only once');
  const read = async (path: string) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      await readContent('--field', path, LARGEST_MIB, context.world),
    );
  const fields = await Promise.all([
    ...(words.field ?? []).map((typed) => readPair('--field', typed, read)),
    ...(words['raw-field'] ?? []).map((typed) => readPair('--raw-field', typed, read)),
  ]);
  const method = (words.method ?? (fields.length > 0 || words.input !== undefined ? 'POST' : 'GET')).toUpperCase();
  if (!METHODS.includes(method))
    throw new Failure('usage', `<method> is '${words.method}', but must be one of ${METHODS.join(', ')}`);
  if (words.paginate && method !== 'GET') throw new Failure('usage', '--paginate is for GET only');
  const isQuery = method === 'GET' || method === 'HEAD';
  if (isQuery && words.input !== undefined) throw new Failure('usage', `--input is the body, and ${method} has none`);
  const { path, query } = resolveTarget(words.path, context.settings.baseUrl);
  const pairs = [...query, ...(isQuery ? toQuery(fields) : [])];
  return {
    method,
    path,
    ...(pairs.length > 0 && { query: pairs }),
    ...(!isQuery && fields.length > 0 && { body: toObject(fields) }),
    ...(words.input !== undefined && {
      content: await readContent('--input', words.input, LARGEST_MIB, context.world),
    }),
    headers: parseHeaders(words.header ?? []),
  };
}

export function resolveTarget(typed: string, baseUrl: string): { path: string; query: [string, string][] } {
  const placeholder = /^[^?]*?(\{\w+\}|<\w[\w -]*>)/.exec(typed)?.[1];
  if (placeholder !== undefined)
    throw new Failure('usage', `<path>: '${typed}' holds the placeholder ${placeholder}`, {
      lines: ['Type the value in its place.'],
    });
  const isAbsolute = /^[a-z][a-z0-9+.-]*:|^[/\\]{2}/i.test(typed);
  const relative = typed.startsWith(`${baseUrl}/`) ? typed.slice(baseUrl.length) : typed;
  if (isAbsolute && relative === typed)
    throw new Failure('usage', `<path> is '${typed}', but must be under ${baseUrl}`);
  const url = URL.parse(`${baseUrl}/${relative.replace(/^\//, '')}`);
  if (url === null || url.origin !== new URL(baseUrl).origin)
    throw new Failure('usage', `<path> is '${typed}', but must be a path`);
  const base = new URL(baseUrl).pathname.replace(/\/$/, '');
  if (!url.pathname.startsWith(`${base}/`))
    throw new Failure('usage', `<path> is '${typed}', but must be under ${baseUrl}`);
  return { path: url.pathname.slice(base.length), query: [...url.searchParams] };
}

/** A header that is given twice has both values (RFC 9110, section 5.3). */
function parseHeaders(lines: readonly string[]): Record<string, string> {
  const headers = new Headers(lines.map(parseHeader));
  return Object.fromEntries(headers);
}

function parseHeader(line: string): [string, string] {
  const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
  // The typed line may be a secret without its name.
  if (name === '') throw new Failure('usage', "--header must be 'name: value', in characters that a header may hold");
  // Servers behind CGI and WSGI take an underscore for a dash.
  if (FORBIDDEN.includes(name.toLowerCase().replaceAll('_', '-')))
    throw new Failure('usage', `--header cannot set ${name}`);
  return [name.toLowerCase(), value];
}
