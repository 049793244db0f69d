// The one line of a terminal that is written over and over: how far something is. Messages go above it.

import type { World } from '../world.ts';

const CLEAR = '\r\x1b[K';

export type StatusLine = {
  /** False where it stays as it is. @param line empty for none */
  readonly replace: (line: string) => boolean;
  readonly draw: () => string;
  /** A message in its place, and the line again below. @param message ends with a line break */
  readonly above: (message: string) => string;
};

export function createStatusLine({ stderr, env }: World): StatusLine {
  let shown = '';
  return {
    replace: (line) => {
      if (!stderr.isTerminal || env['TERM'] === 'dumb') return false;
      // In the last column some terminals would begin another line.
      const fitting = cutToWidth(line, (stderr.columns ?? 80) - 1);
      if (fitting === shown) return false;
      shown = fitting;
      return true;
    },
    draw: () => CLEAR + shown,
    above: (message) => (shown === '' ? message : CLEAR + message + shown),
  };
}

function cutToWidth(line: string, width: number): string {
  if (Bun.stringWidth(line) <= width) return line;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (Bun.stringWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}
