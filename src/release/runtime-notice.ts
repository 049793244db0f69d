// The notice of the Bun runtime: what the Bun project publishes about its licence and about the libraries linked into
// it, which its package of types carries, and the texts of those licences that are the same for every library.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import apache20 from 'spdx-license-list/licenses/Apache-2.0.json' with { type: 'json' };
import lgpl20 from 'spdx-license-list/licenses/LGPL-2.0-or-later.json' with { type: 'json' };
import lgpl21 from 'spdx-license-list/licenses/LGPL-2.1-or-later.json' with { type: 'json' };
import type { Notice } from './notices.ts';
import { RUNTIME_VERSION } from './targets.ts';

/** A development package: `@types/bun` depends on it in the same version. */
const PUBLISHED_IN = 'node_modules/bun-types';

const INTRODUCTION = `The Bun runtime is part of every kscli binary. Below is what the Bun project publishes about its licence and about the
libraries that are linked into it. It does not repeat the copyright notices and licence texts of those libraries: they
are at the addresses that it gives. The texts of the GNU Library General Public License 2, the GNU Lesser General Public
License 2.1 and the Apache License 2.0 follow, since they are the same for every library.`;

/** @throws Error when what is published is for another version, or lists no libraries any more */
export function readRuntimeNotice(root: string): Notice {
  const directory = join(root, PUBLISHED_IN);
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string };
  if (version !== RUNTIME_VERSION)
    throw new Error(`${directory} is of Bun ${version}, the runtime is ${RUNTIME_VERSION}`);
  const path = join(directory, 'docs/project/license.mdx');
  const published = toPlainText(readFileSync(path, 'utf8'));
  if (!published.includes('\n- boringssl (http'))
    throw new Error(`${path} does not list the linked libraries as it did`);
  const texts = [lgpl20, lgpl21, apache20].map(({ licenseText }) => licenseText.trim());
  return { name: 'bun', version, license: 'MIT', text: [INTRODUCTION, published, ...texts].join('\n\n') };
}

/** Markdown without what only a renderer can read: a row of a table becomes `- library (address): licence`. */
export function toPlainText(markdown: string): string {
  return markdown
    .replace(/^---\n.*?\n---\n/s, '')
    .replace(/^\|.*\|\n\|[ |:-]+\|\n/gm, '')
    .replace(/^\| *(.*?) *\| *(.*?) *\|$/gm, '- $1: $2')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
    .replaceAll('`', '')
    .trim();
}
