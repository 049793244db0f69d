#!/usr/bin/env bash
# in-wine.sh ROOT PROGRAM ARGUMENT…: a Windows program under the Wine of wine-root.sh. Its environment is passed on. Standard outputs
# must be pipes or a terminal: Wine gives a program no size of a Unix file that stands for one of them.
set -eu
# This machine's own is no directory in there.
unset TMPDIR
export ROOT=$1 WINEPREFIX=/prefix WINEDEBUG=${WINEDEBUG--all} HOME=/root LANG=C.UTF-8 XDG_RUNTIME_DIR=/tmp
shift
run() {
  # shellcheck disable=SC2016 # for the shell inside
  unshare --mount sh -c '
    mount -t proc proc "$ROOT/proc" && mount --rbind /dev "$ROOT/dev"
    exec chroot "$ROOT" env -u ROOT PATH=/usr/bin:/bin wine "$@"' sh "$@"
}
# At a terminal the program has it for itself; in a pipe its errors come without what Wine says about its packages.
if [ -t 2 ]; then run "$@"; else run "$@" 2> >(grep -vE '^(it looks like wine32|multiarch needs|execute "dpkg|apt-get install)' >&2); fi
