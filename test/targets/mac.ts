// What decides whether a Mac starts a program, read without one: signature, segments, libraries, minimum version.

import { checkSignature, readLayout } from '../../src/release/mach-o.ts';

const LC_LOAD_DYLIB = 0xc;
const LC_LOAD_WEAK_DYLIB = 0x80000018;
const LC_BUILD_VERSION = 0x32;
const HEADER_SIZE = 32;
const MH_PIE = 0x200000;

/** Of the system alone: nothing that somebody would have to install. */
const SYSTEM = /^\/usr\/lib\/|^\/System\/Library\//;
/** As the README says: 13.0.0, in the nibbles of the load command. */
const MINIMUM = 0x000d0000;

/** What is wrong, one line each. The layouts are those of Apple's mach-o/loader.h. */
export function checkMac(file: Buffer): string[] {
  const wrong: string[] = [];
  try {
    readLayout(file);
    const { identifier } = checkSignature(file);
    if (identifier !== 'kscli') wrong.push(`the signature names ${identifier}`);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  if ((file.readUInt32LE(24) & MH_PIE) === 0) wrong.push('it is not position-independent');
  for (const { command, at, size } of listCommands(file)) {
    if (command === LC_BUILD_VERSION && file.readUInt32LE(at + 12) > MINIMUM)
      wrong.push(`it needs macOS ${file.readUInt32LE(at + 12) >> 16}`);
    if (command !== LC_LOAD_DYLIB && command !== LC_LOAD_WEAK_DYLIB) continue;
    const name = file.toString('latin1', at + file.readUInt32LE(at + 8), at + size).replace(/\0.*$/s, '');
    if (!SYSTEM.test(name)) wrong.push(`it needs ${name}`);
  }
  return wrong;
}

function listCommands(file: Buffer): { command: number; at: number; size: number }[] {
  const commands = [];
  let at = HEADER_SIZE;
  for (let left = file.readUInt32LE(16); left > 0; left--) {
    const [command, size] = [file.readUInt32LE(at), file.readUInt32LE(at + 4)];
    commands.push({ command, at, size });
    at += size;
  }
  return commands;
}
