// Verifies a signature made by `ssh-keygen -Y sign`, so that no tool is needed where kscli is.
// https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig

import { SIGNATURE_NAMESPACE, type Signer } from '../schema/signer.ts';

const MAGIC = 'SSHSIG';
const VERSION = 1;
const ARMOR = /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n*$/;
const KEY_TYPE = 'ssh-ed25519';
const HASHES: Readonly<Record<string, 'SHA-256' | 'SHA-512'>> = { sha256: 'SHA-256', sha512: 'SHA-512' };

type Parts = { readonly key: Buffer; readonly hash: string; readonly signature: Buffer };

/** Why the text is no signature of the message by one of the signers at that time; undefined where it is. @param now milliseconds */
export async function findFault(
  message: Uint8Array<ArrayBuffer>,
  armored: string,
  signers: readonly Signer[],
  now: number,
): Promise<string | undefined> {
  const parts = read(armored);
  if (typeof parts === 'string') return parts;
  const keys = signers.filter(({ key }) => Buffer.from(key, 'base64').equals(parts.key));
  if (keys.length === 0) return 'it was made by somebody else';
  if (!keys.some((signer) => isInTime(signer, now))) return 'the time of its key is over, or has not begun';
  return (await isMadeBy(parts, message)) ? undefined : 'it belongs to other contents';
}

function read(armored: string): Parts | string {
  const base64 = ARMOR.exec(armored.replaceAll('\r\n', '\n'))?.[1];
  if (base64 === undefined) return 'it is no SSH signature';
  const blob = Buffer.from(base64, 'base64');
  if (blob.subarray(0, MAGIC.length).toString() !== MAGIC) return 'it is no SSH signature';
  const strings = readStrings(blob.subarray(MAGIC.length + 4));
  if (blob.length < MAGIC.length + 4 || blob.readUInt32BE(MAGIC.length) !== VERSION || strings?.length !== 5)
    return 'it is broken';
  const [key, namespace, , hash, signature] = strings as [Buffer, Buffer, Buffer, Buffer, Buffer];
  if (namespace.toString() !== SIGNATURE_NAMESPACE) return 'it was made for something else';
  return { key, hash: hash.toString(), signature };
}

/** Each with its length before it, in four bytes; undefined where they do not fill the bytes. */
function readStrings(bytes: Buffer): Buffer[] | undefined {
  const strings: Buffer[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    strings.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return at === bytes.length ? strings : undefined;
}

async function isMadeBy({ key, hash, signature }: Parts, message: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const algorithm = Object.hasOwn(HASHES, hash) ? HASHES[hash] : undefined;
  const [keyType, publicKey] = readStrings(key) ?? [];
  const [signatureType, bytes] = readStrings(signature) ?? [];
  if (algorithm === undefined || publicKey === undefined || bytes === undefined) return false;
  if (keyType?.toString() !== KEY_TYPE || signatureType?.toString() !== KEY_TYPE) return false;
  const digest = Buffer.from(await crypto.subtle.digest(algorithm, message));
  const fields = [Buffer.from(SIGNATURE_NAMESPACE), Buffer.alloc(0), Buffer.from(hash), digest];
  const signed = Buffer.concat([Buffer.from(MAGIC), ...fields.flatMap((field) => [writeLength(field), field])]);
  const imported = await crypto.subtle.importKey('raw', Buffer.from(publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, Buffer.from(bytes), signed);
}

function writeLength(field: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return length;
}

function isInTime({ validAfter, validBefore }: Signer, now: number): boolean {
  return (
    (validAfter === undefined || now >= readTime(validAfter)) &&
    (validBefore === undefined || now < readTime(validBefore))
  );
}

/** `YYYYMMDD[HHMM[SS]]`, of this machine's time zone unless a Z follows: as ssh-keygen reads it. */
function readTime(text: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(text) ?? [];
  const [y = 0, m = 1, ...rest] = [year, month, day, hour, minute, second].map((part) => Number(part ?? 0));
  const [d = 1, h = 0, min = 0, s = 0] = rest;
  return text.endsWith('Z') ? Date.UTC(y, m - 1, d, h, min, s) : new Date(y, m - 1, d, h, min, s).getTime();
}
