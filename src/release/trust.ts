// Checks that the system of the target will start a finished binary: the right machine, and no wrong signature.

import type { Identity } from './compile.ts';
import { CPU_ARM64, CS_ADHOC, CS_RUNTIME, checkSignature } from './mach-o.ts';
import { signAdHoc } from './sign.ts';
import type { Target } from './targets.ts';

export type Trusted = { readonly bytes: Buffer; readonly notes: readonly string[] };

/** Machine numbers of ELF (e_machine), Mach-O (cputype) and PE (Machine). */
const MACHINES = {
  linux: { x64: 0x3e, arm64: 0xb7 },
  darwin: { x64: 0x1000007, arm64: CPU_ARM64 },
  win32: { x64: 0x8664, arm64: 0xaa64 },
} as const;

/**
 * The bytes to ship, signed anew for macOS, and notes for the log.
 * @throws Error with the reason why the binary cannot be trusted
 */
export function requireTrust(binary: Buffer, target: Target, { version, commit }: Identity): Trusted {
  const machine = readMachine(binary, target.os);
  if (machine !== MACHINES[target.os][target.arch]) throw new Error(`made for machine 0x${machine.toString(16)}`);
  for (const text of [version, commit]) {
    if (!binary.includes(text)) throw new Error(`'${text}' is not in the binary: it does not hold what was compiled`);
  }
  if (target.os === 'darwin') return signMachO(binary);
  if (target.os === 'win32') requireUnsigned(binary);
  return { bytes: binary, notes: [] };
}

/** Always anew: a cross-compiled one may be stale, and the runtime's own names another program. */
function signMachO(binary: Buffer): Trusted {
  const bytes = signAdHoc(binary, 'kscli');
  return { bytes, notes: [describeAdHoc(bytes)] };
}

/** Only ad hoc: a certificate's signature does not survive the build, and the hardened runtime would need entitlements. */
function describeAdHoc(binary: Buffer): string {
  const { identifier, flags, pages } = checkSignature(binary);
  if ((flags & (CS_ADHOC | CS_RUNTIME)) !== CS_ADHOC) throw new Error(`signature flags are 0x${flags.toString(16)}`);
  return `ad-hoc signature of ${pages} pages is right (identifier ${identifier}, flags 0x${flags.toString(16)})`;
}

function readMachine(binary: Buffer, os: Target['os']): number {
  if (os === 'linux' && binary.readUInt32BE(0) === 0x7f454c46) return binary.readUInt16LE(18);
  if (os === 'darwin' && binary.readUInt32LE(0) === 0xfeedfacf) return binary.readUInt32LE(4);
  if (os === 'win32' && binary.toString('latin1', 0, 2) === 'MZ') return binary.readUInt16LE(findPeHeader(binary) + 4);
  throw new Error(`not an executable of ${os}`);
}

/** The signature of the runtime's maker no longer holds, and Windows distrusts a wrong signature more than none. */
function requireUnsigned(binary: Buffer): void {
  // The fifth data directory of the PE32+ optional header, which follows 24 bytes of PE signature and COFF header.
  const certificates = findPeHeader(binary) + 24 + 112 + 4 * 8;
  if (binary.readUInt32LE(certificates + 4) !== 0)
    throw new Error("the runtime's Authenticode signature is still in it");
}

/** Where the four bytes `PE\0\0` of an .exe are. */
export function findPeHeader(binary: Buffer): number {
  return binary.readUInt32LE(0x3c);
}
