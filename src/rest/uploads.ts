// The files that a row sends: looked at before anything is sent, and told about while they go.

import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { takeUpload, type Upload } from '../files/upload.ts';
import type { ApiRequest, FormPart } from '../http/request.ts';
import type { Given, Operation } from '../schema/operations.ts';
import { createProgress } from '../terminal/progress.ts';
import { nameFlag } from './flags.ts';

/** By the row's keys. */
export type Uploads = Readonly<Record<string, Upload>>;

/** @throws Failure 'usage' for what is no readable file, or too large */
export async function takeUploads(operation: Operation, typed: Given, { world }: Context): Promise<Uploads> {
  const uploads: Record<string, Upload> = {};
  for (const [key, field] of Object.entries(operation.form ?? {})) {
    const path = typed[key];
    if (field.kind !== 'upload' || typeof path !== 'string') continue;
    const { nameKey, maxBytes } = field;
    const source = `--${nameFlag(operation, key)}`;
    const naming = nameKey === undefined ? {} : { name: typed[nameKey], flag: nameFlag(operation, nameKey) };
    const file = await takeUpload(source, path, naming, world);
    requireSize(source, path, file, maxBytes);
    uploads[key] = file;
  }
  return uploads;
}

function requireSize(source: string, path: string, { size }: Upload, maxBytes = Number.POSITIVE_INFINITY): void {
  if (size <= maxBytes) return;
  const limit = `more than the ${maxBytes / 1024 / 1024} MiB that the server takes`;
  throw new Failure('usage', `${source}: '${path}' has ${size} bytes, ${limit}`);
}

/** The same request, whose file tells on the last line of a terminal how far it is. @property end takes the line away */
export function showProgress(
  request: ApiRequest,
  { world, log }: Context,
): { request: ApiRequest; end: () => Promise<void> } {
  const sizes = (request.form ?? []).flatMap((part) => ('file' in part ? [part.file.size] : []));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const name = request.form?.flatMap((part) => ('file' in part ? [part.file.name] : []))[0];
  const progress = createProgress({ files: sizes.length, bytes, ...(name !== undefined && { name }) }, world, log);
  const follow = (part: FormPart): FormPart =>
    'file' in part ? { ...part, file: { ...part.file, onProgress: progress.begin(part.file.size).sent } } : part;
  return { request: { ...request, ...(request.form && { form: request.form.map(follow) }) }, end: progress.end };
}
