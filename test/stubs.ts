// What a server answers that is made up for one command line, and how the bodies that it is sent are written down.

/** What the server answers: a JSON value with status 200, or a whole answer. A list is used up one by one. */
export type Stub = { status?: number; json?: unknown; text?: string; headers?: Record<string, string> } | Error;
export type Stubs = Readonly<Record<string, Stub | readonly Stub[]>>;

export function respond({ status = 200, json, text, headers }: Exclude<Stub, Error>): Response {
  const body = text ?? (json === undefined ? null : JSON.stringify(json));
  return new Response(body, {
    status,
    headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
  });
}

export function describeBody(body: RequestInit['body']): string {
  if (body instanceof ReadableStream) return '<form>';
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : (body ?? '').toString();
}

/** As curl's --form takes them, in one line. */
export async function describeForm(body: ReadableStream, headers: Headers): Promise<string> {
  const parts = await new Response(body, { headers: { 'content-type': headers.get('content-type') ?? '' } }).formData();
  return [...parts]
    .map(([name, value]) => `${name}=${value instanceof File ? `@${value.name} (${value.size} bytes)` : value}`)
    .join(' ')
    .replaceAll('\n', '\\n');
}
