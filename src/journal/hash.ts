// SHA-256, the runtime's own: node:crypto would take four milliseconds to load.

/** Lower-case hexadecimal digits. */
export function createHash(...parts: readonly (string | Uint8Array)[]): string {
  const hasher = new Bun.CryptoHasher('sha256');
  for (const part of parts) hasher.update(part);
  return hasher.digest('hex');
}
