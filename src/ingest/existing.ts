// Documents that the server has, as far as a bulk upload looks at them: by name, with the versions and the hashes of what
// was uploaded.

import { asRecord, type Json, nonEmptyString } from '../json/value.ts';

/** @property hash SHA-256 in hex; undefined where the server keeps none @property workflowId of the run that makes its contents */
export type Version = {
  readonly id: string;
  readonly number: number;
  readonly hash: string | undefined;
  readonly workflowId: string | undefined;
};

/** @property active undefined where the server tells nothing about it */
export type Existing = { readonly id: string; readonly active: Version | undefined };

export function readDocument(row: Json): Existing {
  const { id, active_version } = asRecord(row);
  return { id: nonEmptyString(id) ?? '', active: readVersion(active_version) };
}

export function readVersion(row: unknown): Version | undefined {
  const { id, version, system_metadata } = asRecord(row);
  const name = nonEmptyString(id);
  if (name === undefined) return undefined;
  const { hash, pipeline_state } = asRecord(system_metadata);
  return {
    id: name,
    number: typeof version === 'number' ? version : 0,
    hash: readHash(hash),
    workflowId: nonEmptyString(asRecord(pipeline_state)['temporal_workflow_id']),
  };
}

/** The API's base64 of 32 bytes, or the same in hex. Anything else is as unknown as nothing. */
export function readHash(value: unknown): string | undefined {
  const text = nonEmptyString(value)?.trim() ?? '';
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  return /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64').toString('hex') : undefined;
}
