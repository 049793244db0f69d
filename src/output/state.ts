// The colors of states on a terminal. The word says the same: a color is never the only sign.

const GREEN = 32;
const RED = 31;
const YELLOW = 33;
const DEFAULT = 39;

/** By the words of the API, of Temporal, and of kscli's own lists. */
const COLORS: Readonly<Record<number, string>> = {
  [GREEN]: 'completed succeeded success done active accepted enabled valid ok',
  [RED]: 'failed error terminated timed_out timedout expired refused rejected unreadable ended',
  [YELLOW]: 'pending running processing queued in_progress retrying continued_as_new cancelled canceled due warning',
};

/** Keys whose values are states. */
const KEY = /(?:^|[._])(?:status|state|result)$/i;

/** @param key of the value, dotted or not; @param text of the cell, without control characters */
export function colorState(key: string, text: string): string {
  if (!KEY.test(key)) return text;
  // `WORKFLOW_EXECUTION_STATUS_FAILED`, as Temporal says it.
  const word = text.toLowerCase().replace(/^workflow_execution_status_/, '');
  const [color] = Object.entries(COLORS).find(([, words]) => words.split(' ').includes(word)) ?? [];
  return color === undefined ? text : `\x1b[${color}m${text}\x1b[${DEFAULT}m`;
}
