// Pasted typography: dashes, quotes, blanks and braces that documents put into a command line, and that mean nothing here.

const DASH = '[\u2010-\u2015\u2212]';
const QUOTES = /[\u2018-\u201e\u2039\u203a\u00ab\u00bb]/;
const QUOTED = /^[\u2018-\u201e\u2039\u203a\u00ab\u00bb](.*)[\u2018-\u201e\u2039\u203a\u00ab\u00bb]$/s;
const BLANKS = /[\u00a0\u2000-\u200b\u202f\u2060\u3000\ufeff]/;
const PLACEHOLDER = /^(?:\{[a-z][\w -]*\}|<[a-z][\w -]*>|\[[a-z][\w -]*\])$/i;

/** Names each pasted character and its replacement, one line each; nothing for a plain word. */
export function explainPasted(word: string): string[] {
  const blank = BLANKS.exec(word)?.[0];
  const quote = QUOTES.exec(word)?.[0];
  return [
    ...(blank ? [`'${word}' holds a blank that is no plain space (${nameCharacter(blank)}). Type a plain space.`] : []),
    ...(quote ? [`'${word}' holds a typographic quote (${quote}). Type ' or ".`] : []),
    ...explainDash(word),
    ...(isPlaceholder(word) ? [`'${word}' stands for a value. Type the value in its place.`] : []),
  ];
}

/** `{folder_id}` as it stands in documents, where its value is meant. */
export function isPlaceholder(word: string): boolean {
  return PLACEHOLDER.test(word);
}

/** A text as it was meant that stands in typographic quotes. */
export function dropQuotes(text: string): string {
  return QUOTED.exec(text)?.[1] ?? text;
}

function explainDash(word: string): string[] {
  const dash = new RegExp(DASH).exec(word)?.[0];
  return dash === undefined
    ? []
    : [`'${word}' holds a typographic dash (${dash}, ${nameCharacter(dash)}). Type ${plainDashes(word)}`];
}

/** A dash before a name stands for two, before one letter for one. */
function plainDashes(word: string): string {
  const name = word.replace(new RegExp(`^(?:-|${DASH})+`), '');
  const plain = name.replace(new RegExp(DASH, 'g'), '-');
  if (name === word) return plain;
  return (/^\p{L}($|=)/u.test(name) ? '-' : '--') + plain;
}

/** `U+2013` */
function nameCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
