// Random rows with what trips those who compare values: numbers beyond a double, times of several zones, accents in two forms.

import fc from 'fast-check';
import { type Condition, constant, list, number, type Order, type Row, text, type Value, write } from './reference.ts';

const NAMES = ['id', 'a', 'b', 'a b', 'o.c', 'o.d', 'l.x'];
const WORDS = [
  '',
  'a',
  'A',
  'ä',
  'a\u0308',
  'Ä',
  '😀',
  '\uff01',
  'a=b',
  '~',
  '!',
  'x,y',
  '"',
  'null',
  'true',
  '1',
  '1.0',
  ' a',
  'report',
];
const TIMES = [
  '2026-02-23T12:00:00Z',
  '2026-02-23T12:00:00.5Z',
  '2026-02-23T14:00:00+02:00',
  '2026-02-23T12:00:00.500000+00:00',
  '1999-12-31T23:59:59Z',
];
const NUMBERS = [
  '0',
  '-0',
  '1',
  '1.0',
  '1e0',
  '-1',
  '10',
  '1e1',
  '9007199254740992',
  '9007199254740993',
  '9007199254740993.5',
  '1e30',
  '-1e30',
  '0.1',
  '0.10',
  '1e-7',
  '-0.5',
];

const anyText = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: fc.constantFrom(...'aAbz09 .😀é'), maxLength: 3 }),
);
const anyScalar: fc.Arbitrary<Value> = fc.oneof(
  anyText.map(text),
  fc.constantFrom(...TIMES).map(text),
  fc.constantFrom(...NUMBERS).map(number),
  fc.constantFrom(true, false, null).map(constant),
);
export const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** A row as the server sends it, and as a plain one with dotted names. */
export type Sent = { readonly json: string; readonly row: Row };

const anyRow: fc.Arbitrary<Omit<Sent, 'id'>> = fc
  .record({
    a: maybe(fc.oneof(anyScalar, fc.array(anyScalar, { maxLength: 3 }).map(list))),
    b: maybe(anyScalar),
    'a b': maybe(anyScalar),
    owner: fc.oneof(fc.constantFrom('missing', 'null'), fc.record({ c: maybe(anyScalar), d: maybe(anyScalar) })),
    items: fc.array(maybe(anyScalar), { maxLength: 3 }),
  })
  .map(({ owner, items, ...plain }) => {
    const below = (name: 'c' | 'd') =>
      typeof owner === 'object' ? owner[name] : owner === 'null' ? constant(null) : undefined;
    const found = items.filter((item) => item !== undefined);
    // Lists in lists do not occur here.
    const x = found.length > 0 || items.length === 0 ? list(found) : undefined;
    const nested = [
      ...(owner === 'missing'
        ? []
        : [`"o":${owner === 'null' ? 'null' : write({ c: owner.c, d: owner.d }, ['c', 'd'])}`]),
      `"l":[${items.map((item) => write({ x: item }, ['x'])).join(',')}]`,
    ];
    const json = `${write(plain, ['a', 'b', 'a b']).replace(/^\{(.*)\}$/su, '$1')}`;
    return {
      json: [json, ...nested].filter(Boolean).join(','),
      row: { ...plain, 'o.c': below('c'), 'o.d': below('d'), 'l.x': x },
    };
  });

export const anyRows = fc
  .array(anyRow, { maxLength: 10 })
  .map((rows) =>
    rows.map(({ json, row }, at): Sent => ({ json: `{"id":${at},${json}}`, row: { ...row, id: number(String(at)) } })),
  );
export const anyCondition: fc.Arbitrary<Condition> = fc
  .record({
    key: fc.constantFrom(...NAMES),
    operator: fc.constantFrom('=', '!=', '~'),
    text: fc.oneof(fc.constantFrom(...WORDS, ...NUMBERS, ...TIMES, '[]', '[1]', '[1, 1]'), anyText),
  })
  .filter(
    ({ operator, text: wanted }) =>
      !(operator === '~' && wanted === '') && !(operator === '=' && wanted.startsWith('=')),
  );
export const anyOrder: fc.Arbitrary<Order> = fc.record({ key: fc.constantFrom(...NAMES), isDescending: fc.boolean() });
export const anyColumns = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 });

/** Has something under every name: a name that no row has is an error. */
export const FULL: Sent = {
  json: '{"id":-1,"a":1,"b":1,"a b":1,"o":{"c":1,"d":1},"l":[{"x":1}]}',
  row: {
    id: number('-1'),
    a: number('1'),
    b: number('1'),
    'a b': number('1'),
    'o.c': number('1'),
    'o.d': number('1'),
    'l.x': list([number('1')]),
  },
};
