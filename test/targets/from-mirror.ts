// From a mirror to PATH, line by line as the README says it: installed, upgraded, rolled back, carried over, removed. On this
// machine, in a root of the C library alone, and in a root of musl.

import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOwnTarget } from '../../src/release/targets.ts';
import { hasTool } from '../where.ts';
import { findLibcRoot, type Place, type Way } from './libc.ts';
import { type Published, publish } from './published.ts';
import { findWay } from './runners.ts';
import type { Row } from './table.ts';

const TITLE = 'mirror to PATH';
const NATIVE = join(import.meta.dir, '../../dist/kscli');
const MUSL = 'linux-x64-musl';

export async function walkFromMirror(): Promise<readonly Row[]> {
  const own = findOwnTarget()?.name ?? '';
  const ways: readonly Way[] = [findWay(own), findLibcRoot(), ...(own === MUSL ? [] : [findWay(MUSL)])];
  const need = findNeed();
  if (need !== undefined) return [tell({ under: '-', packages: ['openssh-client'] }, { why: need })];
  const targets = [...new Set([own, ...('open' in findWay(MUSL) ? [MUSL] : [])])];
  console.log(`${TITLE}: building two releases of ${targets.join(', ')}`);
  const mirror = publish(targets);
  try {
    const rows: Row[] = [];
    for (const way of ways) rows.push(await walkIn(way, mirror));
    return rows;
  } finally {
    mirror.close();
  }
}

function findNeed(): string | undefined {
  if (process.platform === 'win32') return 'install.sh is not for Windows';
  return hasTool('ssh-keygen') ? undefined : 'apt-get install openssh-client';
}

function tell({ under, packages }: Omit<Way, 'open' | 'need'>, told: Partial<Row>): Row {
  return { target: TITLE, under, packages, result: 'not run', why: '', wrong: [], ...told };
}

async function walkIn(way: Way, mirror: Published): Promise<Row> {
  if ('need' in way) return tell(way, { why: way.need });
  const place = await way.open(NATIVE);
  try {
    const wrong = await walk(place, mirror);
    return tell(way, { result: wrong.length === 0 ? 'passes' : 'FAILED', wrong });
  } finally {
    await place.close();
  }
}

/** What is wrong, one line each. */
async function walk(place: Place, mirror: Published): Promise<readonly string[]> {
  const wrong: string[] = [];
  const [first, next] = mirror.versions;
  const type = async (line: string, exit: number, said: string) => {
    const ran = await startShell(place, line);
    const text = `${ran.stdout}${ran.stderr}`.trim();
    if (ran.exit !== exit || !text.includes(said))
      wrong.push(`${line}: exit ${ran.exit}, not ${exit} with '${said}': ${text.replaceAll('\n', ' | ')}`);
  };
  writeFileSync(join(place.home, 'ca.pem'), mirror.authority);
  const secure = `KSCLI_CA_BUNDLE=~/ca.pem kscli upgrade --url ${mirror.https}`;

  mirror.show(first);
  await type(`${chooseFetch()} ${mirror.http}/install.sh | sh`, 0, `Installed kscli ${first} `);
  await type('kscli --version', 0, `kscli ${first} `);
  await type('kscli upgrade', 0, `This is kscli ${first} already`);
  mirror.show(next, true);
  await type('kscli upgrade', 1, 'Refused: the SHA-256 of ');
  mirror.show(next);
  await type(`kscli upgrade --url ${mirror.https}`, 1, 'SSL certificate verification failed.');
  await type(`${secure} --dry-run`, 0, 'signature  verified');
  await type(secure, 0, `Replaced kscli ${first} by ${next}`);
  await type('kscli --version', 0, `kscli ${next} `);
  mirror.show(first);
  await type(secure, 1, `Refused: kscli ${first} is older than this one, ${next}`);
  await type('kscli upgrade --rollback', 0, `Went back from kscli ${next} to ${first}`);
  await type('kscli --version', 0, `kscli ${first} `);

  const carried = join(place.home, 'carried');
  carry(mirror.locate(next), carried);
  await type('kscli upgrade --from ~/carried', 0, `Replaced kscli ${first} by ${next}`);
  await type('sh ~/carried/install.sh --from ~/carried', 0, `Already there, and the same to the byte: kscli ${next} `);
  await type('sh ~/carried/install.sh --uninstall', 0, 'Removed ');
  await type('kscli --version', 127, 'not found');
  const left = ['.local/bin', '.config/kscli'].flatMap((name) => list(join(place.home, name)));
  if (left.length > 0) wrong.push(`left behind: ${left.join(', ')}`);
  return wrong;
}

/** Each root has the wget of busybox. */
function chooseFetch(): string {
  return '$(command -v curl > /dev/null && echo curl -fsSL || echo wget -qO-)';
}

async function startShell({ command, environment, home, locate }: Place, line: string) {
  const HOME = locate(home);
  const bin = join(HOME, '.local/bin');
  const env = { ...environment, HOME, KSCLI_INSTALL_DIR: bin, PATH: `${bin}:/usr/sbin:/usr/bin:/sbin:/bin` };
  const words = [...command.slice(0, -1), '/bin/sh', '-c', line];
  const child = Bun.spawn(words, { env, cwd: home, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { exit: await child.exited, stdout, stderr };
}

function carry(release: string, place: string): void {
  mkdirSync(place);
  for (const name of readdirSync(release)) cpSync(join(release, name), join(place, name));
}

function list(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
