// bun test/release/reproduce.ts [TARGET,…] [OPTION…]: builds a release in two copies of this repository, in directories
// of different depth, with another mask, home, time zone and language, and compares every byte. The options are those of
// build.ts. Takes minutes, so it is not among the tests that always run.

import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dir, '../..');
const RUNTIMES = 'dist/runtimes';
const [only = 'linux-x64,darwin-x64', ...options] = Bun.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'kscli-reproduce-'));
process.exitCode = 1;
try {
  const near = join(scratch, 'one');
  const first = build(near, ROOT, '022', {});
  const elsewhere = { HOME: scratch, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' };
  const second = build(join(scratch, 'another/much/deeper/one'), near, '077', elsewhere);
  if (first !== second) console.log(`DIFFERENT\n${first}\n${second}`);
  else {
    console.log(`the same bytes:\n${first}`);
    process.exitCode = 0;
  }
} finally {
  rmSync(scratch, { recursive: true });
}

/**
 * The SHA256SUMS of the release, which name every file in it. What `before` fetched is verified again, and need not be
 * fetched again.
 */
function build(directory: string, before: string, mask: string, env: Record<string, string>): string {
  cpSync(ROOT, directory, { recursive: true, filter: (path) => path !== join(ROOT, 'dist') });
  share(join(before, RUNTIMES), join(directory, RUNTIMES));
  const masked = ['sh', '-c', `umask ${mask} && exec "$@"`, 'sh'];
  const words = [process.execPath, 'build.ts', '--release', '--only', only, ...options];
  const { exitCode } = Bun.spawnSync([...masked, ...words], {
    cwd: directory,
    env: { ...process.env, ...env },
    stdout: 'inherit',
    stderr: 'inherit',
  });
  if (exitCode !== 0) throw new Error(`the build in ${directory} exits ${exitCode}`);
  return readFileSync(join(directory, 'dist/release/SHA256SUMS'), 'utf8');
}

function share(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    try {
      linkSync(join(from, name), join(to, name));
    } catch {
      cpSync(join(from, name), join(to, name)); // Another file system.
    }
  }
}
