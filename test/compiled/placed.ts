// A machine with a kscli that install.sh placed, and a mirror of releases for it.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOwnTarget } from '../../src/release/targets.ts';
import { BINARY, createMachine, type Machine } from '../binary.ts';
import { type Mirror, serveMirror } from '../install/mirror.ts';
import { addRelease } from '../install/release.ts';

export const TARGET = findOwnTarget()?.name ?? '';
export const OWN = /\S+ (\S+)/.exec(Bun.spawnSync([BINARY, '--version']).stdout.toString())?.[1] ?? '';

export type Placed = {
  readonly machine: Machine;
  readonly mirror: Mirror;
  /** Served by the mirror; empty at first. */
  readonly releases: string;
  /** The kscli that install.sh placed. */
  readonly program: string;
  readonly receipt: string;
  leaveReceipt(fields?: object): void;
  /** @param body of the shell script that stands in for the binary */
  release(version: string, body?: string): void;
  /** The transcript of kscli in its place, without what differs from run to run. */
  kscli(line: string, env?: Record<string, string>): Promise<string>;
  isUntouched(): boolean;
  remove(): Promise<void>;
};

export function placeKscli(serving: Parameters<typeof serveMirror>[1] = {}): Placed {
  const machine = createMachine();
  const [releases, bin] = [join(machine.home, 'releases'), join(machine.home, 'bin')];
  const [program, receipt] = [join(bin, 'kscli'), join(machine.home, '.config/kscli/kscli.receipt.json')];
  for (const directory of [releases, bin, join(machine.home, '.config/kscli')])
    mkdirSync(directory, { recursive: true });
  copyFileSync(BINARY, program);
  const mirror = serveMirror(releases, serving);
  const leaveReceipt = (fields: object = {}) => {
    const all = { version: OWN, path: program, source: mirror.url, sha256: '0'.repeat(64), signers: [], ...fields };
    writeFileSync(receipt, JSON.stringify(all), { mode: 0o600 });
  };
  leaveReceipt();
  return {
    ...{ machine, mirror, releases, program, receipt, leaveReceipt },
    release: (version, body) =>
      addRelease(releases, { version, platforms: [TARGET], ...(body !== undefined && { program: body }) }),
    kscli: async (line, env = {}) =>
      (await machine.shell(`~/bin/kscli ${line}`, env))
        .replaceAll(mirror.url, '<mirror>')
        .replaceAll(TARGET, '<target>')
        .replaceAll(OWN, '<own>')
        .replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>'),
    isUntouched: () => readFileSync(program).equals(readFileSync(BINARY)),
    remove: async () => {
      mirror[Symbol.dispose]();
      await machine.remove();
    },
  };
}
