// Periods of time as people write them: `90s`, `30m`, `1h30m`.

const FORM = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const MINUTE = 60;
const HOUR = 3600;

/** Seconds; undefined for any other form, a bare number too. */
export function parsePeriod(text: string): number | undefined {
  const parts = FORM.exec(text);
  if (parts === null) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours * HOUR + minutes * MINUTE + seconds;
}

/** The shortest way to write whole seconds: `2h`, `1h30m`, `90s` as `1m30s`. */
export function formatPeriod(seconds: number): string {
  const parts = [
    [Math.floor(seconds / HOUR), 'h'],
    [Math.floor((seconds % HOUR) / MINUTE), 'm'],
    [seconds % MINUTE, 's'],
  ] as const;
  return parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('') || '0s';
}
