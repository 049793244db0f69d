// The install.sh of a release: the one of the repository, told where the release will lie and who signs it.

import { formatSigner, type Signer } from '../schema/signer.ts';

export type Stamp = {
  /** The directory where the archives will be, as a URL. */
  readonly mirror: string | undefined;
  /** This key and the next, at most. */
  readonly signers: readonly Signer[];
};

/** @throws Error when the script has not exactly one line for each of both */
export function stampInstaller(script: string, { mirror, signers }: Stamp): string {
  const located = mirror === undefined ? script : replaceLine(script, 'RELEASES', mirror);
  return signers.length === 0 ? located : replaceLine(located, 'SIGNERS', signers.map(formatSigner).join('\n'));
}

function replaceLine(script: string, name: string, value: string): string {
  const line = new RegExp(`^${name}='[^']*'$`, 'gm');
  const found = script.match(line)?.length ?? 0;
  if (found !== 1) throw new Error(`install.sh has ${found} lines ${name}='…' instead of one`);
  return script.replace(line, () => `${name}='${value}'`);
}
