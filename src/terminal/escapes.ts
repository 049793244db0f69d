// Readings of a text: its escapes resolved, %XX (RFC 3986), HTML's character references, the escapes of JSON and JavaScript.
// Each kind by itself, since an escape of one is plain text in another.

/** A text, and where each of its UTF-16 units, and its end, began in the text that it was read from. */
export type Reading = { readonly text: string; readonly start: (at: number) => number };

type Kind = {
  readonly sequence: RegExp;
  readonly resolve: (sequence: string) => readonly [meaning: string, length: number][];
};

const KINDS: readonly Kind[] = [
  { sequence: /(?:%[0-9a-f]{2})+/gi, resolve: resolvePercent },
  { sequence: /&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});?/gi, resolve: resolveReference },
  { sequence: /\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[^ux])/gi, resolve: resolveBackslash },
];

/** The text as it is, and all that it can mean in so many layers (`%2526`, `\\u0026amp;`). */
export function listReadings(text: string, layers: number): Reading[] {
  const readings: Reading[] = [{ text, start: (at) => at }];
  // Every escape begins with one of these; most texts have none.
  if (!/[%&\\]/.test(text)) return readings;
  const seen = new Set([text]);
  let latest: readonly Reading[] = readings;
  for (let layer = 0; layer < layers && latest.length > 0; layer++) {
    latest = latest
      .flatMap((reading) => KINDS.flatMap((kind) => resolve(reading, kind)))
      .filter((reading) => {
        const isNew = !seen.has(reading.text);
        seen.add(reading.text);
        return isNew;
      });
    readings.push(...latest);
  }
  return readings;
}

function resolve({ text, start }: Reading, kind: Kind): Reading[] {
  let resolved = '';
  const origins: number[] = [];
  const add = (piece: string, from: number, isCopy: boolean) => {
    resolved += piece;
    for (let unit = 0; unit < piece.length; unit++) origins.push(start(isCopy ? from + unit : from));
  };
  let done = 0;
  for (const { 0: sequence, index } of text.matchAll(kind.sequence)) {
    add(text.slice(done, index), done, true);
    let at = index;
    for (const [meaning, length] of kind.resolve(sequence)) {
      add(meaning, at, false);
      at += length;
    }
    done = index + sequence.length;
  }
  if (done === 0) return [];
  add(text.slice(done), done, true);
  origins.push(start(text.length));
  return [{ text: resolved, start: (at) => origins[at] ?? 0 }];
}

/** A character may be several bytes of UTF-8, each with an escape of its own. */
function resolvePercent(sequence: string): [string, number][] {
  const characters = [...Buffer.from(sequence.replaceAll('%', ''), 'hex').toString()];
  return characters.map((character) => [character, 3 * Buffer.byteLength(character)]);
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", sol: '/', bsol: '\\', plus: '+', equals: '=', num: '#' },
  ...{ percnt: '%', colon: ':', semi: ';', comma: ',', period: '.', lowbar: '_', hyphen: '-', excl: '!', commat: '@' },
  ...{
    dollar: '$',
    ast: '*',
    lpar: '(',
    rpar: ')',
    quest: '?',
    lsqb: '[',
    rsqb: ']',
    lcub: '{',
    rcub: '}',
    grave: '`',
  },
};

function resolveReference(sequence: string): [string, number][] {
  const name = sequence.slice(1).replace(/;$/, '').toLowerCase();
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const meaning = name.startsWith('#') ? toCharacter(code) : Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  return [[meaning ?? sequence, sequence.length]];
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function resolveBackslash(sequence: string): [string, number][] {
  const letter = sequence[1] ?? '';
  const code = Number.parseInt(sequence.slice(2).replace(/[{}]/g, ''), 16);
  const meaning = /[ux]/i.test(letter) ? toCharacter(code) : (LETTERS[letter] ?? letter);
  return [[meaning, sequence.length]];
}

function toCharacter(codePoint: number): string {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '';
}
