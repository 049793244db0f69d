// Whether a request that was typed by hand only reads, as the rows know it. What no row knows may change something.

import type { ApiRequest } from '../http/request.ts';
import { loadResources } from '../resources/index.ts';
import type { Operation } from '../schema/operations.ts';

/** @param path without dot segments, as URL gives it */
export async function isSafeRequest({ method, path }: Pick<ApiRequest, 'method' | 'path'>): Promise<boolean> {
  const operations = (await loadResources()).flatMap((resource) => Object.values(resource.operations));
  return operations.some((operation) => operation.isSafe && operation.method === method && leadsTo(operation, path));
}

/** The whole path, segment by segment; a row whose path ends in a query is met by none. */
function leadsTo({ path: template }: Operation, path: string): boolean {
  const typed = path.split('/').map(decodeSegment);
  const wanted = template.split('/');
  return typed.length === wanted.length && wanted.every((segment, index) => isMet(segment, typed[index]));
}

function isMet(wanted: string, typed: string | undefined): boolean {
  if (wanted === typed) return true;
  // A server that decodes the path before it splits it would see more segments than these, or others.
  const isOneSegment = typed !== undefined && !/[/\\]|^\.{0,2}$/.test(typed);
  return isOneSegment && /^\{\w+\}$/.test(wanted);
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
