// The figures of a run as one table, each with what it should reach and whether it does.

import { median, pairRatio, type Samples } from './measure.ts';

export type Figure = {
  readonly what: string;
  readonly value: number;
  /** Behind the number: `×`, `rows/s`, `MiB`. */
  readonly unit: string;
  /** At most so much, or for `least` at least. */
  readonly reach?: number;
  readonly least?: boolean;
  readonly note?: string;
};

/** A ratio of pairs, with both medians and minima beside it; nothing where the other is missing here. */
export function compare(samples: Samples, what: string, of: string, against: string, reach?: number): Figure[] {
  const value = pairRatio(samples, of, against);
  if (value === undefined)
    return [{ what: `${what} / ${against}`, value: Number.NaN, unit: '×', note: `${against} is not here` }];
  const show = (name: string) => {
    const times = samples.get(name) ?? [];
    return `${name} ${median(times).toFixed(1)} (${Math.min(...times).toFixed(1)}) ms`;
  };
  return [
    {
      what: `${what} / ${against}`,
      value,
      unit: '×',
      ...(reach !== undefined && { reach }),
      note: `${show(of)}, ${show(against)}`,
    },
  ];
}

export function print(figures: readonly Figure[]): void {
  console.log('| figure | measured | reach | | median (minimum) |\n| --- | --- | --- | --- | --- |');
  for (const { what, value, unit, reach, least, note = '' } of figures) {
    const shown = Number.isNaN(value) ? 'not run' : `${format(value, unit)} ${unit}`;
    const limit = reach === undefined ? '' : `${least ? '≥' : '≤'} ${format(reach, unit)}`;
    console.log(`| ${what} | ${shown} | ${limit} | ${judge(value, reach, least)} | ${note} |`);
  }
}

function format(value: number, unit: string): string {
  if (unit === 'ms' && value < 10) return value.toFixed(1);
  return unit === '×' ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}

function judge(value: number, reach: number | undefined, least = false): string {
  if (reach === undefined || Number.isNaN(value)) return '';
  return (least ? value >= reach : value <= reach) ? 'met' : 'missed';
}
