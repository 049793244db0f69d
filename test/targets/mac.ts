// What decides whether a Mac starts a program, read without one: machine, load commands, signature, libraries, minimum version.

import { CS_ADHOC, CS_RUNTIME, checkSignature, readLayout } from '../../src/release/mach-o.ts';

const LC_SEGMENT_64 = 0x19;
const LC_LOAD_DYLIB = 0xc;
const LC_LOAD_WEAK_DYLIB = 0x80000018;
const LC_BUILD_VERSION = 0x32;
const HEADER_SIZE = 32;
const MH_EXECUTE = 2;
const MH_PIE = 0x200000;
const MACHINES: Readonly<Record<string, number>> = { x64: 0x1000007, arm64: 0x100000c };

/** Of the system alone: nothing that somebody would have to install. */
const SYSTEM = /^\/usr\/lib\/|^\/System\/Library\//;
/** As the README says: 13.0.0, in the nibbles of the load command. */
const MINIMUM = 0x000d0000;

/** What is wrong, one line each. The layouts are those of Apple's mach-o/loader.h. */
export function checkMac(file: Buffer, arch: 'x64' | 'arm64'): string[] {
  try {
    readLayout(file);
    const commands = listCommands(file);
    return [
      ...checkHeader(file, arch),
      ...checkSigned(file),
      ...checkSegments(file, commands),
      ...checkNeeds(file, commands),
    ];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function checkHeader(file: Buffer, arch: 'x64' | 'arm64'): string[] {
  const wrong: string[] = [];
  if (file.readUInt32LE(4) !== MACHINES[arch]) wrong.push(`it is for machine 0x${file.readUInt32LE(4).toString(16)}`);
  if (file.readUInt32LE(12) !== MH_EXECUTE) wrong.push('it is no program');
  if ((file.readUInt32LE(24) & MH_PIE) === 0) wrong.push('it is not position-independent');
  return wrong;
}

/** Page by page. Ad hoc: a Mac with an Apple processor starts nothing unsigned, and no certificate is there. */
function checkSigned(file: Buffer): string[] {
  const { identifier, flags } = checkSignature(file);
  const wrong = identifier === 'kscli' ? [] : [`the signature names ${identifier}`];
  if ((flags & (CS_ADHOC | CS_RUNTIME)) !== CS_ADHOC)
    wrong.push(`the flags of the signature are 0x${flags.toString(16)}`);
  return wrong;
}

type Command = { readonly command: number; readonly at: number; readonly size: number };

/** @throws Error where they do not fill the room that the header gives them */
function listCommands(file: Buffer): Command[] {
  const commands: Command[] = [];
  let at = HEADER_SIZE;
  for (let left = file.readUInt32LE(16); left > 0; left--) {
    const [command, size] = [file.readUInt32LE(at), file.readUInt32LE(at + 4)];
    commands.push({ command, at, size });
    at += size;
  }
  const end = HEADER_SIZE + file.readUInt32LE(20);
  if (at !== end) throw new Error(`the load commands end at ${at}, not at ${end}`);
  return commands;
}

/** One after the other, in the file and in memory. */
function checkSegments(file: Buffer, commands: readonly Command[]): string[] {
  const wrong: string[] = [];
  let [inFile, inMemory] = [0, 0];
  for (const { at } of commands.filter(({ command }) => command === LC_SEGMENT_64)) {
    const name = file.toString('latin1', at + 8, at + 24).replace(/\0.*$/s, '');
    const [address, length, offset, size] = [24, 32, 40, 48].map((place) => Number(file.readBigUInt64LE(at + place)));
    if (address === undefined || length === undefined || offset === undefined || size === undefined) continue;
    if (address < inMemory || (size > 0 && offset < inFile)) wrong.push(`segment ${name} overlaps the one before`);
    if (size > length || offset + size > file.length) wrong.push(`segment ${name} ends outside`);
    inMemory = address + length;
    if (size > 0) inFile = offset + size;
  }
  return wrong;
}

function checkNeeds(file: Buffer, commands: readonly Command[]): string[] {
  const wrong: string[] = [];
  const versions = commands.filter(({ command }) => command === LC_BUILD_VERSION);
  if (versions.length !== 1) wrong.push(`it names ${versions.length} minimum versions`);
  for (const { at } of versions)
    if (file.readUInt32LE(at + 12) !== MINIMUM) wrong.push(`it needs macOS ${file.readUInt32LE(at + 12) >> 16}`);
  for (const { command, at, size } of commands) {
    if (command !== LC_LOAD_DYLIB && command !== LC_LOAD_WEAK_DYLIB) continue;
    const name = file.toString('latin1', at + file.readUInt32LE(at + 8), at + size).replace(/\0.*$/s, '');
    if (!SYSTEM.test(name)) wrong.push(`it needs ${name}`);
  }
  return wrong;
}
