// The bundle as one archive. Before anybody gets it, the whole is searched for every secret that kscli knows.

import { type Entry, writeTar } from '../archive/tar.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { createRedactor, resemblesSecret } from '../terminal/redact.ts';
import { type BundleFile, composeFiles } from './contents.ts';
import type { Finding } from './examine.ts';
import { listSecrets, type Secret } from './secrets.ts';

const TOP = 'kscli-doctor';

export type Bundle = { readonly files: readonly BundleFile[]; readonly bytes: Uint8Array };

/** @throws Failure 'refused' where a secret would be in it */
export async function makeBundle(finding: Finding, context: Context): Promise<Bundle> {
  const secrets = await listSecrets(context);
  const files = await composeFiles(finding, secrets, context);
  return { files, bytes: pack(files, secrets, context.world.now() / 1000) };
}

/** @param now seconds since the epoch */
function pack(files: readonly BundleFile[], secrets: readonly Secret[], now: number): Uint8Array {
  const entries: Entry[] = [
    { path: TOP, mode: 0o700 },
    ...files.map(({ path, text }) => ({ path: `${TOP}/${path}`, mode: 0o600, bytes: Buffer.from(text) })),
  ];
  const tar = writeTar(entries, Math.floor(now));
  requireNoSecret(new TextDecoder().decode(tar), files, secrets);
  return Bun.gzipSync(tar, { level: 9 });
}

function requireNoSecret(whole: string, files: readonly BundleFile[], secrets: readonly Secret[]): void {
  // Certificates are base64, which may look like anything.
  const unknown = files.find(({ text }) => resemblesSecret(text.replace(/-----BEGIN [\s\S]*?-----END/g, '')));
  if (unknown) throw refused('what looks like a token or a key', unknown);
  if (!holds(whole, secrets)) return;
  const secret = secrets.find((one) => holds(whole, [one]));
  throw refused(
    secret?.name ?? 'a secret',
    files.find(({ text }) => holds(text, secrets)),
  );
}

function holds(text: string, secrets: readonly Secret[]): boolean {
  const redactor = createRedactor();
  for (const { value } of secrets) redactor.conceal(value);
  return redactor.holds(text);
}

function refused(what: string, file: BundleFile | undefined): Failure {
  return new Failure('refused', `the bundle would hold ${what}${file ? `, in ${file.path}` : ''}`, {
    lines: ['Nothing was written. Take the secret out of where it does not belong: a path, an address, a setting.'],
  });
}
