// bun run test:targets [--only TARGET,…|native|mirror]: the happy path of every target that this machine can run, the way from
// a mirror to PATH, and a table. What cannot be run says why. Each is also read, as far as its system would read it before it
// starts it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findOwnTarget, TARGETS, type Target } from '../../src/release/targets.ts';
import { checkLinux } from './elf.ts';
import { checkExe } from './exe.ts';
import { walkFromMirror } from './from-mirror.ts';
import { walkHappyPath } from './happy-path.ts';
import { checkMac } from './mac.ts';
import { unpack } from './release.ts';
import { findWay, type Way } from './runners.ts';
import { type Row, renderTable } from './table.ts';
import { checkWindows } from './windows.ts';

const WIDTH = 120;
const NATIVE = join(import.meta.dir, '../../dist/kscli');

/** For --only: no target, but the way of a release to each. */
const MIRROR = 'mirror';

const { values } = parseArgs({ args: Bun.argv.slice(2), options: { only: { type: 'string' } } });
const rows: Row[] = [];
const chosen = chooseTargets(values.only);
for (const target of chosen) note(await check(target));
if (values.only === undefined || values.only.split(',').includes(MIRROR))
  for (const row of await walkFromMirror()) note(row);
console.log(`\n${renderTable(rows, process.stdout.columns ?? WIDTH)}`);
process.exit(rows.some(({ result }) => result === 'FAILED') ? 1 : 0);

function note(row: Row): void {
  console.log([`${row.target}, ${row.under}: ${row.result}`, ...row.wrong].join('\n  '));
  rows.push(row);
}

function chooseTargets(only: string | undefined): readonly Target[] {
  if (only === undefined) return TARGETS;
  const names = only
    .split(',')
    .filter((name) => name !== MIRROR)
    .map((name) => (name === 'native' ? findOwnTarget()?.name : name));
  const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
  if (unknown === undefined) return TARGETS.filter(({ name }) => names.includes(name));
  console.error(`--only: '${unknown}' is not one of native, ${MIRROR}, ${TARGETS.map(({ name }) => name).join(', ')}`);
  process.exit(64);
}

async function check(target: Target): Promise<Row> {
  const way = findWay(target.name);
  const isRun = 'open' in way;
  const row = {
    target: target.name,
    under: isRun ? way.under : 'read, not run',
    packages: way.packages,
    why: isRun ? '' : way.need,
  };
  const wrong = await findFaults(target, way);
  const good = isRun ? 'passes' : 'sound';
  return { ...row, result: wrong.length > 0 ? 'FAILED' : good, wrong };
}

async function findFaults(target: Target, way: Way): Promise<readonly string[]> {
  const isOwn = target.name === findOwnTarget()?.name;
  try {
    const binary = isOwn ? NATIVE : unpack(target, chosen);
    const wrong = read(target, readFileSync(binary));
    return 'open' in way ? [...wrong, ...(await run(target, binary, way, isOwn))] : wrong;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function read({ os, arch, name }: Target, file: Buffer): string[] {
  if (os === 'darwin') return checkMac(file, arch);
  return os === 'win32' ? checkExe(file, arch) : checkLinux(file, name.endsWith('-musl'));
}

async function run({ os }: Target, binary: string, way: Extract<Way, { open: unknown }>, isOwn: boolean) {
  const opened = await way.open(binary);
  try {
    const wrong = [...(await walkHappyPath(opened))];
    if (os === 'win32') wrong.push(...(await checkWindows(opened, !isOwn)));
    return wrong;
  } finally {
    await opened.close();
  }
}
