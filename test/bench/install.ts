// How long install.sh and kscli upgrade take from a mirror on this machine. The sizes of the archives are gated by the release build.

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOwnTarget } from '../../src/release/targets.ts';
import { measureUsage, median, type Usage } from './measure.ts';
import type { Figure } from './report.ts';

const ROOT = join(import.meta.dir, '../..');
const RELEASE = join(ROOT, 'dist/release');
const ROUNDS = 3;
const REACH = 1500;
const NEWER = '999.0.0';

export async function benchInstall(): Promise<Figure[]> {
  const [installing, upgrading] = ['install.sh from a mirror on loopback', 'upgrade from a mirror on loopback'];
  if (!existsSync(join(RELEASE, 'SHA256SUMS'))) {
    const note = 'there is no dist/release. Run: bun build.ts --release --no-xz';
    return [installing, upgrading].map((what) => ({ what, value: Number.NaN, unit: 'ms', note }));
  }
  const directory = mkdtempSync(join(tmpdir(), 'kscli-install-'));
  let served = RELEASE;
  const fetch = ({ url }: Request) => new Response(Bun.file(join(served, new URL(url).pathname)));
  const mirror = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch });
  try {
    const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: directory };
    const place = join(directory, 'bin');
    const script = ['sh', join(ROOT, 'install.sh'), '--url', mirror.url.href, '--dir', place, '--quiet'];
    const [installs, upgrades]: [Usage[], Usage[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      rmSync(place, { recursive: true, force: true });
      installs.push(await measureUsage({ command: script, env }));
      served = makeNewer(directory, join(place, 'kscli'));
      upgrades.push(await measureUsage({ command: [join(place, 'kscli'), 'upgrade'], env }));
      served = RELEASE;
    }
    return [describe(installing, installs), describe(upgrading, upgrades)];
  } finally {
    await mirror.stop(true);
    rmSync(directory, { recursive: true });
  }
}

function describe(what: string, runs: readonly Usage[]): Figure {
  const value = median(runs.map(({ milliseconds }) => milliseconds));
  const cpu = Math.round(median(runs.map((run) => run.cpu)));
  return { what, value, unit: 'ms', reach: REACH, note: `median of ${ROUNDS}, ${cpu} ms of processor time` };
}

/** A release of a later version, as large as the real one: a script that tells its version, and behind it the bytes of the program. */
function makeNewer(directory: string, program: string): string {
  const release = join(directory, 'newer');
  if (existsSync(release)) return release;
  const top = `kscli-${NEWER}-${findOwnTarget()?.name}`;
  mkdirSync(join(directory, top));
  mkdirSync(release);
  const script = `#!/bin/sh\necho 'kscli ${NEWER}'\nexit\n`;
  writeFileSync(join(directory, top, 'kscli'), Buffer.concat([Buffer.from(script), readFileSync(program)]));
  chmodSync(join(directory, top, 'kscli'), 0o755);
  const archive = join(release, `${top}.tar.gz`);
  const { exitCode, stderr } = Bun.spawnSync(['tar', '-czf', archive, '-C', directory, top]);
  if (exitCode !== 0) throw new Error(`tar: ${stderr}`);
  const sum = createHash('sha256').update(readFileSync(archive)).digest('hex');
  writeFileSync(join(release, 'SHA256SUMS'), `${sum}  ${top}.tar.gz\n`);
  return release;
}
