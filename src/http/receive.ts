// The body of an answer, whole and unpacked, up to a limit. By itself the runtime knows no limit, and tells of a broken
// compression on stderr: so it hands over what came, and what is compressed is unpacked here.

import { Failure } from '../errors.ts';

/** After decompression. */
const MOST_MEBIBYTES = 256;
const MOST_BYTES = MOST_MEBIBYTES * 1024 * 1024;

/** https://www.iana.org/assignments/http-parameters: the runtime's names. */
const FORMATS: Readonly<Record<string, Bun.CompressionFormat>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'brotli',
  zstd: 'zstd',
};

/** Not deflate: servers disagree about what that is. */
export const ACCEPTED_ENCODINGS = 'gzip, br, zstd';

/** @property host as messages name it @property wantsBytes without them it is a text, where bytes that are no UTF-8 are U+FFFD */
type Wanted = { readonly host: string; readonly wantsBytes?: boolean | undefined };

/**
 * @throws Failure 'answer' for a body that is too long or cannot be unpacked; the runtime's error for a lost connection or a timeout
 */
export async function receiveBody(response: Response, wanted: Wanted): Promise<Uint8Array | string> {
  const { host, wantsBytes } = wanted;
  const { headers } = response;
  const length = announcedLength(headers);
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() || 'identity';
  if (length !== undefined && length <= MOST_BYTES && (encoding === 'identity' || length === 0)) {
    // No more comes than was announced. Without a look at the body as a stream it comes in one go, and as a text uncopied.
    return wantsBytes ? response.bytes() : response.text();
  }
  const { body } = response;
  if (body === null) return '';
  if (length !== undefined && length > MOST_BYTES) {
    await body.cancel();
    throw tooLong(host);
  }
  if (encoding === 'identity') return collect(body, wanted);
  const format = Object.hasOwn(FORMATS, encoding) ? FORMATS[encoding] : undefined;
  if (format) return unpack(body, format, wanted);
  await body.cancel();
  throw new Failure('answer', `The answer of ${host} is packed as '${encoding}', which was not asked for`);
}

/** Bytes as they travel; undefined where only the end of the answer will tell. */
function announcedLength(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  return length === null || headers.has('transfer-encoding') ? undefined : Number(length);
}

async function collect(body: ReadableStream<Uint8Array>, { host, wantsBytes }: Wanted): Promise<Uint8Array | string> {
  const pieces: Uint8Array[] = [];
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  // Thrown from within, the failure ends the connection too.
  for await (const piece of body) {
    length += piece.length;
    if (length > MOST_BYTES) throw tooLong(host);
    // Decoded as it comes: bytes and text of the whole never stand side by side.
    if (wantsBytes) pieces.push(piece);
    else text += decoder.decode(piece, { stream: true });
  }
  return wantsBytes ? Buffer.concat(pieces, length) : text + decoder.decode();
}

async function unpack(
  packed: ReadableStream<Uint8Array>,
  format: Bun.CompressionFormat,
  wanted: Wanted,
): Promise<Uint8Array | string> {
  let received = 0;
  let lost: unknown;
  const reader = packed.getReader();
  const arriving = new ReadableStream<Bun.BufferSource>({
    pull: async (controller) => {
      const { value, done } = await reader.read().catch((error) => {
        lost = error;
        throw error;
      });
      received += value?.length ?? 0;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  try {
    return await collect(arriving.pipeThrough(new DecompressionStream(format)), wanted);
  } catch (cause) {
    if (lost !== undefined) throw lost;
    if (cause instanceof Failure) throw cause;
    if (received === 0) return '';
    throw new Failure(
      'answer',
      `The answer of ${wanted.host} cannot be unpacked: its compression (${format}) is broken`,
      {
        lines: ['Try again. If it stays so, the server or a proxy on the way is at fault.'],
        cause,
      },
    );
  }
}

function tooLong(host: string): Failure {
  return new Failure('answer', `The answer of ${host} is longer than ${MOST_MEBIBYTES} MiB`, {
    lines: ['Ask for less at a time: a list has --limit, and --all reads it page by page.'],
  });
}
