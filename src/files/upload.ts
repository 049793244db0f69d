// A file on the disk as something to upload, looked at before anything is sent.

import { accessSync, constants, statSync } from 'node:fs';
import { basename } from 'node:path';
import { codeOf, Failure } from '../errors.ts';
import type { Upload } from '../http/request.ts';

/** @param flag where the path was typed @throws Failure 'usage' for what is no readable file */
export function uploadOf(path: string, flag: string, name = basename(path)): Upload {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Failure('usage', `${flag} names ${path}, which is no file`);
    accessSync(path, constants.R_OK);
    return { path, name, size: stats.size, type: Bun.file(name).type };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('usage', `${flag} names ${path}, which cannot be read (${codeOf(cause)})`, { cause });
  }
}
