// Events → the text of the answer, as far as it is surely that: neither their names nor their data are described, and what
// has been printed cannot be taken back. The end, which is known, corrects what went wrong.

import type { ServerEvent } from '../http/events.ts';
import { asRecord, type JsonObject, nonEmptyString } from '../json/value.ts';
import { readObject } from './read-object.ts';

export type AnswerText = {
  /** The text to print for an event; empty where it is none, or not surely. @param isWhole false once events were lost */
  readonly take: (event: ServerEvent, isWhole: boolean) => string;
  /** What is left to print of the text that the thread keeps. */
  readonly finish: (kept: string) => { readonly rest: string; readonly isOther: boolean };
};

export function createAnswerText(): AnswerText {
  let printed = '';
  let isSure = true;
  const add = (text: string) => {
    printed += text;
    return text;
  };
  return {
    take: (event, isWhole) => {
      isSure &&= isWhole;
      const found = isSure ? readPiece(event) : undefined;
      if (found === undefined) return '';
      if ('piece' in found) return add(found.piece);
      return found.soFar.startsWith(printed) ? add(found.soFar.slice(printed.length)) : '';
    },
    finish: (kept) => {
      if (kept.startsWith(printed)) return { rest: kept.slice(printed.length), isOther: false };
      return { rest: `\n\n${kept}`, isOther: true };
    },
  };
}

type Piece = { readonly piece: string } | { readonly soFar: string };

/** Steps on the way to the answer, and what others say. */
const NO_ANSWER = /reason|think|tool|step|subagent|user|system|status|title|error|citation|reference|ping|heartbeat/i;
const PIECE = /delta|token|chunk/i;

function readPiece({ event, data }: ServerEvent): Piece | undefined {
  const value = readObject(data);
  const kind = `${event} ${[value['type'], value['kind'], value['event'], value['role']].map((one) => nonEmptyString(one) ?? '').join(' ')}`;
  if (NO_ANSWER.test(kind)) return undefined;
  const delta = readText(value['delta']);
  if (delta !== undefined) return { piece: delta };
  if (PIECE.test(kind)) {
    const text = [value['text'], value['content'], value['token']].map(readText).find((one) => one !== undefined);
    return text === undefined ? undefined : { piece: text };
  }
  const soFar = readText(asRecord(value['content'])) ?? readText(asRecord(asRecord(value['message'])['content']));
  return soFar === undefined ? undefined : { soFar };
}

/** A text, or an object that holds one. */
function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const { text, content }: JsonObject = asRecord(value);
  return [text, content].find((one): one is string => typeof one === 'string');
}
