// The text of a CA bundle → its certificates. Each is checked here, because the runtime ignores a bad one, or fails much later
// with words about a typo.

/** PEM, or what is wrong with the text, in words that follow its name. */
export type Bundle =
  | { readonly certificates: readonly string[] }
  | { readonly fault: string; readonly cause?: unknown };

const BEGIN = '-----BEGIN ';
const CERTIFICATES = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'];

/** @param text may hold comments, keys and line ends of any kind */
export async function readCertificates(text: string): Promise<Bundle> {
  if (text.trim() === '') return { fault: 'is empty' };
  const blocks = text.split(BEGIN).slice(1).map(readBlock);
  if (blocks.length === 0) return { fault: 'has no PEM certificate. A DER file must be converted to PEM first' };
  const whole = blocks.filter((block) => block !== undefined);
  if (whole.length < blocks.length) {
    return { fault: `is broken: ${blocks.length} PEM blocks begin, ${whole.length} are complete` };
  }
  const found = whole.filter(({ type }) => CERTIFICATES.includes(type));
  return found.length > 0 ? check(found) : { fault: `has no certificate, only ${whole[0]?.type}` };
}

type Block = { readonly type: string; readonly pem: string };

/** @param text behind BEGIN @returns undefined for one without an end */
function readBlock(text: string): Block | undefined {
  const type = /^([A-Z0-9 ]+)-----/.exec(text)?.[1];
  const end = `-----END ${type}-----`;
  const length = text.indexOf(end);
  return type === undefined || length === -1 ? undefined : { type, pem: BEGIN + text.slice(0, length) + end };
}

async function check(blocks: readonly Block[]): Promise<Bundle> {
  const { X509Certificate } = await import('node:crypto');
  const certificates: string[] = [];
  for (const { type, pem } of blocks) {
    try {
      const certificate = new X509Certificate(pem);
      // The runtime takes the usual name alone.
      certificates.push(type === 'CERTIFICATE' ? pem : certificate.toString());
    } catch (cause) {
      return { fault: `is broken: certificate ${certificates.length + 1} of ${blocks.length} cannot be read`, cause };
    }
  }
  return { certificates };
}
