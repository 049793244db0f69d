// How long this process computes, whatever else the machine has to do meanwhile.

/** Milliseconds of processor time since the start, of all threads. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
