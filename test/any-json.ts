// Any JSON that a file or a server may hold.

import fc from 'fast-check';

/** Texts with what JSON, YAML and terminals trip over. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...'yes No ~ null 0x1f 1e5 1_000 12:30:45 2026-02-23 = << # __proto__ 10'.split(' ')),
  fc.constantFrom('', ' x ', '- a', 'a: b', '\u2028', '\ufeff', '\r\n'),
);

export const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', maxDepth: 4 },
    anyText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 4 }),
  ),
})).value;
