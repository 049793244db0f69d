// A file on the disk as something to upload, looked at before anything is sent.

import { accessSync, constants, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Failure, findCode } from '../errors.ts';

export type Upload = {
  readonly path: string;
  /** Bytes */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** As the server sees it. */
  readonly name: string;
  readonly type: string;
  /** Told how many bytes have been handed over so far. */
  readonly onProgress?: (sent: number) => void;
};

const UNKNOWN_TYPE = 'application/octet-stream';

/** @param subject begins the sentence that refuses it @throws Failure 'usage' for what is no readable file */
export function lookAtUpload(path: string, subject: string, name = basename(path)): Upload {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Failure('usage', `${subject} is no file`);
    accessSync(path, constants.R_OK);
    return { path, name, size: stats.size, modified: stats.mtimeMs, type: guessType(path, name) };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('usage', `${subject} cannot be read (${findCode(cause)})`, { cause });
  }
}

/** Of the contents, whatever the document is to be called; by its name where the file's own says nothing. */
function guessType(path: string, name: string): string {
  const { type } = Bun.file(path);
  return type === UNKNOWN_TYPE ? Bun.file(name).type : type;
}
