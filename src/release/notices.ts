// The licence notices of everything in the binary: the bundled packages' own texts, and that of the runtime.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, BundledPackage } from './packages.ts';
import { readRuntimeNotice } from './runtime-notice.ts';

export type Notice = {
  readonly name: string;
  readonly version: string;
  /** An SPDX identifier or expression. */
  readonly license: string;
  /** Lines without one at the end. */
  readonly text: string;
};

const LICENSE_FILE = /^(licen[cs]e|copying|notice)([-.].*)?$/i;

/**
 * By name, the runtime last.
 * @throws Error naming the package without a licence text: without its notice it may not be passed on
 */
export function readNotices(root: string, { packages }: Bundle): readonly Notice[] {
  return [...packages.map(readNotice), readRuntimeNotice(root)];
}

function readNotice({ specifier, name, version, license, directory }: BundledPackage): Notice {
  const files = readdirSync(directory).filter((file) => LICENSE_FILE.test(file));
  const texts = files.sort().map((file) => normalize(readFileSync(join(directory, file), 'utf8')));
  const text = texts.filter((part) => part !== '').join('\n\n');
  if (text === '')
    throw new Error(`${specifier} has no licence text: ${directory} holds no LICENSE file with a word in it`);
  return { name, version, license, text };
}

function normalize(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}
