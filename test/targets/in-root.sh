#!/usr/bin/env bash
# in-root.sh ROOT USER COMMAND…: runs a command with ROOT as its whole world, as that user: read-only but for /home and /tmp, with a
# /proc and a few devices of its own. The mounts end with the command.
set -eu
root=$1 user=$2
shift 2
# shellcheck disable=SC2016 # for the shell inside
exec env ROOT="$root" ID="$user" unshare --mount sh -c '
  mount --bind "$ROOT" "$ROOT"
  mount --bind "$ROOT/home" "$ROOT/home"
  mount -o remount,ro,bind "$ROOT"
  mount -t tmpfs -o mode=1777 none "$ROOT/tmp"
  mount -t proc proc "$ROOT/proc"
  mount -t tmpfs none "$ROOT/dev"
  for name in null zero random urandom; do touch "$ROOT/dev/$name"; mount --bind "/dev/$name" "$ROOT/dev/$name"; done
  root=$ROOT id=$ID
  unset ROOT ID
  exec chroot --userspec="$id:$id" "$root" "$@"' sh "$@"
