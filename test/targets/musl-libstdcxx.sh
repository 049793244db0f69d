#!/usr/bin/env bash
# musl-libstdcxx.sh DIRECTORY x86_64|aarch64: builds libstdc++.so.6 against musl, from Debian's source of gcc 12, because no
# package of Debian has one and kscli's musl targets need it as Alpine has it. About 100 seconds on two cores.
# Needs musl, musl-dev, musl-tools, gcc-12-source, g++-12; for aarch64 g++-12-aarch64-linux-gnu, and musl of arm64, which is only
# downloaded and unpacked.
set -euo pipefail
output=$1 arch=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

system=/usr
loader=/lib/ld-musl-$arch.so.1
prefix=''
if [ "$arch" = aarch64 ]; then
  prefix=aarch64-linux-gnu-
  system=$work/arm64/usr
  bash "$(dirname "$0")/unpacked.sh" "$work/arm64" arm64 musl musl-dev
  loader=$(find "$work/arm64" -type f -size +100k \( -name 'ld-musl-*' -o -name libc.so \) | head -n 1)
  # Its link to the loader leads out of the directory.
  ln -sf "$loader" "$system/lib/aarch64-linux-musl/libc.so"
fi
cp -L "$loader" "$output/ld-musl-$arch.so.1"

# The compiler of glibc, with musl's headers, start files and library in place of its own.
sed -e "s,/usr/lib/x86_64-linux-musl,$system/lib/$arch-linux-musl,g" \
  -e "s,/usr/include/x86_64-linux-musl,$system/include/$arch-linux-musl,g" \
  -e "s,/lib/ld-musl-x86_64.so.1,/lib/ld-musl-$arch.so.1,g" \
  /usr/lib/x86_64-linux-musl/musl-gcc.specs >"$work/musl.specs"
for tool in gcc g++; do
  printf '#!/bin/sh\nexec %s%s-12 "$@" -specs %s/musl.specs\n' "$prefix" "$tool" "$work" >"$work/$tool"
  chmod +x "$work/$tool"
done

mkdir "$work/source"
tar -xJf /usr/src/gcc-12/gcc-12.*.tar.xz -C "$work/source" --strip-components=1 --wildcards \
  '*/libstdc++-v3' '*/libgcc' '*/include' '*/config' '*/libiberty' '*/*.m4' '*/config*' '*/ltmain.sh' '*/install-sh' \
  '*/missing' '*/mkinstalldirs' '*/move-if-change' '*/depcomp' '*/compile' '*/symlink-tree' '*/gcc/BASE-VER' \
  '*/gcc/DATESTAMP' '*/gcc/DEV-PHASE'
mkdir -p "$work/build/libgcc" "$work/build/libstdc++-v3"
# Threads as POSIX has them; gcc's own build would choose that.
cp "$work/source/libgcc/gthr-posix.h" "$work/build/libgcc/gthr-default.h"
cd "$work/build/libstdc++-v3"
"$work/source/libstdc++-v3/configure" --host="$arch-linux-musl" --build=x86_64-linux-gnu --prefix=/usr --enable-shared \
  --disable-static --disable-multilib --disable-nls --disable-libstdcxx-pch --disable-werror --enable-clocale=generic \
  --with-target-subdir=. CC="$work/gcc" CXX="$work/g++" CPP="$work/gcc -E" CXXCPP="$work/g++ -E" \
  CFLAGS='-O1 -fPIC' CXXFLAGS='-O1 -fPIC -nostdinc++' >"$work/configure.log" 2>&1 || { tail -n 20 "$work/configure.log" >&2; exit 1; }
make -j"$(nproc)" >"$work/make.log" 2>&1 || { tail -n 20 "$work/make.log" >&2; exit 1; }

# libgcc asks the C library where a function unwinds: glibc has an index for that, musl the list of what is loaded.
cat >unwind.c <<'C'
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>
#include <sys/auxv.h>

struct dl_find_object {
  unsigned long long flags;
  void *start, *end;
  void *map;
  void *unwinding;
  unsigned long long reserved[7];
};

struct wanted {
  unsigned long address;
  struct dl_find_object *found;
};

static int look(struct dl_phdr_info *object, size_t size, void *data) {
  struct wanted *wanted = data;
  unsigned long start = -1UL, end = 0;
  void *unwinding = NULL;
  int holds = 0;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[i];
    unsigned long at = object->dlpi_addr + part->p_vaddr, after = at + part->p_memsz;
    if (part->p_type == PT_GNU_EH_FRAME) unwinding = (void *)at;
    if (part->p_type != PT_LOAD) continue;
    if (at < start) start = at;
    if (after > end) end = after;
    holds |= at <= wanted->address && wanted->address < after;
  }
  if (!holds || unwinding == NULL) return 0;
  *wanted->found = (struct dl_find_object){.start = (void *)start, .end = (void *)end, .unwinding = unwinding};
  return 1;
}

__attribute__((visibility("hidden"))) int _dl_find_object(void *address, struct dl_find_object *found) {
  struct wanted wanted = {(unsigned long)address, found};
  return dl_iterate_phdr(look, &wanted) ? 0 : -1;
}

/* By the name that libgcc's atomics of arm64 use. */
__attribute__((visibility("hidden"))) unsigned long __getauxval(unsigned long type) { return getauxval(type); }
C
"$work/gcc" -O1 -fPIC -c unwind.c -o unwind.o
# As make linked it, and with libgcc inside: Alpine's is another package.
link=$(sed -n 's/^libtool: link: \(.*-shared -nostdlib.*\) -o .libs\/libstdc++\.so\.6.*/\1/p' "$work/make.log" | head -n 1)
libgcc="$("${prefix}gcc-12" -print-file-name=libgcc_eh.a) $("${prefix}gcc-12" -print-file-name=libgcc.a)"
cd src
eval "${link/-lm -lc/$work/build/libstdc++-v3/unwind.o $libgcc -lc}" -o "$output/libstdc++.so.6"
"${prefix}strip" "$output/libstdc++.so.6"
