// Bytes → fewer bytes, the same every time.

import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';

const UNIX = 3;

/** RFC 1952, without a name and a time. */
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
 * By the `xz` on PATH, which needs 674 MiB of memory for it. One thread, because the number of threads shows in the bytes.
 * @throws Error when it fails
 */
export async function xz(bytes: Uint8Array): Promise<Uint8Array> {
  // XZ_DEFAULTS and XZ_OPT would be obeyed.
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
