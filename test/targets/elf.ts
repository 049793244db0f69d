// What decides whether a Linux starts a program, read from it: the libraries that it needs, and the versions of their symbols.

/** Sections of the format of ELF: what is linked in, and the versions that are needed. */
const DYNAMIC = 6;
const VERSION_NEEDS = 0x6ffffffe;
const NEEDED = 1;

/** What every system of a C library has; on Alpine the README asks for the other two. */
const GLIBC = /^(?:libc\.so\.6|lib(?:pthread|m)\.so\.[06]|libdl\.so\.2|ld-linux-.*)$/;
const MUSL = /^(?:libc\.musl-.*|libstdc\+\+\.so\.6|libgcc_s\.so\.1)$/;
/** As the README says: 2.17. */
const NEWEST = 17;

/** What is wrong, one line each. The layouts are those of the System V gABI, for 64 bits and little-endian. */
export function checkLinux(file: Buffer, isMusl: boolean): string[] {
  const sections = listSections(file);
  const names = isMusl ? MUSL : GLIBC;
  const foreign = listNeeded(file, sections).filter((name) => !names.test(name));
  const newer = listVersions(file, sections).filter((name) => Number(/^GLIBC_2\.(\d+)/.exec(name)?.[1] ?? 0) > NEWEST);
  return [...new Set([...foreign, ...newer])].map((name) => `it needs ${name}`);
}

type Section = { readonly type: number; readonly at: number; readonly size: number; readonly link: number };

function listSections(file: Buffer): Section[] {
  const [start, size, count] = [readSize(file, 0x28), file.readUInt16LE(0x3a), file.readUInt16LE(0x3c)];
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    const [type, link] = [file.readUInt32LE(at + 4), file.readUInt32LE(at + 40)];
    return { type, link, at: readSize(file, at + 24), size: readSize(file, at + 32) };
  });
}

function listNeeded(file: Buffer, sections: readonly Section[]): string[] {
  return ofType(sections, DYNAMIC).flatMap(({ at, size, link }) =>
    Array.from({ length: size / 16 }, (_, index) => at + index * 16)
      .filter((entry) => readSize(file, entry) === NEEDED)
      .map((entry) => readName(file, (sections[link]?.at ?? 0) + readSize(file, entry + 8))),
  );
}

function listVersions(file: Buffer, sections: readonly Section[]): string[] {
  const names: string[] = [];
  for (const { at, link } of ofType(sections, VERSION_NEEDS)) {
    for (let library = at, more = -1; more !== 0; library += more) {
      more = file.readUInt32LE(library + 12);
      let version = library + file.readUInt32LE(library + 8);
      for (let left = file.readUInt16LE(library + 2); left > 0; left--) {
        names.push(readName(file, (sections[link]?.at ?? 0) + file.readUInt32LE(version + 8)));
        version += file.readUInt32LE(version + 12);
      }
    }
  }
  return names;
}

function ofType(sections: readonly Section[], type: number): Section[] {
  const found = sections.filter((section) => section.type === type);
  if (type === DYNAMIC && found.length === 0) throw new Error('there is no section that says what it needs');
  return found;
}

function readSize(file: Buffer, at: number): number {
  return Number(file.readBigUInt64LE(at));
}

function readName(file: Buffer, at: number): string {
  return file.toString('latin1', at, file.indexOf(0, at));
}
