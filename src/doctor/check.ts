// One thing that doctor looked at, and what to do about it.

export type Verdict = 'ok' | 'warning' | 'failed' | 'skipped';

export type Check = {
  readonly check: string;
  readonly result: Verdict;
  /** The finding, without secrets. */
  readonly detail: string;
  /** Advice; absent where all is well. */
  readonly remedy?: string;
};

export const ok = (check: string, detail: string): Check => ({ check, result: 'ok', detail });

export const skipped = (check: string, detail: string): Check => ({ check, result: 'skipped', detail });

export const warning = (check: string, detail: string, remedy: string): Check => ({
  check,
  result: 'warning',
  detail,
  remedy,
});

export const failed = (check: string, detail: string, remedy: string): Check => ({
  check,
  result: 'failed',
  detail,
  remedy,
});
