// Text of others made safe to show: a control character could move the cursor, change the title or hide what was said.

// CSI, then OSC, DCS, SOS, PM and APC with their ends, which must come in the same line: a sequence without an end costs its
// ESC and nothing that follows. Last the sequences of two characters.
const SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\r\n]*(?:\x07|\x1b\\)|[@-OQ-WYZ\\])/g;

/** Keeps line breaks and tabs. Also drops the marks that turn the direction of text around. */
export function stripControls(text: string): string {
  return text.replace(SEQUENCE, '').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Text from a server or a file cannot begin another line. */
export function joinLines(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ');
}

/** The first line that says something. */
export function firstLine(text: string): string {
  const start = text.search(/\S/);
  if (start === -1) return '';
  const end = text.slice(start).search(/[\r\n]/);
  return text.slice(start, end === -1 ? undefined : start + end);
}
