// What decides whether a Windows starts a program, read from it: machine, subsystem, minimum version, libraries, properties.

import { findPeHeader } from '../../src/release/trust.ts';

const MACHINES: Readonly<Record<string, number>> = { x64: 0x8664, arm64: 0xaa64 };
const CONSOLE = 3;
/** Any address, no code among the data. */
const HARDENED = 0x40 | 0x100;
/** As the README says: Windows 10. */
const NEWEST = 10;

const IMPORTS = { directory: 1, size: 20, name: 12 };
const DELAYED_IMPORTS = { directory: 13, size: 32, name: 4 };
const CERTIFICATES = 4;

/** Of the system alone: nothing that somebody would have to install, such as the C++ library of Visual Studio. */
const SYSTEM = new Set([
  ...[
    'ntdll',
    'kernel32',
    'api-ms-win-core-synch-l1-2-0',
    'bcryptprimitives',
    'wsock32',
    'crypt32',
    'ws2_32',
    'dbghelp',
  ],
  ...['userenv', 'user32', 'advapi32', 'ole32', 'shell32', 'oleaut32', 'iphlpapi'],
]);

/** What is wrong, one line each. The layouts are those of Microsoft's "PE Format". */
export function checkExe(file: Buffer, arch: 'x64' | 'arm64'): string[] {
  const header = findPeHeader(file);
  const optional = header + 24;
  const wrong = [...listImports(file, IMPORTS), ...listImports(file, DELAYED_IMPORTS)]
    .filter((name) => !SYSTEM.has(name.toLowerCase().replace(/\.dll$/, '')))
    .map((name) => `it needs ${name}`);
  const machine = file.readUInt16LE(header + 4);
  if (machine !== MACHINES[arch]) wrong.push(`it is for machine 0x${machine.toString(16)}`);
  if (file.readUInt16LE(optional + 68) !== CONSOLE) wrong.push('it is no program for a console');
  if ((file.readUInt16LE(optional + 70) & HARDENED) !== HARDENED)
    wrong.push('its addresses are fixed, or its data runs');
  const version = Math.max(file.readUInt16LE(optional + 40), file.readUInt16LE(optional + 48));
  if (version > NEWEST) wrong.push(`it needs Windows ${version}`);
  if (file.readUInt32LE(optional + 112 + CERTIFICATES * 8 + 4) !== 0) wrong.push('the signature is not of this file');
  if (!file.includes(Buffer.from('OriginalFilename\0kscli.exe', 'utf16le'))) wrong.push('its properties name another');
  return wrong;
}

function listImports(file: Buffer, { directory, size, name }: typeof IMPORTS): string[] {
  const address = file.readUInt32LE(findPeHeader(file) + 24 + 112 + directory * 8);
  if (address === 0) return [];
  const names: string[] = [];
  for (let at = locate(file, address); file.readUInt32LE(at + name) !== 0; at += size) {
    const start = locate(file, file.readUInt32LE(at + name));
    names.push(file.toString('latin1', start, file.indexOf(0, start)));
  }
  return names;
}

/** In the file, of an address in memory. @throws Error where no section holds it */
function locate(file: Buffer, address: number): number {
  const header = findPeHeader(file);
  const sections = header + 24 + file.readUInt16LE(header + 20);
  for (let left = file.readUInt16LE(header + 6), at = sections; left > 0; left--, at += 40) {
    const start = file.readUInt32LE(at + 12);
    if (address >= start && address < start + file.readUInt32LE(at + 8))
      return address - start + file.readUInt32LE(at + 20);
  }
  throw new Error(`no section holds address 0x${address.toString(16)}`);
}
