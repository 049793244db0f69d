// Redaction: the one place that keeps secrets out of messages, by the meaning of a text, whatever its encoding.

import { listReadings, type Reading } from './escapes.ts';
import { stripControls } from './sanitize.ts';

export type Redactor = {
  /** Never shown from now on. Texts of fewer than 4 characters are no secrets, and would tear holes into every message. */
  conceal(secret: string | undefined): void;
  /** Without control characters too: one may have stood within a secret, and hidden it. */
  redact(text: string): string;
  /** Whether a secret stands in the text, in any spelling that `redact` would find. */
  holds(text: string): boolean;
};

const MASK = '[redacted]';
const SHORTEST = 4;
/**
 * A token that is not known yet, perhaps cut short: the answer that should have brought it was broken. A user's API key that
 * stands where no key belongs.
 */
const LOOKALIKES = /\beyJ[\w-]*(?:\.[\w-]*){0,2}|\bsk-user-[\w-]+/g;

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  let forms: readonly string[] | undefined;
  const listForms = () => {
    // Made when first needed: most runs say nothing.
    forms ??= [...secrets].flatMap((secret) => [secret, ...listBase64Forms(secret), ...listHexForms(secret)]);
    return forms;
  };
  const mask = (text: string) => maskForms(text, listForms());
  return {
    conceal: (secret) => {
      if (secret === undefined || secret.length < SHORTEST || secrets.has(secret)) return;
      secrets.add(secret);
      forms = undefined;
    },
    redact: (text) => {
      const masked = mask(text.replace(LOOKALIKES, MASK));
      const plain = stripControls(masked);
      return plain === masked ? masked : mask(plain.replace(LOOKALIKES, MASK));
    },
    holds: (text) => [text, stripControls(text)].some((form) => mask(form) !== form),
  };
}

/** Whether something in it has the form of a token or of a key, whoever it belongs to. */
export function resemblesSecret(text: string): boolean {
  return text.search(LOOKALIKES) !== -1;
}

/** Base64 of a text that holds the secret looks different at each of three offsets; the part that never varies is kept. */
function listBase64Forms(secret: string): string[] {
  const forms = [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const stable = bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [stable, stable.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return forms.filter((form) => form.length >= SHORTEST);
}

function listHexForms(secret: string): string[] {
  const hex = Buffer.from(secret).toString('hex');
  return [hex, hex.toUpperCase()];
}

/** An escape within an escape within an escape is as deep as anybody goes. */
const LAYERS = 3;

function maskForms(text: string, forms: readonly string[]): string {
  if (forms.length === 0) return text;
  const ranges = listReadings(text, LAYERS).flatMap((reading) => forms.flatMap((form) => findForm(form, reading)));
  return maskRanges(text, ranges);
}

type Range = readonly [start: number, end: number];

/** The ranges of the form, in the text that was read. */
function findForm(form: string, { text, start }: Reading): Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
    ranges.push([start(at), start(at + form.length)]);
  }
  return ranges;
}

function maskRanges(text: string, ranges: Range[]): string {
  let masked = '';
  let done = 0;
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    if (end <= done) continue;
    if (start >= done) masked += text.slice(done, start) + MASK;
    done = end;
  }
  return masked + text.slice(done);
}
