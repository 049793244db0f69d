// Times whole commands, interleaved in random order: a busy moment of the machine hits all of them alike, and none of
// them always follows the same other, whose end would cost it time.

export type Subject = {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Record<string, string>;
};

/** Median milliseconds by name. */
export async function measureTimes(subjects: readonly Subject[], rounds: number): Promise<Map<string, number>> {
  const samples = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const subject of shuffle(subjects)) {
      const time = await timeOf(subject);
      // The first two rounds fill the caches.
      if (round >= 0) samples.get(subject.name)?.push(time);
    }
  }
  return new Map([...samples].map(([name, times]) => [name, middle(times)]));
}

/**
 * Mebibytes at the peak. A process is charged with the memory of the one that forks it, so a fresh, small one does.
 */
export async function measureMemory({ command, env }: Subject): Promise<number> {
  const script = `const child = Bun.spawn(${JSON.stringify(command)}, { env: ${JSON.stringify(env)}, stdout: 'ignore' });
    await child.exited;
    console.log(child.resourceUsage().maxRSS);`;
  const child = Bun.spawn([process.execPath, '-e', script], { stdin: 'ignore', stdout: 'pipe' });
  return Number(await child.stdout.text()) / 1024 / 1024;
}

async function timeOf({ name, command, env }: Subject): Promise<number> {
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

function middle(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
