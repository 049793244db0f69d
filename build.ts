// bun build.ts: compiles dist/kscli for this machine, and runs the result before reporting success.
// bun build.ts --release: the archives for all machines, in dist/release.

import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import manifest from './package.json' with { type: 'json' };
import { listDetails } from './src/agent/details.ts';
import { listUsages } from './src/agent/usages.ts';
import { COMMANDS } from './src/commands/index.ts';
import { formatNotices } from './src/commands/licenses.ts';
import { type Compilation, compile, type Identity } from './src/release/compile.ts';
import { readNotices } from './src/release/notices.ts';
import { type Options, readOptions, USAGE } from './src/release/options.ts';
import { findBundle } from './src/release/packages.ts';
import { buildRelease } from './src/release/release.ts';
import { findOwnTarget, RUNTIME_VERSION } from './src/release/targets.ts';
import { requireVersion } from './src/release/trial.ts';

/** The time of a release without git, as from a source archive: 2026-01-01. */
const DEFAULT_TIME = 1767225600;

const root = import.meta.dir;
const options = parseOptions(Bun.argv.slice(2));
const identity: Identity = {
  version: manifest.version,
  commit: askGit('rev-parse', '--short=12', 'HEAD') ?? 'unknown',
};
try {
  requirePinnedBun();
  const bundle = findBundle(root, manifest.dependencies);
  const help = { usages: await listUsages(COMMANDS), details: await listDetails(COMMANDS) };
  const texts = { notices: readNotices(root, bundle), ...help };
  if (options.kind === 'native') await buildNative(texts);
  else {
    const noticesText = formatNotices(texts.notices);
    const time = findReleaseTime();
    await buildRelease({ ...options, ...identity, root, bundle, ...texts, noticesText, time, say: console.log });
  }
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), 1);
}

async function buildNative(texts: Pick<Compilation, 'notices' | 'usages' | 'details'>): Promise<void> {
  // The bytes of the binary depend on the name of its file, not on the directory.
  const staging = 'dist/.staging';
  const staged = join(staging, 'kscli');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const target = findOwnTarget()?.name ?? 'unknown';
  await compile({ ...identity, root, target, outfile: staged, ...texts });
  requireVersion([], staged, identity);
  const finished = 'dist/kscli';
  renameSync(staged, finished);
  rmSync(staging, { recursive: true });
  const size = Math.round(Bun.file(finished).size / 1e6);
  console.log(`${finished}: kscli ${identity.version} (${identity.commit}), ${size} MB`);
}

function parseOptions(argv: readonly string[]): Options {
  if (argv.includes('--help')) {
    console.log(USAGE);
    process.exit();
  }
  try {
    return readOptions(argv);
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${USAGE}`, 2);
  }
}

/** The time of the files in the archives, in seconds since 1970: that of the commit, the same at every build. */
function findReleaseTime(): number {
  const wanted = process.env['SOURCE_DATE_EPOCH'] || askGit('log', '-1', '--format=%ct') || String(DEFAULT_TIME);
  if (!/^\d{1,11}$/.test(wanted)) throw new Error(`SOURCE_DATE_EPOCH is '${wanted}', not a number of seconds`);
  return Number(wanted);
}

function askGit(...words: string[]): string | undefined {
  if (Bun.which('git') === null) return undefined;
  const { exitCode, stdout } = Bun.spawnSync(['git', ...words], { cwd: root, stderr: 'ignore' });
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}

function requirePinnedBun(): void {
  const pinned = manifest.packageManager.replace('bun@', '');
  if (RUNTIME_VERSION !== pinned) throw new Error(`package.json pins Bun ${pinned}, the targets ${RUNTIME_VERSION}`);
  if (Bun.version === pinned) return;
  throw new Error(`Bun ${pinned} is needed, this is ${Bun.version}. Run: npx --yes bun@${pinned} build.ts`);
}

function fail(message: string, exitCode: number): never {
  console.error(`build: ${message}`);
  process.exit(exitCode);
}
