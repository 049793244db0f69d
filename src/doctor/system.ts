// The runtime's needs of the machine: /proc, descriptors, memory. Without them nothing can be promised, so
// it is said here. Only Linux tells them in files.

import { readFileSync } from 'node:fs';
import type { World } from '../world.ts';
import { type Check, ok, warning } from './check.ts';

const FEWEST_FILES = 64;
/** MiB; a command takes about 50. */
const LEAST_MEMORY = 128;
const CHECK = 'system';

/** @param read gives a file of the system, or undefined */
export function checkSystem({ platform }: Pick<World, 'platform'>, read = readSystemFile): Check {
  if (platform !== 'linux') return ok(CHECK, platform);
  const limits = read('/proc/self/limits');
  if (limits === undefined)
    return warning(
      CHECK,
      '/proc is not there, or cannot be read',
      'Mount it: the runtime needs it (mount -t proc proc /proc).',
    );
  const files = readNumber(limits, /^Max open files\s+(\d+)/m);
  const memory = findMemory(read);
  const detail = [
    '/proc is there',
    files === undefined ? 'any number of open files' : `${files} open files at most`,
    ...(memory === undefined ? [] : [`${memory} MiB of memory free`]),
  ].join(', ');
  if (files !== undefined && files < FEWEST_FILES)
    return warning(CHECK, detail, `Allow ${FEWEST_FILES} open files or more: ulimit -n ${FEWEST_FILES}`);
  if (memory !== undefined && memory < LEAST_MEMORY)
    return warning(
      CHECK,
      detail,
      `A command may take ${LEAST_MEMORY} MiB: free some, or raise the limit of the container.`,
    );
  return ok(CHECK, detail);
}

/** In MiB: of the machine, or of the container where that has less. */
function findMemory(read: (path: string) => string | undefined): number | undefined {
  const kibibytes = readNumber(read('/proc/meminfo') ?? '', /^MemAvailable:\s+(\d+) kB/m);
  const most = readNumber(read('/sys/fs/cgroup/memory.max') ?? '', /^(\d+)$/m);
  const used = readNumber(read('/sys/fs/cgroup/memory.current') ?? '', /^(\d+)$/m);
  const inContainer = most === undefined || used === undefined ? undefined : Math.floor((most - used) / 1024 / 1024);
  const inMachine = kibibytes === undefined ? undefined : Math.floor(kibibytes / 1024);
  const known = [inContainer, inMachine].filter((memory) => memory !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function readNumber(text: string, form: RegExp): number | undefined {
  const digits = form.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function readSystemFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
