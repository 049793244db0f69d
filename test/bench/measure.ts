// Times whole commands, interleaved in random order: a busy moment of the machine hits all of them alike, and none of
// them always follows the same other, whose end would cost it time.

export type Subject = {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Record<string, string>;
};

/** Milliseconds of each round, by the subject's name: round for round they belong together. */
export type Samples = ReadonlyMap<string, readonly number[]>;

export async function measureTimes(subjects: readonly Subject[], rounds: number): Promise<Samples> {
  const samples = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const subject of shuffle(subjects)) {
      const time = await runOnce(subject);
      // The first two rounds fill the caches.
      if (round >= 0) samples.get(subject.name)?.push(time);
    }
  }
  return samples;
}

/** The median of the rounds' ratios; undefined where one of the two was not measured. */
export function pairRatio(samples: Samples, of: string, against: string): number | undefined {
  const [mine, other] = [samples.get(of), samples.get(against)];
  return mine && other && median(mine.map((time, round) => time / (other[round] ?? Number.NaN)));
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export type Usage = { readonly milliseconds: number; readonly cpu: number; readonly mebibytes: number };

/**
 * One run into a file: wall time, processor time (user and system) in milliseconds, and memory at its peak. A process is charged with
 * the memory of the one that forks it, so a fresh, small one does.
 */
export async function measureUsage({ command, env }: Omit<Subject, 'name'>, into = '/dev/null'): Promise<Usage> {
  const script = `const started = performance.now();
    const child = Bun.spawn(${JSON.stringify(command)}, { env: ${JSON.stringify(env)}, stdout: Bun.file(${JSON.stringify(into)}) });
    const exit = await child.exited;
    const { maxRSS, cpuTime } = child.resourceUsage();
    console.log(JSON.stringify({ exit, milliseconds: performance.now() - started, cpu: Number(cpuTime.total) / 1000, mebibytes: maxRSS / 1024 / 1024 }));`;
  const child = Bun.spawn([process.execPath, '-e', script], { stdin: 'ignore', stdout: 'pipe' });
  const { exit, ...usage } = JSON.parse(await child.stdout.text());
  if (exit !== 0) throw new Error(`${command.join(' ')} exits ${exit}`);
  return usage;
}

async function runOnce({ name, command, env }: Subject): Promise<number> {
  const started = performance.now();
  const child = Bun.spawn([...command], { env, stdin: 'ignore', stdout: 'ignore', stderr: 'pipe' });
  const exit = await child.exited;
  const time = performance.now() - started;
  if (exit !== 0) throw new Error(`${name} exits ${exit}: ${await child.stderr.text()}`);
  return time;
}

function shuffle<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
