// The receipt that install.sh leaves beside the config file: which file came from where, and who signs the next one. It decides
// what is run as kscli from now on, so it is believed only where nobody else could have written it.

import { basename, dirname, isAbsolute, join } from 'node:path';
import { describeCause, Failure, findCode } from '../errors.ts';
import { replaceFile } from '../files/replace.ts';
import { readTrusted, trustedDirectory, UntrustedPath } from '../files/safe-path.ts';
import { formatJson } from '../json/format.ts';
import { parseJson } from '../json/parse.ts';
import { isObject, type Json } from '../json/value.ts';
import { parseSigner, type Signer } from '../schema/signer.ts';

export type Receipt = {
  readonly version: string;
  /** The file that is kscli. */
  readonly path: string;
  /** Where it came from: a directory, or its URL. */
  readonly source: string;
  /** Of the file, in hex. */
  readonly sha256: string;
  readonly signers: readonly Signer[];
};

const NAME = 'kscli.receipt.json';
const LARGEST = 64 * 1024;

export function locateReceipt(configPath: string | undefined): string | undefined {
  return configPath === undefined ? undefined : join(dirname(configPath), NAME);
}

/** undefined where there is none. @throws Failure 'refused' where another user could have written it, 'settings' where it is broken */
export function readReceipt(path: string, userId: number | undefined): Receipt | undefined {
  let text: string;
  try {
    text = readTrusted(join(trustedDirectory(dirname(path), userId), basename(path)), LARGEST, userId).text;
  } catch (cause) {
    const code = findCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (!(cause instanceof UntrustedPath))
      throw new Failure('settings', `The receipt ${path} cannot be read: ${describeCause(cause)}`, { cause });
    throw new Failure('refused', `the receipt ${path} is not trusted: ${cause.path} ${cause.message}`, {
      lines: ['It decides what is run as kscli. Remove it, and run install.sh again.'],
      cause,
    });
  }
  return decode(text) ?? fail(path);
}

function fail(path: string): never {
  throw new Failure('settings', `The receipt ${path} is broken`, {
    lines: ['Run install.sh again, which writes it anew.'],
  });
}

function decode(text: string): Receipt | undefined {
  const value = parse(text);
  if (!isObject(value)) return undefined;
  const [version, path, source, sha256] = ['version', 'path', 'source', 'sha256'].map((key) => value[key]);
  const lines = value['signers'];
  const signers = Array.isArray(lines)
    ? lines.map((line) => (typeof line === 'string' ? parseSigner(line) : undefined))
    : [undefined];
  if (
    typeof version !== 'string' ||
    typeof path !== 'string' ||
    typeof source !== 'string' ||
    typeof sha256 !== 'string'
  )
    return undefined;
  // From wherever this is run another directory would be meant.
  if (!isAbsolute(source) && !/^https?:\/\//i.test(source)) return undefined;
  // One that cannot be read must not become one fewer.
  const known = signers.filter((signer) => signer !== undefined);
  return known.length === signers.length ? { version, path, source, sha256, signers: known } : undefined;
}

function parse(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** @property signers as lines */
export type ReceiptChanges = Partial<Record<'version' | 'source' | 'sha256', string>> & { readonly signers?: string[] };

/** Keeps what is in it besides. @throws the system's error */
export function updateReceipt(path: string, changes: ReceiptChanges): void {
  const value = parse(readTrusted(path, LARGEST, undefined).text);
  replaceFile(path, `${formatJson({ ...(isObject(value) ? value : {}), ...changes })}\n`);
}
