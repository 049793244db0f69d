// How long install.sh takes from a mirror on this machine. The sizes of the archives are printed by the release build.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dir, '../..');
const RELEASE = join(ROOT, 'dist/release');

export async function benchInstall(): Promise<void> {
  if (!existsSync(join(RELEASE, 'SHA256SUMS'))) {
    console.log('Installation: not run, there is no dist/release. Run: bun build.ts --release');
    return;
  }
  const directory = mkdtempSync(join(tmpdir(), 'kscli-install-'));
  const mirror = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => new Response(Bun.file(join(RELEASE, new URL(url).pathname))),
  });
  try {
    const started = performance.now();
    const command = ['sh', join(ROOT, 'install.sh'), '--url', `http://127.0.0.1:${mirror.port}`, '--dir', directory];
    const child = Bun.spawn(command, { stdin: 'ignore', stdout: 'ignore', stderr: 'pipe' });
    if ((await child.exited) !== 0) throw new Error(await child.stderr.text());
    console.log(`Installation from a mirror on loopback: ${(performance.now() - started).toFixed(0)} ms`);
  } finally {
    await mirror.stop(true);
    rmSync(directory, { recursive: true });
  }
}
