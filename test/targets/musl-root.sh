#!/usr/bin/env bash
# musl-root.sh DIRECTORY x86_64|aarch64: a root as Alpine lays it out: musl, busybox, libstdc++, and no glibc. That of aarch64 is
# for qemu's -L, without busybox.
set -euo pipefail
root=$(cd "$1" && pwd) arch=$2
mkdir -p "$root"/{bin,lib,usr/bin,usr/lib,usr/local/bin,etc,proc,dev,tmp,home,run}
bash "$(dirname "$0")/musl-libstdcxx.sh" "$root/usr/lib" "$arch"
mv "$root/usr/lib/ld-musl-$arch.so.1" "$root/lib/"
chmod 755 "$root/lib/ld-musl-$arch.so.1"
ln -s "ld-musl-$arch.so.1" "$root/lib/libc.musl-$arch.so.1"
ln -s "../../lib/ld-musl-$arch.so.1" "$root/usr/bin/ldd"
chmod 1777 "$root/tmp"
[ "$arch" = x86_64 ] || exit 0
# The one that needs no C library: the machine's own may be another.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bash "$(dirname "$0")/unpacked.sh" "$work" "$(dpkg --print-architecture)" busybox-static
find "$work" -path '*bin/busybox' -exec cp {} "$root/bin/busybox" \;
"$root/bin/busybox" --list | while read -r name; do [ "$name" = busybox ] || ln -s busybox "$root/bin/$name"; done
printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
printf 'root:x:0:0::/root:/bin/sh\nuser:x:10001:10001::/home:/bin/sh\n' >"$root/etc/passwd"
