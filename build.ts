// bun build.ts: compiles dist/kscli for this machine, and runs it before saying that it is done.

import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import manifest from './package.json' with { type: 'json' };

type Target = { readonly name: string; readonly directory: string; readonly runsHere: boolean };

const TARGETS: readonly Target[] = [{ name: 'native', directory: 'dist', runsHere: true }];

requirePinnedBun();
for (const target of TARGETS) await build(target, commit());

async function build(target: Target, commit: string): Promise<void> {
  // The name of the file is part of what is hashed into it, so it is always the same; the directory is not.
  const staging = join(target.directory, '.staging');
  const staged = join(staging, 'kscli');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const result = await Bun.build({
    entrypoints: [join(import.meta.dir, 'src/cli.ts')],
    format: 'esm',
    splitting: true,
    minify: true,
    bytecode: true,
    define: { KSCLI_VERSION: JSON.stringify(manifest.version), KSCLI_COMMIT: JSON.stringify(commit) },
    compile: {
      outfile: staged,
      // What lies in the current directory is none of the binary's business.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadPackageJson: false,
      autoloadTsconfig: false,
    },
  });
  if (!result.success || result.logs.length > 0)
    fail(`${target.name}: ${result.logs.join('\n') || 'the build failed'}`);
  if (target.runsHere) requireVersion(staged, commit);
  const finished = join(target.directory, 'kscli');
  renameSync(staged, finished);
  rmSync(staging, { recursive: true });
  console.log(`${finished}: kscli ${manifest.version} (${commit}), ${Math.round(Bun.file(finished).size / 1e6)} MB`);
}

/** A dead binary can come out of a build that reports success. */
function requireVersion(path: string, commit: string): void {
  const { exitCode, stdout, stderr } = Bun.spawnSync([path, '--version']);
  const expected = `kscli ${manifest.version} (${commit})\n`;
  if (exitCode !== 0 || stdout.toString() !== expected) {
    fail(`${path} --version exits ${exitCode} and prints: ${stdout}${stderr}`);
  }
}

function commit(): string {
  const { exitCode, stdout } = Bun.spawnSync(['git', 'rev-parse', '--short=12', 'HEAD'], {
    cwd: import.meta.dir,
    stderr: 'ignore',
  });
  return exitCode === 0 ? stdout.toString().trim() : 'unknown';
}

function requirePinnedBun(): void {
  const pinned = manifest.packageManager.replace('bun@', '');
  if (Bun.version !== pinned)
    fail(`Bun ${pinned} is needed, this is ${Bun.version}. Run: npx --yes bun@${pinned} build.ts`);
}

function fail(message: string): never {
  console.error(`build: ${message}`);
  process.exit(1);
}
