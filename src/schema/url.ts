// The base URL, strictly: it decides where the key goes. What could hold a password is never shown.

const FORM = 'is not a URL like https://api.example.com';

/** Without a trailing slash, in the form that URL gives it. */
export function parseUrl(text: string): { readonly value: string } | { readonly why: string; readonly shown: string } {
  const shown = maskUrl(text);
  const url = /^https?:\/\//i.test(text) && !/[\s\\]/.test(text) ? URL.parse(text) : null;
  if (url === null || url.hostname === '') return { why: FORM, shown };
  if (url.username !== '' || url.password !== '') return { why: 'carries a user name or password', shown };
  if (url.search !== '' || url.hash !== '') return { why: 'carries a query or fragment', shown };
  return { value: url.origin + url.pathname.replace(/\/+$/, '') };
}

/** Everything up to the last @ may be a user and a password, however malformed the rest is; so may a query. */
export function maskUrl(text: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:[/\\]*(?=.*@)/is.exec(text)?.[0] ?? '';
  const kept = text.includes('@') ? `${scheme}***${text.slice(text.lastIndexOf('@'))}` : text;
  return kept.replace(/[?#].*/s, '?***');
}
