// A text → a JSON value without loss: numbers keep their digits and objects their order of keys, which JSON.parse alone
// does not promise.

import { ExactNumber } from './exact-number.ts';
import { hasNativeOrder, type Json, type JsonObject, keepOrder } from './value.ts';

/** A text that is not JSON: the reason and its place. `offset` counts UTF-16 units from 0. */
export class JsonSyntaxError extends Error {
  readonly offset: number;
  /** The text may well be JSON, but of more levels than anybody needs. */
  readonly isTooDeep: boolean;
  constructor(message: string, offset: number, isTooDeep = false) {
    super(message);
    this.offset = offset;
    this.isTooDeep = isTooDeep;
  }
}

// Texts that JSON.parse may change: numbers with a fraction, an exponent, 16 digits and more, minus zero; keys of digits, also
// escaped ones. A match inside of a string only costs time.
const RISKY = /(?:"\s*:|[[,])\s*(?:-?\d{16}|-?\d+[.eE]|-0)|"\d+"\s*:|\\u003/;

/** @throws JsonSyntaxError */
export function parseJson(text: string): Json {
  const mayBeDeep = mayBeDeeper(text);
  if (/^\s*[[{]/.test(text) && !(mayBeDeep && text.length > LONGEST_DEEP)) {
    try {
      const value: Json[] | JsonObject = JSON.parse(text);
      const isShallow = !mayBeDeep || !isDeeper(value, MAX_DEPTH);
      // A text that comes out again as it was has lost nothing: most numbers with a fraction are spared the parser below.
      if (isShallow && (!RISKY.test(text) || JSON.stringify(value) === text)) return value;
    } catch {
      // The parser below says where.
    }
  }
  return new Parser(text).document();
}

/** undefined for what is no JSON. */
export function tryParseJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
/** Deeper nesting would exhaust the stack of every reader, and its indents would be many times as large as the data. */
const MAX_DEPTH = 1000;

/** For JSON.parse each level of nesting takes a hundred bytes and more: nothing but brackets would fill the memory. */
const LONGEST_DEEP = 4 * 1024 * 1024;
/** Counted at most: a tenth of a second. */
const MOST_BRACKETS = 4_000_000;

/** Looks at the text alone, which is quick. A bracket that follows the end of another adds no level; most rows of a list do. */
function mayBeDeeper(text: string): boolean {
  if (text.length <= 2 * MAX_DEPTH) return false;
  const brackets = count('{', text) + count('[', text);
  return brackets >= MOST_BRACKETS || brackets - count('},{', text) > MAX_DEPTH;
}

function count(piece: string, text: string): number {
  let found = 0;
  for (let at = text.indexOf(piece); at !== -1 && found < MOST_BRACKETS; at = text.indexOf(piece, at + piece.length)) {
    found++;
  }
  return found;
}

function isDeeper(value: Json[] | JsonObject, levels: number): boolean {
  if (levels === 0) return true;
  const object = value as JsonObject;
  for (const key in object) {
    const inner = object[key];
    if (typeof inner === 'object' && inner !== null && isDeeper(inner as JsonObject, levels - 1)) return true;
  }
  return false;
}

// A recursive descent over RFC 8259. `at` is the only state.
class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value(0);
    if (this.#peek() !== '') this.#fail('unexpected text after the value');
    return value;
  }

  #value(depth: number): Json {
    if (depth > MAX_DEPTH) throw new JsonSyntaxError('nested too deeply', this.#at, true);
    const next = this.#peek();
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    if (next === '"') return this.#string();
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    const number = this.#match(NUMBER);
    if (number === undefined) this.#fail(next === '' ? 'unexpected end' : 'expected a value');
    return String(Number(number)) === number ? Number(number) : new ExactNumber(number);
  }

  #object(depth: number): JsonObject {
    const entries: [string, Json][] = [];
    this.#list('}', () => {
      if (this.#peek() !== '"') this.#fail('expected a key in double quotes');
      const key = this.#string();
      if (this.#peek() !== ':') this.#fail('expected a colon');
      this.#at++;
      entries.push([key, this.#value(depth + 1)]);
    });
    // fromEntries defines its properties, so a key "__proto__" is a key like any other.
    const object: JsonObject = Object.fromEntries(entries);
    const order = [...new Set(entries.map(([key]) => key))];
    const isNative = !order.some((key) => /^\d+$/.test(key)) && entries.every(([, value]) => hasNativeOrder(value));
    return isNative ? object : keepOrder(object, order);
  }

  #array(depth: number): Json[] {
    const items: Json[] = [];
    this.#list(']', () => items.push(this.#value(depth + 1)));
    return items.every(hasNativeOrder) ? items : keepOrder(items, []);
  }

  #list(close: '}' | ']', item: () => void): void {
    this.#at++;
    if (this.#peek() === close) {
      this.#at++;
      return;
    }
    for (;;) {
      item();
      const next = this.#peek();
      if (next !== ',' && next !== close) this.#fail(`expected a comma or ${close}`);
      this.#at++;
      if (next === close) return;
    }
  }

  #string(): string {
    const start = this.#at;
    let end = start;
    do end = this.#text.indexOf('"', end + 1);
    while (end !== -1 && this.#isEscaped(end));
    if (end === -1) this.#fail('unfinished string');
    try {
      const value: string = JSON.parse(this.#text.slice(start, end + 1));
      this.#at = end + 1;
      return value;
    } catch {
      return this.#fail('invalid string');
    }
  }

  /** Whether an odd number of backslashes stands before the character at `index`. */
  #isEscaped(index: number): boolean {
    let before = index;
    while (this.#text[before - 1] === '\\') before--;
    return (index - before) % 2 === 1;
  }

  /** The next character after white space; empty at the end. */
  #peek(): string {
    this.#match(SPACE);
    return this.#text.charAt(this.#at);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(message: string): never {
    throw new JsonSyntaxError(message, this.#at);
  }
}
