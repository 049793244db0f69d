#!/usr/bin/env bash
# libc-root.sh DIRECTORY: a root of this machine's C library and busybox. No libstdc++, no curl, no ssh-keygen, no certificates.
set -euo pipefail
root=$1
mkdir -p "$root"/{bin,etc,proc,dev,tmp,home,run}
chmod 1777 "$root/tmp"
libc=$(ldd /bin/sh | grep -o '/[^ ]*/libc\.so\.6')
# Those of the C library, the loader, and the ones that this busybox was built to need.
libraries=("${libc%/*}"/{libc.so.6,libm.so.6,libpthread.so.0,libdl.so.2})
while read -r library; do libraries+=("$library"); done < <({ ldd /bin/sh && ldd "$(command -v busybox)"; } 2>&1 | grep -o '/[^ ]*\.so[^ ]*' | grep -v :)
for library in "${libraries[@]}"; do mkdir -p "$root${library%/*}" && cp -L "$library" "$root$library"; done
cp "$(command -v busybox)" "$root/bin/busybox"
busybox --list | while read -r name; do [ "$name" = busybox ] || ln -s busybox "$root/bin/$name"; done
printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
printf 'root:x:0:0::/root:/bin/sh\nuser:x:10001:10001::/home:/bin/sh\n' >"$root/etc/passwd"
