// Somebody else's mock of the API (Prism), made from its description: it judges each request, and makes up an answer.

import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http';

export type Mock = {
  readonly serve: (url: string, init: RequestInit) => Promise<Response>;
  /** What it found wrong with the requests so far. */
  readonly complaints: string[];
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** @param description a document, or the path of one */
export async function startMock(description: string | object): Promise<Mock> {
  const operations = await getHttpOperationsFromSpec(description);
  // The seed makes the same answers up in every run.
  const mock = { dynamic: true, seed: 'kscli' };
  const manner = {
    mock,
    isProxy: false,
    checkSecurity: false,
    validateRequest: true,
    validateResponse: false,
    errors: false,
  };
  const prism = createInstance(manner as Parameters<typeof createInstance>[0], { logger: SILENT });
  const complaints: string[] = [];
  const known = new Map<string, Promise<Made>>();
  const make = async (url: URL, init: RequestInit, body: string): Promise<Made> => {
    const method = METHODS.find((name) => name === init.method?.toLowerCase()) ?? 'get';
    const query = Object.fromEntries([...url.searchParams.keys()].map((key) => [key, readQuery(url, key)]));
    const headers = Object.fromEntries(new Headers(init.headers));
    const sent = body === '' ? {} : { body: headers['content-type'] === 'application/json' ? JSON.parse(body) : body };
    const made = await prism.request({ method, url: { path: url.pathname, query }, headers, ...sent }, operations)();
    if (made._tag === 'Left') return { status: 404, body: { detail: 'Not Found' }, wrong: [made.left.message] };
    const { output, validations } = made.right;
    return { status: output.statusCode, body: output.body, wrong: validations.input.map(({ message }) => message) };
  };
  return {
    complaints,
    serve: async (text, init) => {
      const url = new URL(text);
      const body = await new Response(init.body as string).text();
      const key = `${init.method} ${url.pathname}${url.search} ${body.replaceAll(/kscli-[\w-]+/g, '')}`;
      const made = known.get(key) ?? make(url, init, body);
      known.set(key, made);
      const { status, body: answer, wrong } = await made;
      complaints.push(...wrong.map((message) => `${init.method} ${url.pathname}${url.search}: ${message}`));
      return answer === undefined ? new Response(null, { status }) : Response.json(answer, { status });
    },
  };
}

type Made = { readonly status: number; readonly body: unknown; readonly wrong: readonly string[] };

function readQuery({ searchParams }: URL, key: string): string | string[] {
  const values = searchParams.getAll(key);
  // One value of a list that may be null is taken for a text.
  if (key.endsWith('_ids')) return values;
  return values.length === 1 ? (values[0] ?? '') : values;
}

const ignore = () => undefined;
const SILENT = {
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  success: ignore,
  child: () => SILENT,
} as unknown as Parameters<typeof createInstance>[1]['logger'];
