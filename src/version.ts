// The version, and the machine that this program was built for. All names are put in by the build.

declare const KSCLI_VERSION: string | undefined;
declare const KSCLI_COMMIT: string | undefined;
declare const KSCLI_TARGET: string | undefined;

export function versionLine(): string {
  const commit = typeof KSCLI_COMMIT === 'string' ? KSCLI_COMMIT : 'unknown';
  return `kscli ${ownVersion()} (${commit})\n`;
}

export function ownVersion(): string {
  return typeof KSCLI_VERSION === 'string' ? KSCLI_VERSION : 'development';
}

/** As the archive is called: `linux-x64-musl`. undefined in the sources. */
export function ownTarget(): string | undefined {
  return typeof KSCLI_TARGET === 'string' ? KSCLI_TARGET : undefined;
}
