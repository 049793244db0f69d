// What a user may not see: a finding for whoever looks into that, and no failure.

import { Failure, type FailureKind } from '../errors.ts';
import { isAnswer } from './session.ts';

/** Kinds by which a server says so. */
const KINDS: readonly FailureKind[] = ['permission-denied', 'not-found'];

/** @property what could not be seen @property why the API's answer, or a sentence */
export type Unknown = { readonly what: string; readonly why: Failure | string };

export type Seen<T> = { readonly value: T } | { readonly unseen: Failure };

/** @throws every failure that is not the API's own answer to what was asked for */
export async function see<T>(work: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof Failure && KINDS.includes(error.kind) && isAnswer(error)) return { unseen: error };
    throw error;
  }
}
