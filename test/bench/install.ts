// How long install.sh takes from a mirror on this machine. The sizes of the archives are gated by the release build.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureUsage } from './measure.ts';
import type { Figure } from './report.ts';

const ROOT = join(import.meta.dir, '../..');
const RELEASE = join(ROOT, 'dist/release');

export async function benchInstall(): Promise<Figure[]> {
  const what = 'install.sh from a mirror on loopback';
  if (!existsSync(join(RELEASE, 'SHA256SUMS'))) {
    return [{ what, value: Number.NaN, unit: 'ms', note: 'there is no dist/release. Run: bun build.ts --release' }];
  }
  const directory = mkdtempSync(join(tmpdir(), 'kscli-install-'));
  const mirror = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => new Response(Bun.file(join(RELEASE, new URL(url).pathname))),
  });
  try {
    const command = [
      'sh',
      join(ROOT, 'install.sh'),
      '--url',
      `http://127.0.0.1:${mirror.port}`,
      '--dir',
      directory,
      '--quiet',
    ];
    const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: directory };
    const { milliseconds } = await measureUsage({ command, env });
    return [{ what, value: milliseconds, unit: 'ms', reach: 1500 }];
  } finally {
    await mirror.stop(true);
    rmSync(directory, { recursive: true });
  }
}
