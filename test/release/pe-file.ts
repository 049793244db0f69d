// A small .exe with the sections and the resources that Bun's has: nothing to run, all to read.

export const SECTION_SIZE = 0x400;
const HEADERS = 0x400;
const PE = 0x40;
const OPTIONAL = PE + 24;
const RESOURCES = 0x2000;

export type Resource = { readonly type: number; readonly data: Buffer };

/** Sections in this order: code, resources, the program that Bun appends. */
export function peFile(resources: readonly Resource[], program: string): Buffer {
  const file = Buffer.alloc(HEADERS + 3 * SECTION_SIZE);
  file.write('MZ');
  file.writeUInt32LE(PE, 0x3c);
  file.write('PE\0\0', PE);
  file.writeUInt16LE(0x8664, PE + 4);
  file.writeUInt16LE(3, PE + 6);
  file.writeUInt16LE(240, PE + 20);
  file.writeUInt32LE(RESOURCES, OPTIONAL + 112 + 2 * 8);
  ['.text', '.rsrc', '.bun'].forEach((name, index) => {
    const at = OPTIONAL + 240 + index * 40;
    file.write(name, at);
    file.writeUInt32LE(0x1000 * (index + 1), at + 12);
    file.writeUInt32LE(SECTION_SIZE, at + 16);
    file.writeUInt32LE(HEADERS + index * SECTION_SIZE, at + 20);
  });
  file.fill('code', HEADERS, HEADERS + SECTION_SIZE);
  writeResources(readSection(file, 1), resources);
  file.write(program, HEADERS + 2 * SECTION_SIZE);
  return file;
}

export function readSection(file: Buffer, index: number): Buffer {
  return file.subarray(HEADERS + index * SECTION_SIZE, HEADERS + (index + 1) * SECTION_SIZE);
}

/** By the tree: types, each with one name, that with one language. */
export function listResources(file: Buffer): Resource[] {
  const section = readSection(file, 1);
  const follow = (at: number) => section.readUInt32LE(at) % 0x80000000;
  return Array.from({ length: section.readUInt16LE(14) }, (_, index) => {
    const name = follow(16 + 8 * index + 4);
    const leaf = follow(follow(name + 20) + 20);
    const start = section.readUInt32LE(leaf) - RESOURCES;
    const data = section.subarray(start, start + section.readUInt32LE(leaf + 4));
    return { type: section.readUInt32LE(16 + 8 * index), data };
  });
}

function writeResources(section: Buffer, resources: readonly Resource[]): void {
  section.writeUInt16LE(resources.length, 14);
  let at = 16 + 8 * resources.length;
  let end = at + 64 * resources.length;
  resources.forEach(({ type, data }, index) => {
    section.writeUInt32LE(type, 16 + 8 * index);
    section.writeUInt32LE(0x80000000 + at, 16 + 8 * index + 4);
    for (const [directory, id, target] of [
      [at, 1, 0x80000000 + at + 24],
      [at + 24, 0x409, at + 48],
    ] as const) {
      section.writeUInt16LE(1, directory + 14);
      section.writeUInt32LE(id, directory + 16);
      section.writeUInt32LE(target, directory + 20);
    }
    section.writeUInt32LE(RESOURCES + end, at + 48);
    section.writeUInt32LE(data.length, at + 52);
    data.copy(section, end);
    at += 64;
    end += data.length;
  });
}
