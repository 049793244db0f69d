// SHA256SUMS of a release: which archives there are for a machine, and which version is the newest. Pure.

export const SUMS = 'SHA256SUMS';

export type Listed = { readonly version: string; readonly name: string; readonly sha256: string };

const RELEASE = String.raw`\d+\.\d+\.\d+`;
const VERSION = `${RELEASE}(?:-[0-9A-Za-z][0-9A-Za-z.-]*)?`;

/** The archives for the target, by line. What does not match to the letter is not there: a name is never a path. */
export function listArchives(sums: string, target: string): Listed[] {
  const line = new RegExp(`^([0-9a-f]{64}) [ *](kscli-(${VERSION})-${target}\\.tar\\.gz)\\r?$`, 'gm');
  return [...sums.matchAll(line)].map(([, sha256 = '', name = '', version = '']) => ({ version, name, sha256 }));
}

/** The sum of one file, in hex; undefined where it has none, or several. @param name without a letter that an expression knows but the dot */
export function findSum(sums: string, name: string): string | undefined {
  const line = new RegExp(`^([0-9a-f]{64}) [ *]${name.replaceAll('.', '\\.')}\\r?$`, 'gm');
  const found = new Set([...sums.matchAll(line)].map(([, sha256]) => sha256));
  return found.size === 1 ? [...found][0] : undefined;
}

export function isVersion(text: string): boolean {
  return new RegExp(`^${VERSION}$`).test(text);
}

export function isPreRelease(version: string): boolean {
  return version.includes('-');
}

/**
 * Negative where a comes before b. Numbers by their value; a release after its pre-releases.
 * https://semver.org/#spec-item-11
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(split) as [Parts, Parts];
  return compareLists(left.release, right.release) || comparePreReleases(left.preRelease, right.preRelease);
}

type Parts = { readonly release: readonly string[]; readonly preRelease: readonly string[] };

function split(version: string): Parts {
  const [, release = '', preRelease] = /^([^-]*)(?:-(.*))?$/.exec(version) ?? [];
  return { release: release.split('.'), preRelease: preRelease?.split('.') ?? [] };
}

function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  return compareLists(a, b);
}

/** Of two that agree as far as the shorter goes, the longer one comes later. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, word] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareWords(word, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers come before words. */
function compareWords(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [a, b].map((word) => /^\d+$/.test(word));
  if (isNumber && isOtherNumber) return Number(a) - Number(b);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}
