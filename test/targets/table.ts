// The table of what was run: it fits into 80 columns, with every word whole.

import { formatTable } from '../../src/output/table.ts';
import { wrap } from '../../src/terminal/wrap.ts';

/** @property packages of Debian @property why it was not run @property wrong one line each */
export type Row = {
  readonly target: string;
  readonly under: string;
  readonly packages: readonly string[];
  readonly result: 'passes' | 'sound' | 'not run' | 'FAILED';
  readonly why: string;
  readonly wrong: readonly string[];
};

export function renderTable(rows: readonly Row[], width: number): string {
  const data = rows.map(({ target, under, result, why }) => ({
    ...{ target, 'ran under': under, result, 'not run because': why },
  }));
  const packages = [...new Set(rows.flatMap((row) => row.packages))].sort().join(', ');
  const footer = wrap([`Packages of Debian that this needs: ${packages || 'none'}`], width);
  const table = formatTable({ data }, { format: 'table', noHeader: false, width, isTerminal: true, hasColor: false });
  return [table, ...footer, ''].join('\n');
}
