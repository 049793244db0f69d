#!/usr/bin/env bash
# wine-root.sh DIRECTORY: a Debian 13 with Wine 10, about a minute. The Wine 8 of Debian 12 lacks bcryptprimitives.dll, without which
# no program of this runtime starts. Needs debootstrap, and the mirror of this machine's Debian. Changes nothing but DIRECTORY.
set -euo pipefail
root=$(cd "$1" && pwd)
# This machine's own is no directory in there.
unset TMPDIR
find_mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | sed -nE 's/^(URIs:|deb) +([^ ]+).*/\2/p;T;q' || :
}
mirror=${DEBIAN_MIRROR:-$(find_mirror)}
# In a world of its own, so that nothing stays mounted where it is stopped.
PATH=$PATH:/usr/sbin:/sbin unshare --mount debootstrap --variant=minbase trixie "$root" "$mirror" >&2
cp /etc/resolv.conf "$root/etc/resolv.conf"
printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
mkdir -p "$root/prefix"
# shellcheck disable=SC2016 # for the shell inside
ROOT=$root DEBIAN_FRONTEND=noninteractive unshare --mount sh -c '
  mount -t proc proc "$ROOT/proc" && mount --rbind /dev "$ROOT/dev"
  exec chroot "$ROOT" sh -c "apt-get update && apt-get install -y --no-install-recommends wine wine64"' >&2
bash "$(dirname "$0")/in-wine.sh" "$root" wineboot --init >&2
mkdir -p "$root/prefix/drive_c/home"
# The share of the drive that every Windows has, for its administrators.
mkdir -p "$root/prefix/dosdevices/unc/localhost"
ln -s ../../../drive_c "$root/prefix/dosdevices/unc/localhost/c\$"
