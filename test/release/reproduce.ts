// bun test/release/reproduce.ts [TARGET,…]: builds a release in two copies of this repository, in directories of
// different depth, with another mask, home, time zone and language, and compares every byte. Takes minutes, so it is not
// among the tests that always run.

import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dir, '../..');
const RUNTIMES = join(ROOT, 'dist/runtimes');
const only = Bun.argv[2] ?? 'linux-x64,darwin-x64';
const scratch = mkdtempSync(join(tmpdir(), 'kscli-reproduce-'));
process.exitCode = 1;
try {
  const first = build(join(scratch, 'one'), '022', {});
  const elsewhere = { HOME: scratch, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
  const second = build(join(scratch, 'another/much/deeper/one'), '077', elsewhere);
  if (first !== second) console.log(`DIFFERENT\n${first}\n${second}`);
  else {
    console.log(`the same bytes:\n${first}`);
    process.exitCode = 0;
  }
} finally {
  rmSync(scratch, { recursive: true });
}

/** The SHA256SUMS of the release, which name every file in it. */
function build(directory: string, mask: string, env: Record<string, string>): string {
  cpSync(ROOT, directory, { recursive: true, filter: (path) => path !== join(ROOT, 'dist') });
  mkdirSync(join(directory, 'dist/runtimes'), { recursive: true });
  // What was fetched before is verified again, and need not be fetched again.
  for (const name of existsSync(RUNTIMES) ? readdirSync(RUNTIMES) : []) share(name, join(directory, 'dist/runtimes'));
  const masked = ['sh', '-c', `umask ${mask} && exec "$@"`, 'sh'];
  const { exitCode } = Bun.spawnSync([...masked, process.execPath, 'build.ts', '--release', '--only', only], {
    cwd: directory,
    env: { ...process.env, ...env },
    stdout: 'inherit',
    stderr: 'inherit',
  });
  if (exitCode !== 0) throw new Error(`the build in ${directory} exits ${exitCode}`);
  return readFileSync(join(directory, 'dist/release/SHA256SUMS'), 'utf8');
}

function share(name: string, directory: string): void {
  try {
    linkSync(join(RUNTIMES, name), join(directory, name));
  } catch {
    cpSync(join(RUNTIMES, name), join(directory, name)); // Another file system.
  }
}
