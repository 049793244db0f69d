// The one sentence at doctor's end: what is wrong and what to type, of all that may be wrong the first to be mended.

import type { Check } from './check.ts';

/** A step is of use only when those before it are well: signing in needs the network. */
const ORDER = ['settings', 'base URL', 'proxy', 'name resolution', 'connection', 'TLS', 'clock', 'credentials'];

/** @param who acts where: `user U in tenant T at URL` */
export function conclude(checks: readonly Check[], who: string, isOffline: boolean): string {
  const failed = checks.filter(({ result }) => result === 'failed');
  const [first] = failed.toSorted((a, b) => rank(a) - rank(b));
  if (first)
    return `${describe(first)}${failed.length > 1 ? ` (Then mend the rest: ${failed.length - 1} more failed.)` : ''}`;
  const warnings = checks.filter(({ result }) => result === 'warning').map(({ check }) => check);
  const rest = warnings.length > 0 ? ` See the warnings: ${warnings.join(', ')}.` : '';
  if (isOffline)
    return `Nothing is wrong on this machine; the network and the server were not tried (--offline).${rest}`;
  return `kscli works: ${who}.${rest}`;
}

function rank({ check }: Check): number {
  const index = ORDER.indexOf(check);
  return index === -1 ? ORDER.length : index;
}

function describe({ check, detail, remedy = '' }: Check): string {
  const [what = ''] = detail.split('\n');
  return `kscli does not work: ${check}: ${what}${/[.:]$/.test(what) ? '' : '.'} ${remedy}`.trim();
}
