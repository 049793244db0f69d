// A journal to play with: written by kscli, then changed as somebody might who should not. Hashes are made here anew, not by
// the code that is tested.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER } from '../backend/server.ts';
import { createHome, credentialsFields, type Home, NOW } from '../kscli.ts';

export const FILE = '2026-02.jsonl';
export const MARCH = '2026-03.jsonl';
/** The directory of the journal, as transcripts name it. */
export const PLACE = '~/.local/state/kscli/journal';
/** What is said below the first place that is not as it was. */
export const BAD = [
  '! Error: The journal is not intact',
  '! All before it is whole. Compare with a copy, or with a head that was noted elsewhere.',
];
export const DAY = 86_400_000;

const FAR_AWAY = '2099-01-01T00:00:00+00:00';
const ME = { 'GET /v1/users/me': { json: { id: USER } } };

export type Chain = Home & {
  readonly journal: string;
  /** Where a file of it lies. */
  place(file: string): string;
  /** What `journal verify` prints. */
  verify(words?: string): Promise<string[]>;
  /** One more line, at that time. */
  add(now?: number): Promise<void>;
  read(file?: string): string[];
  write(lines: readonly string[], file?: string): void;
  /** Credentials of a named session, or of the unnamed one. */
  signIn(fields: object, session?: string): void;
};

/** @param count lines, the first of which opens the file */
export async function createChain(count: number): Promise<Chain> {
  const home = createHome();
  home.keep(credentialsFields({ expires_at: FAR_AWAY }));
  const journal = join(home.directory, '.local/state/kscli/journal');
  const place = (file: string) => join(journal, file);
  const chain: Chain = {
    ...home,
    journal,
    place,
    verify: async (words = '') => (await home.kscli(`journal verify ${words}`)).split('\n').slice(1, -1),
    add: async (now = NOW) => {
      const shown = await home.kscli('whoami -f id-only', ME, { env: { KSCLI_JOURNAL: 'on' }, now });
      if (!shown.endsWith('exit 0')) throw new Error(shown);
    },
    signIn: (fields, session) => home.keep(credentialsFields({ expires_at: FAR_AWAY, ...fields }), session),
    read: (file = FILE) => readFileSync(place(file), 'utf8').split('\n').slice(0, -1),
    write: (lines, file = FILE) => writeFileSync(place(file), lines.map((line) => `${line}\n`).join('')),
  };
  for (let line = 1; line < count; line++) await chain.add();
  return chain;
}

/** The same line with another content, and the hash that fits it. */
export function forge(line: string, change: (fields: Record<string, unknown>) => object): string {
  const { hash: _, ...fields } = JSON.parse(line);
  const text = JSON.stringify(change(fields));
  return `${text.slice(0, -1)},"hash":"${sha256(text)}"}`;
}

/** Every line from there on, chained anew. */
export function forgeFrom(lines: readonly string[], from: number, change: (fields: object) => object): string[] {
  const forged = [...lines];
  for (let at = from; at < lines.length; at++) {
    const prev = at === 0 ? '0'.repeat(64) : hashOf(forged[at - 1]);
    forged[at] = forge(lines[at] ?? '', (fields) => ({ ...(at === from ? change(fields) : fields), prev }));
  }
  return forged;
}

export function hashOf(line = ''): string {
  return JSON.parse(line).hash;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
