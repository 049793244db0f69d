// Which of two numbers is larger, by all of their digits: a double would take 9007199254740993 for its neighbour.

import { ExactNumber } from './exact-number.ts';

/** Negative where the first is smaller, 0 where both have one value (`1.0`, `1e0`). */
export function compareNumbers(a: number | ExactNumber, b: number | ExactNumber): number {
  // The parser keeps as a double only what one holds exactly as it was written.
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareDecimals(toDecimal(String(a)), toDecimal(String(b)));
}

/** A text that is a number in JSON. */
export function parseNumber(text: string): ExactNumber | undefined {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? new ExactNumber(text) : undefined;
}

/** 0.digits × 10 ^ exponent. @property digits without zeros around them; empty for zero */
type Decimal = { readonly sign: number; readonly digits: string; readonly exponent: number };

function toDecimal(text: string): Decimal {
  const [, minus = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const all = whole + fraction;
  const start = all.search(/[1-9]/);
  if (start === -1) return { sign: 0, digits: '', exponent: 0 };
  let end = all.length;
  while (all[end - 1] === '0') end--;
  const sign = minus === '' ? 1 : -1;
  return { sign, digits: all.slice(start, end), exponent: Number(power) + whole.length - start };
}

function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -a.sign : a.sign;
  // Neither ends in zeros: the longer of two that begin alike is the larger one, as it is among texts.
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
}
