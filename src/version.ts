// The version. Both names are put in by the build.

declare const KSCLI_VERSION: string | undefined;
declare const KSCLI_COMMIT: string | undefined;

export function versionLine(): string {
  const version = typeof KSCLI_VERSION === 'string' ? KSCLI_VERSION : 'development';
  const commit = typeof KSCLI_COMMIT === 'string' ? KSCLI_COMMIT : 'unknown';
  return `kscli ${version} (${commit})\n`;
}
