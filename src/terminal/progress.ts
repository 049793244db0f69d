// How far an upload is, on one line of a terminal. In a pipe, nothing.

import type { Sink } from '../world.ts';
import { stripControls } from './sanitize.ts';

const WIDTH = 24;

export type Progress = { readonly show: (part: number, label: string) => void; readonly end: () => Promise<void> };

export function createProgress(stderr: Sink): Progress {
  let shown = '';
  let written = Promise.resolve();
  const write = (text: string) => {
    written = written.then(() => stderr.write(text)).catch(() => undefined);
  };
  return {
    show: (part, label) => {
      const filled = Math.min(WIDTH, Math.floor(part * WIDTH));
      const percent = `${Math.floor(part * 100)}`.padStart(3);
      const room = Math.max(8, (stderr.columns ?? 80) - WIDTH - 10);
      const line = `[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${percent}% ${stripControls(label).slice(0, room)}`;
      if (!stderr.isTerminal || line === shown) return;
      shown = line;
      write(`\r\x1b[K${line}`);
    },
    end: async () => {
      if (shown !== '') write('\r\x1b[K');
      await written;
    },
  };
}
