// Who may sign a release: one line as in OpenSSH's file of allowed signers, without its name, and checked to the letter, because
// it goes into a shell script. Knows nothing of signatures.

/** What a release is signed for: a signature made with the same key for anything else counts for nothing. */
export const SIGNATURE_NAMESPACE = 'kscli-release';

export type Signer = {
  /** The public key as OpenSSH writes it, base64. */
  readonly key: string;
  /** The limits of the key's time as they are written in the line, such as `20271231` or `202712312359Z`. */
  readonly validAfter?: string;
  readonly validBefore?: string;
};

const LINE = new RegExp(
  [
    '^(?:(?<options>(?:valid-(?:after|before)="\\d{8}(?:\\d{4}(?:\\d\\d)?)?Z?",?){1,2})(?<!,) )?',
    'ssh-ed25519 (?<key>AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43})(?: [ -~]*)?$',
  ].join(''),
);

/** `[valid-after="…",valid-before="…"] ssh-ed25519 AAAA… [comment]`; undefined where the text is anything else */
export function parseSigner(line: string): Signer | undefined {
  const { key, options = '' } = LINE.exec(line.trim())?.groups ?? {};
  if (key === undefined) return undefined;
  const validAfter = /valid-after="(\w+)"/.exec(options)?.[1];
  const validBefore = /valid-before="(\w+)"/.exec(options)?.[1];
  return { key, ...(validAfter && { validAfter }), ...(validBefore && { validBefore }) };
}

/** The same line, without the comment. */
export function formatSigner({ key, validAfter, validBefore }: Signer): string {
  const limits = [validAfter && `valid-after="${validAfter}"`, validBefore && `valid-before="${validBefore}"`];
  const options = limits.filter(Boolean).join(',');
  return `${options && `${options} `}ssh-ed25519 ${key}`;
}
