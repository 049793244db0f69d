// The command line of build.ts. Knows the names of the targets, not how they are built.

import { parseArgs } from 'node:util';
import { parseSigner, type Signer } from '../schema/signer.ts';
import { TARGETS, type Target } from './targets.ts';

export type Options = { readonly kind: 'native' } | ({ readonly kind: 'release' } & ReleaseOptions);

export type ReleaseOptions = {
  readonly targets: readonly Target[];
  /** A directory of already fetched tarballs; without it they are fetched, and kept in dist/runtimes. */
  readonly runtimes: string | undefined;
  /** Whether archives are made as .tar.xz too, which takes most of the time. */
  readonly withXz: boolean;
  /** The SSH key that signs SHA256SUMS. */
  readonly sign: string | undefined;
  /** Stamped into the release's install.sh: where it downloads from, and whose signature counts. */
  readonly mirror: string | undefined;
  readonly signers: readonly Signer[];
};

export const USAGE = `usage: bun build.ts [--release [options]]
  --only TARGET,…       only these targets
  --runtimes DIRECTORY  where the runtimes lie, instead of fetching them
  --no-xz               no .tar.xz archives: five times as quick
  --sign KEY            sign SHA256SUMS with this SSH key
  --mirror URL          where the release will be downloaded from
  --signer KEY          whose signature its install.sh accepts, twice at most: 'ssh-ed25519 AAAA…'`;

const MAX_SIGNERS = 2;

const WORDS = {
  release: { type: 'boolean' },
  only: { type: 'string' },
  runtimes: { type: 'string' },
  'no-xz': { type: 'boolean' },
  sign: { type: 'string' },
  mirror: { type: 'string' },
  signer: { type: 'string', multiple: true },
} as const;

/** @throws Error naming an unknown word, target or signer, or the options that need --release */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({ args: [...argv], options: WORDS });
  const { release, only, runtimes, sign, mirror, signer = [] } = values;
  if (!release) {
    const [lonely] = Object.keys(values);
    if (lonely !== undefined) throw new Error(`--${lonely} needs --release`);
    return { kind: 'native' };
  }
  return {
    kind: 'release',
    targets: chooseTargets(only),
    runtimes,
    withXz: !values['no-xz'],
    sign,
    mirror: mirror === undefined ? undefined : checkMirror(mirror, sign !== undefined && signer.length > 0),
    signers: readSigners(signer),
  };
}

/** It goes into a shell script: a URL as it will be typed, and nothing else. Without encryption only what is signed. */
function checkMirror(mirror: string, isSigned: boolean): string {
  const [, scheme] = /^(https?):\/\/[\w.:[\]-]+(?:\/[\w.~%+@/-]*)?$/.exec(mirror) ?? [];
  if (scheme === undefined) throw new Error(`--mirror: '${mirror}' is not the https URL of a directory`);
  if (scheme === 'http' && !isSigned) throw new Error('--mirror: http:// needs --sign and --signer');
  return mirror.replace(/\/+$/, '');
}

function readSigners(lines: readonly string[]): readonly Signer[] {
  if (lines.length > MAX_SIGNERS) throw new Error(`--signer: at most ${MAX_SIGNERS}, this key and the next`);
  return lines.map((line) => {
    const signer = parseSigner(line);
    if (signer === undefined) throw new Error(`--signer: '${line}' is not a public key, as in: ssh-ed25519 AAAA…`);
    return signer;
  });
}

function chooseTargets(only: string | undefined): readonly Target[] {
  if (only === undefined) return TARGETS;
  const names = only.split(',');
  const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
  if (unknown !== undefined) {
    throw new Error(`--only: '${unknown}' is not one of ${TARGETS.map((target) => target.name).join(', ')}`);
  }
  return TARGETS.filter((target) => names.includes(target.name));
}
