// Progress of uploads, on the last line of a terminal: count, size, rate, time left. In a pipe, nothing.

import type { World } from '../world.ts';
import type { Log } from './log.ts';

/** A file on its way. */
export type Moving = {
  /** @param sent bytes that have gone so far */
  readonly sent: (sent: number) => void;
  /** The upload is through, or has failed. */
  readonly end: (isFailed?: boolean) => void;
};

export type Progress = {
  readonly begin: (size: number) => Moving;
  /** Takes the line away. */
  readonly end: () => Promise<void>;
};

/** @property bytes of all files @property name of the file, where it is the only one */
export type Load = { readonly files: number; readonly bytes: number; readonly name?: string };

const REDRAW_MS = 100;
/** The rate is that of so many milliseconds. */
const WINDOW_MS = 10_000;

type Sample = { readonly at: number; readonly sent: number };

export function createProgress(
  load: Load,
  { elapsed }: Pick<World, 'elapsed'>,
  { status }: Pick<Log, 'status'>,
): Progress {
  let { bytes } = load;
  let sent = 0;
  let ended = 0;
  let failed = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let samples: Sample[] = [];
  const draw = () => {
    const at = elapsed();
    if (at - drawn < REDRAW_MS) return;
    drawn = at;
    samples = [...samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, sent }];
    const failures = failed > 0 ? `, ${failed} failed` : '';
    const count = load.name === undefined ? [`${ended}/${load.files} files${failures}`] : [];
    // A name stands last, where it is cut: the numbers are what is looked at.
    void status([...count, ...describeLoad(sent, bytes, measureRate(samples)), load.name ?? []].flat().join('  '));
  };
  const begin = (size: number): Moving => {
    let own = 0;
    draw();
    return {
      sent: (now) => {
        sent += now - own;
        own = now;
        draw();
      },
      end: (isFailed = false) => {
        ended++;
        if (isFailed) failed++;
        // Bytes of a failed upload no longer count as left.
        bytes -= size - own;
        draw();
      },
    };
  };
  return { begin, end: () => status(undefined) };
}

/** Bytes a second; undefined before anything has moved. */
function measureRate(samples: readonly Sample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  const time = first && last ? last.at - first.at : 0;
  return first && last && time > 0 && last.sent > first.sent ? ((last.sent - first.sent) / time) * 1000 : undefined;
}

/** `3.1/9.0 GB`, `42 MB/s`, `2 min left` */
function describeLoad(sent: number, bytes: number, rate: number | undefined): string[] {
  const [factor, unit] = chooseUnit(bytes);
  const digits = unit === 'B' || bytes / factor >= 100 ? 0 : 1;
  const size = `${(sent / factor).toFixed(digits)}/${(bytes / factor).toFixed(digits)} ${unit}`;
  if (rate === undefined) return [size];
  const [step, stepUnit] = chooseUnit(rate);
  const speed = (rate / step).toFixed(stepUnit === 'B' || rate / step >= 10 ? 0 : 1);
  return [size, `${speed} ${stepUnit}/s`, `${formatTime((bytes - sent) / rate)} left`];
}

const UNITS = [
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;

function chooseUnit(bytes: number): readonly [factor: number, unit: string] {
  return UNITS.find(([factor]) => bytes >= factor) ?? [1, 'B'];
}

/** `45 s`, `2 min`, `1 h 20 min`. @param seconds to come */
export function formatTime(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
