// What of a request may stand in the journal: its route, its ids, the names of its query. A part that may be somebody's
// text, the name of a file or a key does not.

const MASK = '[redacted]';
const MOST_PARTS = 64;

const UUID = '[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}';
/** Words of an API, ids made of them, numbers: `v1`, `path-parts`, `ingest-<uuid>`, `42`. */
const PLAIN = new RegExp(
  `^(?:v\\d{1,3}|\\d{1,20}|[a-z]{1,24}(?:[_-][a-z]{1,24}){0,5}|(?:[a-z]{1,24}[_-]){0,3}${UUID})$`,
  'i',
);
/** How keys begin: `sk-user-…`, `ghp_…`. */
const KEY = /^(?:sk|pk|rk|ghp|xox[a-z])[_-]/i;
const NAME = /^[a-z_][\w.[\]-]{0,63}$/i;

/** Without query and fragment. */
export function cleanPath(path: string): string {
  const [way = ''] = path.split(/[?#]/);
  const parts = way.split('/');
  const kept = parts.slice(0, MOST_PARTS).map((part) => (part === '' || isPlain(part) ? part : MASK));
  return [...kept, ...(parts.length > MOST_PARTS ? ['…'] : [])].join('/');
}

function isPlain(part: string): boolean {
  return PLAIN.test(part) && !KEY.test(part);
}

/** Each name once. */
export function cleanNames(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => (NAME.test(name) && !KEY.test(name) ? name : MASK)))].slice(0, MOST_PARTS);
}

/** A key that somebody typed into a reason. */
const KEY_WITHIN = /\b(?:sk|pk|rk|ghp|xox[a-z])[_-][\w-]{8,}/gi;

export function cleanText(text: string): string {
  return text.replace(KEY_WITHIN, MASK);
}
