// The body of a request: JSON, bytes as they are, or a form whose file goes from the disk to the network piece by piece.

import type { Upload } from '../files/upload.ts';
import type { ApiRequest, FormPart } from './request.ts';

export type Carried = {
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether all of a form has been handed over. Of any other body that is a matter of moments. */
  readonly isSent?: () => boolean;
};

/** Made anew for each attempt: a stream can be read only once. @param onPiece called whenever a piece of a form has gone */
export function encodeBody({ body, content, form, headers = {} }: ApiRequest, onPiece: () => void): Carried {
  if (form) return multipart(form, onPiece, headers);
  if (content !== undefined) return { body: content, headers: { 'content-type': 'application/json', ...headers } };
  if (body === undefined) return { headers };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
}

/** Bytes, before any is sent. */
export function countBody({ body, content, form }: ApiRequest): number {
  if (form) return countSections(toSections(form, createBoundary()));
  if (content !== undefined) return Buffer.byteLength(content);
  return body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body));
}

/** RFC 7578. The runtime's own FormData would hold the whole file in memory. */
function multipart(form: readonly FormPart[], onPiece: () => void, headers: Record<string, string>): Carried {
  const boundary = createBoundary();
  // The binary starts with a compiler that holds back, for short commands; a file in pieces is worth compiling for.
  Bun.unsafe.setJITPolicy(1);
  const sections = toSections(form, boundary);
  const pieces = streamPieces(sections);
  let left = countSections(sections);
  const length = `${left}`;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { value, done } = await pieces.next();
        onPiece();
        left -= value?.length ?? 0;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
  return {
    body,
    headers: {
      ...headers,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      // Not chunked: there are servers and proxies that refuse it. A file that changes on the way breaks the promise and fails.
      'content-length': length,
    },
    isSent: () => left <= 0,
  };
}

function createBoundary(): string {
  return `kscli-${crypto.randomUUID()}`;
}

type Section = Uint8Array | Upload;

function toSections(form: readonly FormPart[], boundary: string): Section[] {
  const encoder = new TextEncoder();
  const sections = form.flatMap((part): Section[] => {
    const type = 'file' in part ? `; filename="${quoted(part.file.name)}"\r\nContent-Type: ${part.file.type}` : '';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(part.name)}"${type}\r\n\r\n`;
    if ('value' in part) return [encoder.encode(`${head}${part.value}\r\n`)];
    return [encoder.encode(head), part.file, encoder.encode('\r\n')];
  });
  return [...sections, encoder.encode(`--${boundary}--\r\n`)];
}

function countSections(sections: readonly Section[]): number {
  return sections.reduce((sum, section) => sum + measure(section), 0);
}

function measure(section: Section): number {
  return section instanceof Uint8Array ? section.length : section.size;
}

async function* streamPieces(sections: readonly Section[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const section of sections) {
    if (section instanceof Uint8Array) yield section;
    else yield* streamFile(section);
  }
}

/** The code of the runtime for a body that is not as long as it was said to be. */
export const FILE_CHANGED = 'ERR_HTTP_CONTENT_LENGTH_MISMATCH';

async function* streamFile({ path, modified, content, onProgress, digest }: Upload): AsyncGenerator<Uint8Array> {
  let sent = 0;
  digest?.restart();
  for await (const piece of content ? cutUp(content) : Bun.file(path).stream()) {
    digest?.update(piece);
    yield piece;
    sent += piece.length;
    onProgress?.(sent);
  }
  if (content) return;
  // Before the last bytes of the request: the server must not take half of one file and half of another for a whole one.
  const { mtimeMs } = await Bun.file(path).stat();
  if (mtimeMs !== modified) throw Object.assign(new Error('The file changed'), { code: FILE_CHANGED });
}

const PIECE = 256 * 1024;

/** The time limit of an upload is one between two pieces. */
function* cutUp(content: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE);
}

/** As browsers do it: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
