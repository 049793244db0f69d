// A directory for all that a run makes outside dist, gone with it however it ends.

import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRATCH = mkdtempSync(join(tmpdir(), 'kscli-targets-'));

process.on('exit', () => rmSync(SCRATCH, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.exit(128 + constants.signals[signal]));

export function makeScratch(): string {
  return mkdtempSync(join(SCRATCH, 'part-'));
}
