// The bundle for somebody who helps: a list of what may be in it, each file made anew. Nothing is copied and then cleaned.

import { arch, release } from 'node:os';
import { locateCredentials, type Place } from '../auth/place.ts';
import { listShownSettings, showAdminKey } from '../auth/shown-settings.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { readLast } from '../journal/last.ts';
import { formatInline, formatJson } from '../json/format.ts';
import { type Json, mapTexts } from '../json/value.ts';
import { createRedactor } from '../terminal/redact.ts';
import { versionLine } from '../version.ts';
import { formatChain } from './chain.ts';
import type { Finding } from './examine.ts';
import { orNothing, type Secret } from './secrets.ts';
import { describeFile } from './shape.ts';

const JOURNAL = 'journal.jsonl';
const MOST_LINES = 50;

/** @property about its contents, in words */
export type BundleFile = { readonly path: string; readonly about: string; readonly text: string };

export async function composeFiles(
  { checks, conclusion, chain }: Finding,
  secrets: readonly Secret[],
  context: Context,
): Promise<BundleFile[]> {
  const { redact, conceal } = createRedactor();
  for (const { value } of secrets) conceal(value);
  const shorten = (text: string) => writeHomeAsTilde(text, context.world.home);
  const write = (value: Json, change: (text: string) => string = shorten) => `${formatJson(mapTexts(value, change))}\n`;
  const place = findPlace(context);
  const { journalPath, session } = context.settings;
  const journal = journalPath && place ? readLast(journalPath, session, MOST_LINES) : [];
  const files = [
    {
      path: 'doctor.json',
      about: 'what kscli doctor says',
      // As it is printed: a server may have said anything.
      text: write({ conclusion, checks: checks.map((check) => ({ ...check })) }, (text) => shorten(redact(text))),
    },
    {
      path: 'versions.json',
      about: 'versions of kscli, its runtime and the system',
      text: write(listVersions(context)),
    },
    {
      path: 'settings.json',
      about: 'each setting, and where it came from',
      text: write(await listSettings(place, context)),
    },
    {
      path: 'credentials.json',
      about: 'keys, lengths and times of the credentials file, without the values',
      text: write(place === undefined ? null : describeFile(place, context.world)),
    },
    ...(journal.length > 0
      ? [
          {
            path: JOURNAL,
            about: 'the last lines of the journal about this session',
            text: journal.map((line) => `${formatInline(mapTexts(line, shorten))}\n`).join(''),
          },
        ]
      : []),
    ...(chain.length > 0
      ? [{ path: 'chain.pem', about: 'the certificates that the server presents', text: formatChain(chain) }]
      : []),
  ];
  return [{ path: 'README.txt', about: 'what each file holds', text: formatReadme(files) }, ...files];
}

/** undefined where nobody knows which file it would be. */
function findPlace(context: Context): Place | undefined {
  try {
    return locateCredentials(context);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

function listVersions({ world }: Context): Json {
  return {
    kscli: versionLine().trim(),
    bun: Bun.version,
    platform: world.platform,
    processor: arch(),
    system: release(),
    made_at: new Date(world.now()).toISOString(),
  };
}

async function listSettings(place: Place | undefined, context: Context): Promise<Json> {
  const adminKey = (await orNothing(() => showAdminKey(context))) ?? [];
  return [...listShownSettings(place?.path, context), adminKey].flat().map(({ setting, value, source }) => ({
    setting,
    // Of a command nothing but its name: a word of it may be a secret.
    value: Array.isArray(value) ? `${value[0]} with ${value.length - 1} words` : value,
    source,
  }));
}

function writeHomeAsTilde(text: string, home: string | undefined): string {
  return home !== undefined && home.length > 1 ? text.replaceAll(home, '~') : text;
}

function formatReadme(files: readonly Omit<BundleFile, 'text'>[]): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  return [
    'A bundle of kscli doctor, for somebody who helps.',
    '',
    ...files.map(({ path, about }) => `${path.padEnd(width)}  ${about}`),
    '',
    'No token, no key and no password is in it: before it was written it was searched for each of them, as it is and encoded.',
    'It does name the server, the ids of user and tenant, the session, and paths of this machine; the home directory is ~.',
    ...(files.some(({ path }) => path === JOURNAL)
      ? [`${JOURNAL} names operator, account, host, reason and ticket too.`]
      : []),
    '',
  ].join('\n');
}
