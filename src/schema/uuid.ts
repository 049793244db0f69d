// The one form of a UUID that kscli sends and compares.

/** Lower case with dashes (RFC 9562); undefined for anything that is no UUID. */
export function canonicalUuid(text: string): string | undefined {
  const digits = /^[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}$/i.test(text)
    ? text.toLowerCase().replaceAll('-', '')
    : '';
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(digits);
  return parts === null ? undefined : parts.slice(1).join('-');
}
