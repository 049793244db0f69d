// Server-sent events out of the bytes of a stream, by the rules of the HTML standard:
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation. Knows nothing of what they say.

import { Failure } from '../errors.ts';

export type ServerEvent = {
  /** Its type; `message` where none is named. */
  readonly event: string;
  readonly data: string;
  /** The last one that the stream named; empty for none. */
  readonly id: string;
  /** Whether the id was named for this event, and not for one before it. */
  readonly hasOwnId: boolean;
};

export type EventReader = {
  /** The events that a piece of the stream completes. @throws Failure 'answer' for one that is too long */
  readonly read: (piece: Uint8Array) => ServerEvent[];
  /** Milliseconds to wait before the stream is opened again, where the server said so. */
  readonly pause: () => number | undefined;
};

/** UTF-16 units of one event. */
const LONGEST_EVENT = 32 * 1024 * 1024;
/** A server that asks for less would be asked hundreds of times a second, as long as it is ill. */
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 60_000;

/** An event that the end of the stream cuts off is none. */
export function createEventReader(): EventReader {
  // Drops a byte-order mark at the beginning; half a character waits for its other half.
  const decoder = new TextDecoder();
  const event = createBuilder();
  /** Pieces of a line whose end has not come. */
  let started: string[] = [];
  let length = 0;
  let isAfterReturn = false;

  const endLine = (rest: string): ServerEvent | undefined => {
    const line = started.length === 0 ? rest : [...started, rest].join('');
    started = [];
    length = 0;
    return event.take(line);
  };
  const read = (piece: Uint8Array): ServerEvent[] => {
    const text = decoder.decode(piece, { stream: true });
    const events: ServerEvent[] = [];
    let at = 0;
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
      // A line end may be cut in two by the end of a piece.
      const isSecondHalf = index === 0 && isAfterReturn && end === '\n';
      if (!isSecondHalf) {
        const complete = endLine(text.slice(at, index));
        if (complete) events.push(complete);
      }
      at = index + end.length;
    }
    if (text !== '') isAfterReturn = text.endsWith('\r');
    if (at < text.length) started.push(text.slice(at));
    length += text.length - at;
    if (length + event.length() > LONGEST_EVENT) throw tooLong();
    return events;
  };
  return { read, pause: event.pause };
}

type Builder = {
  /** The event that an empty line completes. */
  readonly take: (line: string) => ServerEvent | undefined;
  /** UTF-16 units of the data so far. */
  readonly length: () => number;
  readonly pause: EventReader['pause'];
};

function createBuilder(): Builder {
  let type = '';
  let data: string[] = [];
  let length = 0;
  let id = '';
  let hasOwnId = false;
  let pause: number | undefined;
  const dispatch = (): ServerEvent | undefined => {
    const complete = data.length > 0 ? { event: type || 'message', data: data.join('\n'), id, hasOwnId } : undefined;
    type = '';
    data = [];
    length = 0;
    hasOwnId = false;
    return complete;
  };
  const take = (line: string): ServerEvent | undefined => {
    if (line === '') return dispatch();
    const [name, value] = splitField(line);
    if (name === 'event') type = value;
    if (name === 'data') {
      data.push(value);
      length += value.length + 1;
    }
    if (name === 'id' && !value.includes('\0')) {
      id = value;
      hasOwnId = value !== '';
    }
    if (name === 'retry' && /^\d+$/.test(value))
      pause = Math.min(Math.max(Number(value), SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
    return undefined;
  };
  return { take, length: () => length, pause: () => pause };
}

/** A line without a colon is a name; one that begins with it a comment, whose name is empty. One blank behind it is dropped. */
function splitField(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  if (colon === -1) return [line, ''];
  return [line.slice(0, colon), line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)];
}

function tooLong(): Failure {
  return new Failure('answer', `An event of the stream is longer than ${LONGEST_EVENT / 1024 / 1024} MiB`);
}
