// Compresses an archive, to the same bytes every time.

import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';

const UNIX = 3;

/** As RFC 1952 says, without a name and a time. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const compressed = await promisify(gzipCallback)(bytes, { level: 9 });
  // zlib writes the machine that it runs on into the tenth byte.
  compressed[9] = UNIX;
  return compressed;
}

export function hasXz(): boolean {
  return Bun.which('xz') !== null;
}

/**
 * Runs the `xz` on PATH, which needs 674 MiB of memory. One thread, because the bytes depend on the number of threads.
 * @throws Error when xz fails
 */
export async function xz(bytes: Uint8Array): Promise<Uint8Array> {
  // Without XZ_DEFAULTS and XZ_OPT, which would change the bytes.
  const env = { PATH: process.env['PATH'] };
  const child = Bun.spawn(['xz', '-9', '--threads=1', '--stdout'], { stdin: bytes, stderr: 'pipe', env });
  const [compressed, complaint, exitCode] = await Promise.all([
    new Response(child.stdout).bytes(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (exitCode !== 0) throw new Error(`xz exits ${exitCode}: ${complaint}`);
  return compressed;
}
