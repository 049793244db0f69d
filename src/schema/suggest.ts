// The word that was probably meant.

const FARTHEST = 3;

/** undefined where nothing is near: more than a third of the letters, or three, would have to change. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.min(FARTHEST, Math.ceil(word.length / 3));
  const typed = word.toLowerCase();
  const isPrefix = (lower: string) => word.length > 2 && lower.startsWith(typed);
  const ranked = candidates
    .map((candidate) => ({ candidate, lower: candidate.toLowerCase() }))
    // A word may be very long: it is compared with those of its length alone.
    .filter(({ lower }) => Math.abs(lower.length - typed.length) <= limit || isPrefix(lower))
    // A beginning is as near as one letter: thread-me is thread-messages, not threads.
    .map(({ candidate, lower }) => ({ candidate, distance: isPrefix(lower) ? 1 : distanceBetween(typed, lower) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** The question under an error; no line without candidates. */
export function askIfMeant(candidates: readonly (string | undefined)[]): string[] {
  const meant = candidates.filter((candidate) => candidate !== undefined);
  return meant.length === 0 ? [] : [`Did you mean ${meant.join(' or ')}?`];
}

/** Letters to add, drop or change (Levenshtein), a swap of neighbours counting as one. */
function distanceBetween(a: string, b: string): number {
  const rows = [[...b, ''].map((_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(rows, i - 1, j) + 1,
        at([row], 0, j - 1) + 1,
        at(rows, i - 1, j - 1) + change,
        isSwap ? at(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return at(rows, a.length, b.length);
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
}
