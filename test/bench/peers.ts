// What people would use instead, where it is installed: how long each takes to say its version.

import type { Binaries } from './binaries.ts';
import { measureTimes, type Subject } from './measure.ts';
import { compare, type Figure } from './report.ts';

const PEERS: Readonly<Record<string, readonly string[]>> = {
  gh: ['--version'],
  kubectl: ['version', '--client'],
  python3: ['-c', 'pass'],
  node: ['-e', '0'],
};

/** @param home where the programs may leave what they like */
export async function benchPeers({ kscli }: Binaries, rounds: number, home: string): Promise<Figure[]> {
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: home };
  const found = Object.entries(PEERS).flatMap(([name, words]): Subject[] => {
    const path = Bun.which(name);
    return path ? [{ name: `${name} ${words.join(' ')}`, command: [path, ...words], env }] : [];
  });
  const mine: Subject = { name: 'kscli --version', command: [kscli, '--version'], env };
  const samples = await measureTimes([mine, ...found], rounds);
  return found.flatMap(({ name, command }) => {
    const { stdout } = Bun.spawnSync([command[0] ?? '', '--version'], { env, stderr: 'ignore' });
    const version = stdout.toString().split('\n')[0];
    const told = version ? `, ${version}` : '';
    return compare(samples, name, name, mine.name).map((figure) => ({ ...figure, what: figure.what + told }));
  });
}
