// The setting that a name was probably meant to be: by its letters, by its words, or by the word that other tools have for it.

import { nearest } from '../schema/suggest.ts';

/** For settings that decide who acts, where, what is allowed and whom to trust. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  url: 'baseurl',
  apiurl: 'baseurl',
  serverurl: 'baseurl',
  endpoint: 'baseurl',
  profile: 'session',
  ro: 'readonly',
  dryrun: 'readonly',
  ca: 'cabundle',
  cacert: 'cabundle',
  cafile: 'cabundle',
  insecure: 'verifyssl',
  noverify: 'verifyssl',
  skipverify: 'verifyssl',
  tlsverify: 'verifyssl',
  credentialsfile: 'credentialspath',
  adminkey: 'adminapikey',
};

/** @param byWords those of `known` that other words may stand for @returns one of `known`; undefined where none is near */
export function nearestSetting(name: string, known: readonly string[], byWords: readonly string[]): string | undefined {
  const letters = plain(name);
  const find = (wanted: string | undefined) => known.find((candidate) => plain(candidate) === wanted);
  return (
    find(Object.hasOwn(OTHER_WORDS, letters) ? OTHER_WORDS[letters] : nearest(letters, known.map(plain))) ??
    byWords.find((candidate) => isSaidOtherwise(wordsOf(name), wordsOf(candidate)))
  );
}

/** Dashes, underscores and case are what people mistype most. */
export function plain(name: string): string {
  return wordsOf(name).join('');
}

/** In another order, with an ending or a word more, or with a word fewer. */
function isSaidOtherwise(words: readonly string[], known: readonly string[]): boolean {
  const isWhole = known.every((word) => words.some((other) => other.startsWith(word)));
  if (isWhole) return words.length <= known.length + 1;
  return words.length > 1 && words.length === known.length - 1 && words.every((word) => known.includes(word));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/^kscli_/i, '')
    .toLowerCase()
    .split(/[-_]/);
}
