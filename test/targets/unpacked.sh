#!/usr/bin/env bash
# unpacked.sh DIRECTORY ARCHITECTURE PACKAGE…: what is in packages of Debian, in that directory. Nothing is installed, and the machine's
# own lists of packages stay as they are.
set -euo pipefail
directory=$1 architecture=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial" "$directory"
own=(-o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o "Dir::State=$work"
  -o Dir::State::status=/dev/null -o "Dir::Cache=$work" -o APT::Sandbox::User=root)
(cd "$work" && apt-get "${own[@]}" update && apt-get "${own[@]}" download "$@") >&2
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$directory"; done
