// bun run test:targets [--only TARGET,…|native|mirror]: the happy path of every target that this machine can run, the way from
// a mirror to PATH, and a table. What cannot be run says why; the binaries for macOS are read as far as a Mac would read them
// before it starts one.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findOwnTarget, TARGETS, type Target } from '../../src/release/targets.ts';
import { walkFromMirror } from './from-mirror.ts';
import { walkHappyPath } from './happy-path.ts';
import { checkMac } from './mac.ts';
import { findWay } from './runners.ts';
import { checkWindows } from './windows.ts';

const ROOT = join(import.meta.dir, '../..');
const RELEASE = join(ROOT, 'dist/release');

type Row = { readonly target: string; readonly under: string; readonly result: string; readonly why: string };

/** For --only: no target, but the way of a release to each. */
const MIRROR = 'mirror';

const { values } = parseArgs({ args: Bun.argv.slice(2), options: { only: { type: 'string' } } });
const rows: Row[] = [];
for (const target of chooseTargets(values.only)) {
  const row = await check(target);
  console.log(`${row.target}: ${row.result}${row.why && `: ${row.why}`}`);
  rows.push(row);
}
if (values.only === undefined || values.only.split(',').includes(MIRROR))
  for (const row of await walkFromMirror()) {
    console.log([`${row.target}, ${row.under}: ${row.result}`, ...row.wrong].join('\n  '));
    rows.push(row);
  }
console.log(`\n${renderTable(rows)}`);
process.exitCode = rows.some(({ result }) => result === 'FAILED') ? 1 : 0;

function chooseTargets(only: string | undefined): readonly Target[] {
  if (only === undefined) return TARGETS;
  const names = only
    .split(',')
    .filter((name) => name !== MIRROR)
    .map((name) => (name === 'native' ? findOwnTarget()?.name : name));
  const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
  if (unknown !== undefined)
    throw new Error(
      `--only: '${unknown}' is not one of native, ${MIRROR}, ${TARGETS.map(({ name }) => name).join(', ')}`,
    );
  return TARGETS.filter(({ name }) => names.includes(name));
}

async function check(target: Target): Promise<Row> {
  const isOwn = target.name === findOwnTarget()?.name;
  if (target.os === 'darwin' && !isOwn) return checkOnPaper(target);
  const way = findWay(target.name);
  const row = { target: target.name, under: way.under };
  if ('need' in way) return { ...row, result: 'not run', why: way.need };
  const scratch = mkdtempSync(join(tmpdir(), 'kscli-targets-'));
  try {
    const binary = isOwn ? join(ROOT, 'dist', target.binary) : await unpack(target, scratch);
    const opened = way.open(binary);
    try {
      const wrong = await walkHappyPath(opened);
      if (target.os === 'win32' && !isOwn) wrong.push(...(await checkWindows(opened)));
      return { ...row, result: wrong.length === 0 ? 'passes' : 'FAILED', why: wrong.join('\n') };
    } finally {
      opened.close();
    }
  } catch (error) {
    return { ...row, result: 'FAILED', why: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Whatever a Mac would look at before it runs a program. */
async function checkOnPaper(target: Target): Promise<Row> {
  const row = { target: target.name, under: 'read, not run' };
  const scratch = mkdtempSync(join(tmpdir(), 'kscli-targets-'));
  try {
    const wrong = checkMac(readFileSync(await unpack(target, scratch)));
    return { ...row, result: wrong.length === 0 ? 'is sound' : 'FAILED', why: wrong.join('\n') || 'a Mac is needed' };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Out of the release, which is built where it has no archive of the target. */
async function unpack(target: Target, directory: string): Promise<string> {
  const find = () =>
    [...new Bun.Glob(`kscli-*-${target.name}.{tar.gz,zip}`).scanSync(existsSync(RELEASE) ? RELEASE : ROOT)][0];
  if (find() === undefined) build();
  const archive = join(RELEASE, find() ?? '');
  mkdirSync(directory, { recursive: true });
  const command = archive.endsWith('.zip')
    ? ['unzip', '-q', archive, '-d', directory]
    : ['tar', '-xzf', archive, '-C', directory];
  const { exitCode, stderr } = Bun.spawnSync(command);
  if (exitCode !== 0) throw new Error(`${command[0]}: ${stderr}`);
  const [binary] = new Bun.Glob(`*/${target.binary}`).scanSync(directory);
  return join(directory, binary ?? '');
}

/** All that this machine can run or read, in one go: one build replaces the last one. */
function build(): void {
  const wanted = TARGETS.filter(({ name, os }) => os === 'darwin' || 'open' in findWay(name)).map(({ name }) => name);
  console.log(`building ${wanted.join(', ')}`);
  const { exitCode } = Bun.spawnSync(
    [process.execPath, 'build.ts', '--release', '--no-xz', '--only', wanted.join(',')],
    {
      cwd: ROOT,
      stdout: 'inherit',
      stderr: 'inherit',
    },
  );
  if (exitCode !== 0) throw new Error(`the release build exits ${exitCode}`);
}

function renderTable(all: readonly Row[]): string {
  const heads = { target: 'target', under: 'ran under', result: 'result', why: 'why not' };
  const keys = ['target', 'under', 'result', 'why'] as const;
  const lines = [heads, ...all].map((row) => keys.map((key) => row[key].split('\n')[0] ?? ''));
  const widths = keys.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
