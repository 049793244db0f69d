#!/bin/sh
# Installs kscli: one verified file in one directory. It needs no root, edits no shell file, and leaves the machine as
# it was whenever something fails. POSIX sh only. All of it is functions, so that a script cut on its way does nothing.
set -eu

# Where releases come from, and whose signature of SHA256SUMS counts: SSH keys, one a line. The build of a release writes
# its own in here. Until releases are published: a name that nobody can register, and nobody.
RELEASES='https://releases.kscli.invalid/latest'
SIGNERS=''

OK_NUMBER='[0-9][0-9]*'
OK_RELEASE="$OK_NUMBER\\.$OK_NUMBER\\.$OK_NUMBER"
OK_PLATFORM='[a-z][a-z]*-[a-z0-9][a-z0-9]*\(-musl\)\{0,1\}'

EXIT_OTHER=1 EXIT_MACHINE=2 EXIT_TOOL=3 EXIT_FETCH=4 EXIT_SUM=5 EXIT_PLACE=6 EXIT_START=7 EXIT_USAGE=64

# What main is given at the end has to be as much as the script was given: a last line cut to "main" must not count.
given=$#

# What clean_up has to undo: the private directory, a program that runs, and how many directories were made for dir.
# And for run: how long a file may get, in MiB, and what the program reads.
work='' running=no dir='' made=0 limit=256 input=/dev/null

usage() {
  cat <<'EOF'
Installs kscli, or replaces the one that is there.

Usage: install.sh [options]
       curl -fsSL <mirror>/install.sh | sh -s -- [options]

  --version V   the version to install                     (KSCLI_VERSION; else the highest release in SHA256SUMS)
  --url URL     the directory with SHA256SUMS and archives  (KSCLI_DOWNLOAD_URL: https://, http://, file:// or a path)
  --from PATH   the same, carried over: that directory, or an archive with SHA256SUMS beside it. No network is used
  --dir DIR     where kscli goes    (KSCLI_INSTALL_DIR; else ~/.local/bin, for root /usr/local/bin)
  --require-signature   install only what one of this script's signers signed (else a missing signature is a warning)
  --allow-downgrade     replace a newer kscli by an older one
  --dry-run     say what would be done and change nothing
  --uninstall   remove kscli from that directory; credentials and settings stay
  --quiet       print errors and warnings only
  --help        print this

KSCLI_CA_BUNDLE names a PEM file to trust for https instead of the system's certificates. Proxies are taken from
https_proxy, http_proxy and no_proxy, in small letters, which curl and wget both read. A flag goes before its variable.
http:// is used only where the URL says so, with a warning unless it is this machine. A pre-release is installed only
when --version names it. Where the same kscli is there already, it is downloaded, verified and compared, and the file
is left as it is.

Exit codes
  0    installed, already there, removed, or nothing to remove
  1    another failure
  2    this machine is not supported: system, processor or C library
  3    a needed tool is missing: curl or wget, tar, or one of sha256sum, shasum and openssl
  4    the release could not be fetched, or does not hold what was asked for
  5    a SHA-256 or a signature is wrong, or a required signature is missing; nothing of that file was used
  6    the directory cannot be written, is full, or holds another program called kscli, or a newer one
  7    the new kscli does not start here, or is not the version it should be; the old one stays
  64   wrong usage
  129, 130, 143   stopped by a signal
EOF
}

note() { [ "$quiet" = yes ] || printf '%s\n' "$1" >&2; }

warn() {
  printf 'Warning: %s\n' "$1" >&2
  shift
  say_lines "$@"
}

# die CODE WHAT [LINE]...
die() {
  die_code=$1
  printf 'Error: %s\n' "$2" >&2
  shift 2
  say_lines "$@"
  exit "$die_code"
}

say_lines() { for line in "$@"; do [ -z "$line" ] || printf '  %s\n' "$line" >&2; done; }

has() { command -v "$1" >/dev/null 2>&1; }

# --- what was asked for ---------------------------------------------------------------------------------------------

read_settings() {
  version=${KSCLI_VERSION-} url=${KSCLI_DOWNLOAD_URL-} dir=${KSCLI_INSTALL_DIR-} ca_bundle=${KSCLI_CA_BUNDLE-}
  from='' url_flag='' action=install dry_run=no quiet=no require_signature=no allow_downgrade=no
  while [ $# -gt 0 ]; do
    case $1 in
      --version=* | --url=* | --from=* | --dir=*) take_value "${1%%=*}" "${1#*=}" ;;
      --version | --url | --from | --dir)
        take_value "$1" "${2-}"
        shift ;;
      --dry-run) dry_run=yes ;;
      --require-signature) require_signature=yes ;;
      --allow-downgrade) allow_downgrade=yes ;;
      --uninstall) action=uninstall ;;
      --quiet | -q) quiet=yes ;;
      --help | -h) action=help ;;
      *) die "$EXIT_USAGE" "There is no option $1." 'Run install.sh --help to see the options.' ;;
    esac
    shift
  done
}

take_value() {
  [ -n "$2" ] || die "$EXIT_USAGE" "$1 needs a value." 'Run install.sh --help to see the options.'
  case $1 in
    --version) version=$2 ;;
    --url) url=$2 url_flag=yes ;;
    --from) from=$2 ;;
    --dir) dir=$2 ;;
  esac
}

check_version() {
  [ -n "$version" ] || return 0
  version=${version#v}
  printf '%s\n' "$version" | grep -q "^$OK_RELEASE\\(-[0-9A-Za-z][0-9A-Za-z.-]*\\)\\{0,1\\}\$" ||
    die "$EXIT_USAGE" "The version must look like 2.0.0, not: $version"
}

absolute() {
  # shellcheck disable=SC2088 # a ~ that the shell left alone, as in --dir=~/bin
  case $1 in
    '~/'*) printf '%s\n' "${HOME:?}/${1#'~/'}" ;;
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$PWD/$1" ;;
  esac
}

choose_directory() {
  case $dir:$(id -u 2>/dev/null) in
    :0) dir=/usr/local/bin ;;
    :*)
      [ -n "${HOME-}" ] || die "$EXIT_USAGE" 'HOME is not set, so there is no default directory.' 'Name one with --dir.'
      dir=$HOME/.local/bin ;;
  esac
  dir=$(absolute "$dir")
  while [ "$dir" != / ] && [ "${dir%/}" != "$dir" ]; do dir=${dir%/}; done
  target=${dir%/}/kscli
}

# Sets source (web or local), base, shown (base without a password) and, for one archive, only.
choose_source() {
  only='' source=web
  if [ -n "$from" ]; then
    [ -z "$url_flag" ] || die "$EXIT_USAGE" 'Give --url or --from, not both.'
    case $from in *://*) die "$EXIT_USAGE" '--from names a file or a directory. Use --url for an address.' ;; esac
    url=$(absolute "$from")
    [ -e "$url" ] || die "$EXIT_FETCH" "There is no $url."
    if [ ! -d "$url" ]; then
      only=${url##*/}
      url=${url%/*}
    fi
  fi
  base=${url:-$RELEASES}
  shown=$(printf '%s\n' "$base" | sed -e 's,//.*@,//***@,' -e 's,[?].*,?***,')
  case $base in
    https://* | http://*) check_address ;;
    file://*)
      source=local
      base=${base#file://}
      base=/${base#*/}
      decode_percents ;;
    *://*) die "$EXIT_USAGE" "$shown is neither https://, http://, file:// nor a path." ;;
    *) source=local base=$(absolute "$base") ;;
  esac
  while [ "${base%/}" != "$base" ]; do base=${base%/}; done
  [ "$source" = web ] || shown=$base
  while [ "${shown%/}" != "$shown" ]; do shown=${shown%/}; done
}

check_address() {
  case $base in
    *[[:space:]\"\'\\]*) die "$EXIT_USAGE" "$shown holds a character that no URL has." 'Write it as %XX.' ;;
    *[?#]*) die "$EXIT_USAGE" "$shown must be a directory, without ? or #." ;;
  esac
  case $base in https://*) return 0 ;; esac
  host=${base#http://}
  host=${host%%/*}
  host=${host##*@}
  host=${host%:"${host##*[!0-9]}"}
  case $host in
    localhost | '[::1]') return 0 ;;
    *[!0-9.]*) ;;
    127.*.*.*) return 0 ;;
  esac
  warn "$shown is not encrypted." \
    'Who can change the archive on its way can change SHA256SUMS too. Use https where you can.'
}

# %XX becomes \0ooo, and all is decoded at once: half a character is more than yash can hold.
decode_percents() {
  rest=$(printf '%s\n' "$base" | sed 's/\\/\\\\/g') base=''
  while :; do
    case $rest in
      *%[0-9A-Fa-f][0-9A-Fa-f]*) ;;
      *) break ;;
    esac
    base=$base${rest%%'%'*}
    rest=${rest#*'%'}
    case $rest in
      [0-9A-Fa-f][0-9A-Fa-f]*)
        tail=${rest#??}
        base=$base\\0$(printf '%03o' "0x${rest%"$tail"}")
        rest=$tail ;;
      *) base=$base% ;;
    esac
  done
  base=$(printf '%b\n' "$base$rest")
}

# --- what this machine is -------------------------------------------------------------------------------------------

detect_platform() {
  has uname || die "$EXIT_TOOL" 'uname is missing, so this machine cannot be recognised.'
  kernel=$(uname -s) machine=$(uname -m)
  case $kernel in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    MINGW* | MSYS* | CYGWIN* | Windows*)
      die "$EXIT_MACHINE" "This script does not install on Windows ($kernel)." \
        'Unpack kscli-<version>-windows-x64.zip or -arm64.zip of the release into a directory on PATH.' ;;
    *)
      die "$EXIT_MACHINE" "There is no kscli for the system $kernel ($machine)." \
        'There is one for Linux, macOS and Windows.' ;;
  esac
  case $machine in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *)
      die "$EXIT_MACHINE" "There is no kscli for the processor $machine ($kernel)." \
        'There is one for 64-bit x86 (x86_64) and 64-bit ARM (aarch64, arm64).' ;;
  esac
  libc=''
  if [ "$os" = linux ]; then
    refuse_other_userlands
    detect_libc
  elif [ "$arch" = x64 ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then
    note 'This shell runs under Rosetta. The kscli for arm64 is the right one here.'
    arch=arm64
  fi
  platform=$os-$arch$libc
}

refuse_other_userlands() {
  [ "$(uname -o 2>/dev/null)" != Android ] || die "$EXIT_MACHINE" 'There is no kscli for Android.'
  bits=$(getconf LONG_BIT 2>/dev/null) || bits=''
  if [ -z "$bits" ]; then
    # Byte 4 of an ELF file is 1 for 32 bits. od reads itself, a program of this userland.
    class=$(od -An -tu1 -j4 -N1 /proc/self/exe 2>/dev/null) || class=''
    case $class in *1*) bits=32 ;; esac
  fi
  [ "$bits" != 32 ] ||
    die "$EXIT_MACHINE" "The kernel is 64-bit ($machine), but the programs here are 32-bit." \
      'There is no 32-bit kscli. A 64-bit system or container is needed.'
}

# The libc that rules here is the one of ldd: a machine of one libc may have the loader of the other for guests.
detect_libc() {
  said=$(ldd --version 2>&1 </dev/null) || :
  case $said in
    *musl*) libc=-musl ;;
    *GLIBC* | *GNU*) ;;
    *)
      exists_one /lib64/ld-linux-*.so.* /lib/ld-linux-*.so.* && return 0
      exists_one /lib/ld-musl-*.so.1 ||
        die "$EXIT_MACHINE" 'Neither glibc nor musl is here (no ldd, and no loader in /lib or /lib64).' \
          'kscli needs one of them.'
      libc=-musl ;;
  esac
}

exists_one() {
  for candidate in "$@"; do [ ! -e "$candidate" ] || return 0; done
  return 1
}

# --- tools ----------------------------------------------------------------------------------------------------------

choose_tools() {
  hasher=$(first_of sha256sum shasum openssl) ||
    die "$EXIT_TOOL" 'sha256sum, shasum and openssl are all missing, so the download cannot be verified.' \
      'Install one of them. Nothing is installed unverified.'
  has tar || die "$EXIT_TOOL" 'tar is missing, so the archive cannot be unpacked.' 'Install tar.'
  [ "$source" = web ] || return 0
  fetcher=$(first_of curl wget) ||
    die "$EXIT_TOOL" 'curl and wget are both missing, so nothing can be downloaded.' \
      'Install one of them, or carry the archive and SHA256SUMS over and use --from.'
  case $fetcher:$(wget --version 2>&1 </dev/null || :) in
    wget:*'GNU Wget'*) ;;
    wget:*) fetcher=small-wget ;;
  esac
  [ -z "$ca_bundle" ] || [ -r "$ca_bundle" ] ||
    die "$EXIT_USAGE" "The certificates in KSCLI_CA_BUNDLE cannot be read: $ca_bundle"
}

first_of() {
  for tool in "$@"; do has "$tool" && printf '%s\n' "$tool" && return 0; done
  return 1
}

# Runs a program and sets result. In the background, because only wait can be interrupted by a signal. No file that it
# writes gets longer than limit, in MiB (twice that where the shell is bash and counts in blocks of its own).
run() {
  running=yes
  (
    LC_ALL=C
    export LC_ALL
    # Both would make kscli something else than kscli.
    unset BUN_OPTIONS BUN_BE_BUN
    # shellcheck disable=SC3045 # where there is no -c there is no limit: a core file would stay behind
    ulimit -c 0 2>/dev/null || :
    ulimit -f $((limit * 2048)) 2>/dev/null || :
    exec "$@"
  ) >"$work/out" 2>"$work/err" <"$input" &
  result=0
  wait "$!" 2>/dev/null || result=$?
  running=no
}

# The last words of the program, fit for a terminal. Those of curl may be followed by a lecture on certificates.
last_words() {
  [ -s "$work/err" ] || return 0
  sed -e '/^[[:space:]]*$/d' -e 's,//[^ ]*@,//***@,g' -e '/^curl: /q' "$work/err" |
    tail -n 1 | tr -d '\000-\037\177' | cut -c 1-300
}

# Sets signal to what ended the program. Shells count from 128, 256 or 384; kill -l knows how this one does.
name_signal() {
  signal=''
  [ "$result" -le 128 ] || signal=$(kill -l "$result" 2>/dev/null) || signal=''
  signal=${signal#SIG}
}

die_if_too_large() {
  name_signal
  case $signal:$(cat "$work/err") in
    XFSZ:* | *'File too large'*)
      die "$EXIT_FETCH" "$1 is larger than $limit MiB, or than ulimit -f allows." 'Nothing of it was used.' ;;
  esac
}

sha256_of() {
  case $hasher in
    sha256sum) run sha256sum "$1" ;;
    shasum) run shasum -a 256 "$1" ;;
    openssl) run openssl dgst -sha256 -r "$1" ;;
  esac
  sum=''
  [ "$result" -ne 0 ] || read -r sum _ <"$work/out" || :
  # GNU puts a backslash before the sum of a file with an odd name.
  sum=${sum#\\}
  [ "${#sum}" -eq 64 ] || die "$EXIT_OTHER" "$hasher could not read $1." "$(last_words)"
}

# --- the private directory ------------------------------------------------------------------------------------------

prepare_work() {
  trap clean_up EXIT
  trap 'stop 129' HUP
  trap 'stop 130' INT
  trap 'stop 143' TERM
  if [ "$dry_run" = yes ]; then
    make_private "${TMPDIR:-/tmp}"
    return 0
  fi
  check_place
  missing=$dir
  while [ ! -d "$missing" ] && [ -n "$missing" ]; do
    made=$((made + 1))
    missing=${missing%/*}
  done
  said=$(mkdir -p "$dir" 2>&1) ||
    die "$EXIT_PLACE" "The directory $dir cannot be made." "${said##*: }" \
      'Choose another with --dir, or make it as a user who may.'
  make_private "$dir"
}

# A run that was killed could not clean up. Ours alone: what a link or another user puts there is none of our business.
remove_leftovers() {
  for leftover in "${1%/}"/.kscli-install.*.[1-3]; do
    pid=${leftover%.*}
    pid=${pid##*.}
    # shellcheck disable=SC3067 # all these shells know -O
    if [ -d "$leftover" ] && [ ! -h "$leftover" ] && [ -O "$leftover" ] &&
      { [ "$pid" = $$ ] || ! kill -0 "$pid" 2>/dev/null; }; then
      rm -rf "$leftover" 2>/dev/null || :
    fi
  done
}

make_private() {
  remove_leftovers "$1"
  for attempt in 1 2 3; do
    work=${1%/}/.kscli-install.$$.$attempt
    said=$(umask 077 && mkdir "$work" 2>&1) && return 0
    work=''
  done
  die "$EXIT_PLACE" "The directory $1 cannot be written." "${said##*: }" \
    'Choose another with --dir, or run this as a user who may write there.'
}

stop() {
  clean_up
  # mksh would take its exit code from a trap inside a trap.
  trap - EXIT
  exit "$1"
}

clean_up() {
  trap '' HUP INT TERM
  if [ "$running" = yes ]; then
    # The signal may have come before anything was started.
    set +u
    kill -KILL "$!" 2>/dev/null || :
    wait "$!" 2>/dev/null || :
  fi
  # More than once: in a trap, yash does not wait, and the dying program may still write a file.
  for attempt in 1 2 3 4 5 6 7 8 9; do
    [ -d "${work:-/none}" ] || break
    rm -rf "$work" 2>/dev/null || wait
  done
  while [ "$made" -gt 0 ]; do
    rmdir "$dir" 2>/dev/null || :
    dir=${dir%/*}
    made=$((made - 1))
  done
}

# What pip, pipx or uv put there belongs to them: their uninstall would take the new kscli away.
check_place() {
  [ ! -d "$target" ] || die "$EXIT_PLACE" "$target is a directory." 'Choose another place with --dir.'
  [ -f "$target" ] || return 0
  first=''
  read -r first 2>/dev/null <"$target" || :
  case $first in
    '#!'*python*)
      die "$EXIT_PLACE" "$target is a Python program, most likely the Python kscli." \
        'Remove it with the tool that installed it (pip, pipx or uv), or choose another place with --dir.' ;;
  esac
}

disk_full_hint() {
  free=$(df -Pk "${work%/*}" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9][0-9]*% .*/\1/p') || free=''
  [ -n "$free" ] || return 0
  [ "$free" -gt 250000 ] || printf 'There are %s KB free in %s. About 250000 are needed.\n' "$free" "${work%/*}"
}

# --- fetching -------------------------------------------------------------------------------------------------------

# fetch NAME: puts it into the private directory. SHA256SUMS.sig may be missing: then there is no such file there.
fetch() {
  http_status='' name=$1
  limit=256
  case $name in SHA256SUMS*) limit=1 ;; esac
  if [ "$source" = local ]; then
    [ -f "$base/$name" ] || is_optional ||
      die "$EXIT_FETCH" "There is no $name in $base." \
        'SHA256SUMS and the archive of the release must lie in one directory.'
    [ -f "$base/$name" ] || return 0
    [ -r "$base/$name" ] || die "$EXIT_FETCH" "$base/$name cannot be read." 'Run this as a user who may read it.'
    run cp "$base/$name" "$work/$name"
    die_if_too_large "$base/$name"
    [ "$result" -eq 0 ] ||
      die "$EXIT_PLACE" "$name could not be copied to ${work%/*}." "$(last_words)" "$(disk_full_hint)"
    return 0
  fi
  # The address goes by a private file: arguments can be seen by every user.
  case $fetcher in
    curl) fetch_with_curl ;;
    wget) fetch_with_wget ;;
    small-wget) fetch_with_small_wget ;;
  esac
  die_if_too_large "$shown/$name"
  if [ "$result" -ne 0 ]; then
    case $http_status in 404 | 410) is_optional || die_of_download ;; *) die_of_download ;; esac
    rm -f "$work/$name"
  fi
}

is_optional() { [ "$name" = SHA256SUMS.sig ]; }

fetch_with_curl() {
  printf 'url = "%s"\n' "$base/$name" >"$work/address"
  set -- -fsSL --connect-timeout 30 --speed-limit 1 --speed-time 60 --retry 2 --tlsv1.2
  case $base in
    https:*) set -- "$@" --proto '=https' ;;
    *) set -- "$@" --proto '=http,https' ;;
  esac
  [ -z "$ca_bundle" ] || set -- "$@" --cacert "$ca_bundle"
  run curl "$@" -o "$work/$name" -w '%{http_code}' -K "$work/address"
  read -r http_status <"$work/out" || :
}

fetch_with_wget() {
  printf '%s\n' "$base/$name" >"$work/address"
  set -- -nv --tries=2 --timeout=60
  case $base in https:*) set -- "$@" --secure-protocol=TLSv1_2 ;; esac
  [ -z "$ca_bundle" ] || set -- "$@" --ca-certificate="$ca_bundle"
  run wget "$@" -O "$work/$name" -i "$work/address"
  # wget has no way to refuse a redirect from https to http, but it names where the file came from.
  case $base in
    https:*) ! grep -q 'http://' "$work/err" || die_of_redirect ;;
  esac
  http_status=$(sed -n 's/.*ERROR \([0-9][0-9][0-9]\).*/\1/p' "$work/err" | tail -n 1)
}

# busybox: no options for TLS. Its own TLS checks no certificate and says so; with ssl_client (Alpine) it does.
fetch_with_small_wget() {
  [ -z "$ca_bundle" ] || export SSL_CERT_FILE="$ca_bundle"
  # No -T: with it, the wget of busybox 1.35 dies of a segmentation fault.
  case $base in
    https:*)
      run wget -S -O "$work/$name" "$base/$name"
      ! grep -q 'validation not implemented' "$work/err" ||
        die "$EXIT_TOOL" 'The wget here does not check certificates, so https means nothing with it.' \
          'Install curl or GNU wget, or carry the archive and SHA256SUMS over and use --from.'
      ! grep -qi '^ *location: *http:' "$work/err" || die_of_redirect ;;
    *) run wget -O "$work/$name" "$base/$name" ;;
  esac
  http_status=$(sed -n 's,.*HTTP/[0-9.]* \([0-9][0-9][0-9]\).*,\1,p' "$work/err" | tail -n 1)
}

die_of_redirect() {
  die "$EXIT_FETCH" "$shown/$name is sent on to an address without encryption." \
    'Nothing of it is used. Use another mirror.'
}

die_of_download() {
  what="$shown/$name could not be downloaded"
  hint='Try again later, or use another mirror.'
  case $http_status in
    404 | 410)
      reason="it is not there (HTTP $http_status)"
      hint='Check the address of the mirror, and that it holds this version.' ;;
    401 | 403 | 407)
      reason="access is refused (HTTP $http_status)" hint='Check the user name and password, or the proxy.' ;;
    [45]??) reason="the server answers HTTP $http_status" ;;
    *) explain_transport ;;
  esac
  [ "$base" != "$RELEASES" ] ||
    die "$EXIT_FETCH" "$what: $reason." 'The releases of kscli are not published there yet.' \
      'Use a mirror, a directory that holds SHA256SUMS and the archives:' \
      '  install.sh --url https://mirror.example.com/kscli' '  install.sh --from /media/kscli'
  words=$(last_words)
  die "$EXIT_FETCH" "$what: $reason." "$hint" "${words:+($words)}"
}

explain_transport() {
  hint='Check the address, the network and the proxy settings.'
  case $fetcher:$result:$(cat "$work/err") in
    curl:23:* | wget:3:* | *'No space left'*)
      die "$EXIT_PLACE" "$name could not be written in ${work%/*}." "$(last_words)" "$(disk_full_hint)" ;;
    curl:5:* | curl:6:*) reason='the name of the server is not known' ;;
    curl:7:*) reason='the server cannot be reached' ;;
    curl:1:*)
      reason='it is sent on to an address without encryption, or the protocol is unknown' hint='Use another mirror.' ;;
    curl:18:* | curl:52:* | curl:56:* | curl:92:*) reason='the connection was cut' hint='Try again.' ;;
    curl:28:*) reason='the server does not answer in time' hint='Try again, or use another mirror.' ;;
    curl:35:* | curl:51:* | curl:58:* | curl:59:* | curl:60:* | curl:77:* | curl:83:* | wget:5:*)
      reason='the connection is not trusted'
      hint="Name your company's certificates in KSCLI_CA_BUNDLE, a PEM file." ;;
    *)
      reason='the connection failed or was cut' full=$(disk_full_hint)
      hint=${full:-Check the address, the network and the proxy settings, and try again.} ;;
  esac
}

# --- the signature ------------------------------------------------------------------------------------------------------

# A wrong signature is fatal. A missing one, or nothing to verify it with, is a warning, unless it is required.
verify_signature() {
  if [ -z "$SIGNERS" ]; then
    [ "$require_signature" = no ] ||
      die "$EXIT_SUM" 'This install.sh knows no signer, so no signature can be required of it.' \
        'Use the install.sh of a signed release.'
    return 0
  fi
  if ! has ssh-keygen; then
    unsigned "$EXIT_TOOL" 'ssh-keygen is missing, so the signature of SHA256SUMS is not verified.' \
      'Install OpenSSH 8.1 or newer, for example the package openssh-client or openssh-keygen.'
    return 0
  fi
  fetch SHA256SUMS.sig
  if [ ! -f "$work/SHA256SUMS.sig" ]; then
    unsigned "$EXIT_SUM" "SHA256SUMS from $shown is not signed." 'There is no SHA256SUMS.sig beside it.'
    return 0
  fi
  printf '%s\n' "$SIGNERS" | sed 's/^/kscli-release /' >"$work/signers"
  input=$work/SHA256SUMS
  run ssh-keygen -Y verify -f "$work/signers" -I kscli-release -n kscli-release -s "$work/SHA256SUMS.sig"
  input=/dev/null
  [ "$result" -ne 0 ] || return 0
  case $(cat "$work/err") in
    *'unknown option'* | *'illegal option'* | *'nrecognized option'*)
      unsigned "$EXIT_TOOL" 'ssh-keygen here is too old to verify the signature of SHA256SUMS.' \
        'Install OpenSSH 8.1 or newer.' ;;
    *)
      die "$EXIT_SUM" "The signature of SHA256SUMS from $shown is wrong." "$(last_words)" \
        'It was exchanged, or signed by somebody whom this install.sh does not know. Nothing of it was used.' ;;
  esac
}

# unsigned CODE WHAT HINT
unsigned() {
  [ "$require_signature" = no ] || die "$@"
  printf 'Warning: %s\n' "$2" >&2
}

# --- the archive and its sum ----------------------------------------------------------------------------------------

# lines_for VERSION PLATFORM EXTENSION, all patterns: prints "sum name". What does not match to the letter is not there.
lines_for() {
  tr -d '\r' <"$work/SHA256SUMS" | sed -n "s/^\\([0-9a-f]\\{64\\}\\) [ *]\\(kscli-$1-$2\\.$3\\)\$/\\1 \\2/p"
}

# Of the versions in the input. A release is higher than its pre-releases, as ~ is higher than - for sort.
highest() { sed '/-/!s/$/~/' | LC_ALL=C sort -t. -k1,1n -k2,2n -k3,3n -k3,3 -k4,4n | tail -n 1 | tr -d '~'; }

# Sets version, archive, extension and wanted_sum.
choose_archive() {
  if [ -n "$only" ]; then
    use_named_archive
  elif [ -z "$version" ]; then
    version=$(lines_for "$OK_RELEASE" "$platform" 'tar\.[gx]z' | sed -e 's/^.* kscli-//' -e "s/-$platform\\.tar.*//" |
      highest)
  fi
  escaped=$(printf '%s\n' "${version:-none}" | sed 's/[.]/\\./g')
  found=''
  # gzip first: it unpacks several times faster than xz, and every tar has it.
  for try in gz xz; do
    # In yash, what for sets is gone after the loop.
    extension=$try
    [ -z "$only" ] || [ "$only" = "kscli-$version-$platform.tar.$extension" ] || continue
    found=$(lines_for "$escaped" "$platform" "tar\\.$extension" | sort -u)
    [ -z "$found" ] || break
  done
  [ -n "$found" ] || die_without_archive
  wanted_sum=${found%% *}
  archive=kscli-$version-$platform.tar.$extension
  [ "$found" = "$wanted_sum $archive" ] ||
    die "$EXIT_SUM" "SHA256SUMS lists $archive with more than one sum." "It is from $shown. It cannot be trusted."
}

use_named_archive() {
  asked=$version
  version=${only#kscli-}
  version=${version%-"$platform".tar.[gx]z}
  if [ "kscli-$version-$platform.tar.gz" != "$only" ] && [ "kscli-$version-$platform.tar.xz" != "$only" ]; then
    die "$EXIT_FETCH" "$only is not an archive of kscli for this machine." \
      "It should be kscli-<version>-$platform.tar.gz or .tar.xz, by the name that it has in the release."
  fi
  check_version
  [ -z "$asked" ] || [ "$asked" = "$version" ] || die "$EXIT_FETCH" "$only is not version $asked."
}

die_without_archive() {
  lists=$(lines_for "${OK_RELEASE}[0-9A-Za-z.-]*" "$OK_PLATFORM" '[a-z][a-z.]*' |
    sed 's/^.* /    /' | sort -u | head -n 40)
  lists=${lists#  }
  if [ -z "$lists" ]; then
    die "$EXIT_FETCH" "SHA256SUMS from $shown lists no archive of kscli." \
      'It may be a web page, as of a login or a proxy, or belong to something else.'
  fi
  hint=''
  case $platform:${version:-none}:$lists in
    *:none:*-"$platform".tar.*) hint='A pre-release is installed only when --version names it.' ;;
    darwin-x64:*) hint='Releases may come without macOS on Intel.' ;;
  esac
  [ -n "$only" ] && asked_for=$only || asked_for="kscli ${version:+$version }for $platform"
  die "$EXIT_FETCH" "SHA256SUMS from $shown does not list $asked_for." "$hint" 'It lists:' "$lists"
}

verify_archive() {
  sha256_of "$work/$archive"
  [ "$sum" = "$wanted_sum" ] ||
    die "$EXIT_SUM" "The SHA-256 of $archive from $shown is wrong." "It should be $wanted_sum" "and is        $sum" \
      'The file was cut short, damaged or exchanged. Nothing of it was used. Fetch it again.'
}

# To standard output: only the bytes of that one file come out, with no owner, mode, link or path of the archive's.
unpack() {
  if [ "$extension" = gz ]; then how=-xzOf; else how=-xJOf; fi
  run tar "$how" "$work/$archive" "kscli-$version-$platform/kscli"
  die_if_too_large "kscli in $archive"
  if [ "$result" -ne 0 ] || [ ! -s "$work/out" ]; then
    [ "$extension" != xz ] || has xz ||
      die "$EXIT_TOOL" "$archive could not be unpacked, and xz is missing." 'Install xz, or use the .tar.gz.'
    full=$(disk_full_hint)
    [ -z "$full" ] || die "$EXIT_PLACE" "kscli could not be unpacked in $dir." "$(last_words)" "$full"
    die "$EXIT_OTHER" "$archive could not be unpacked in $dir." "$(last_words)" \
      'Its sum is right, so look at tar, gzip and the disk.'
  fi
  mv "$work/out" "$work/kscli"
  chmod 755 "$work/kscli"
}

# --- does it start --------------------------------------------------------------------------------------------------

check_start() {
  run "$work/kscli" --version
  started=''
  [ "$result" -ne 0 ] || read -r started <"$work/out" || :
  case $started in
    "kscli $version" | "kscli $version ("*) return 0 ;;
  esac
  if [ "$result" -eq 0 ]; then
    started=$(printf '%s\n' "$started" | tr -d '\000-\037\177' | cut -c 1-200)
    die "$EXIT_START" "The new kscli does not say that it is version $version." \
      "It says: ${started:-nothing}" "$(what_stays)"
  fi
  explain_start
  die "$EXIT_START" "The new kscli does not start here: $reason." "$hint" "${words:+($words)}" "$(what_stays)"
}

what_stays() {
  if [ -e "$target" ]; then printf '%s is as it was.\n' "$target"; else printf 'Nothing was installed.\n'; fi
}

explain_start() {
  words=$(last_words)
  name_signal
  code=$result hint='Please report this with the output of: uname -a'
  reason="it ends with ${signal:+signal $signal, }exit code $code"
  case $os:$signal:$(cat "$work/err") in
    *libstdc++* | *libgcc_s*)
      reason='libstdc++ or libgcc is missing' words=''
      hint='On Alpine, as root: apk add libstdc++ libgcc. Then run this again.' ;;
    *GLIBC_*) reason='the C library of this system is too old' hint='kscli needs glibc 2.17 or newer.' ;;
    *:ILL:* | *'llegal instruction'*)
      reason='the processor is too old (illegal instruction)'
      hint='On x86_64, kscli needs SSE4.2: a processor made since 2009.' ;;
    darwin:KILL:*)
      reason='macOS stopped it, for its signature or its quarantine'
      hint='See the signature with: codesign -v. Company rules may also forbid programs that they do not know.' ;;
    *:KILL:*) reason='it was killed' hint='There may be too little memory. kscli needs 128 MiB.' ;;
    *ProcessFdQuotaExceeded*)
      reason='too few files may be open' words='' hint='kscli needs 64. See: ulimit -n' ;;
    *) explain_by_surroundings ;;
  esac
}

explain_by_surroundings() {
  # shellcheck disable=SC3045 # where there is no -v there is no limit
  memory=$(ulimit -v 2>/dev/null) || :
  case $memory in '' | *[!0-9]*) memory=500000 ;; esac
  if [ "$os" = linux ] && [ ! -e /proc/self ]; then
    reason='/proc is not mounted' words=''
    hint='kscli needs it. In a chroot, as root: mount -t proc proc /proc'
  elif [ "$memory" -lt 500000 ]; then
    reason="there are only $memory KB of address space" words='' hint='kscli needs 500000. See: ulimit -v'
  elif [ "$code" -eq 126 ] && ! may_run_programs; then
    reason="no program may run in $dir" words=''
    hint='The file system is mounted noexec, or a policy forbids it. Choose another place with --dir.'
  elif [ "$code" -eq 127 ]; then
    reason='its loader or a library is missing'
    hint="This is the kscli for $platform. Install the C library that it needs, or use an image that has it."
  fi
}

may_run_programs() {
  printf '#!/bin/sh\nexit 0\n' >"$work/probe"
  chmod 755 "$work/probe"
  run "$work/probe"
  [ "$result" -ne 126 ]
}

# --- the last steps -------------------------------------------------------------------------------------------------

put_in_place() {
  if [ -f "$target" ] && [ ! -h "$target" ] && [ -x "$target" ] && [ -r "$target" ]; then
    sha256_of "$work/kscli"
    new_sum=$sum
    sha256_of "$target"
    if [ "$sum" = "$new_sum" ]; then
      note "Already there, and the same to the byte: $started in $target"
      return 0
    fi
  fi
  run mv -f "$work/kscli" "$target"
  [ "$result" -eq 0 ] || die "$EXIT_PLACE" "$target could not be replaced." "$(last_words)" 'The old one stays.'
  made=0
  note "Installed $started as $target"
}

# An old release is as well signed as a new one: who can choose what is served must not choose an old fault with it. The
# old kscli is run to learn its version, unless somebody else put it there.
refuse_downgrade() {
  # shellcheck disable=SC3067 # all these shells know -O
  [ -f "$target" ] && [ -x "$target" ] && [ -O "$target" ] || return 0
  run "$target" --version
  old=$(sed -n "1s/^kscli \(${OK_RELEASE}[0-9A-Za-z.-]*\)\( .*\)\{0,1\}\$/\1/p" "$work/out")
  [ "${old:-$version}" = "$version" ] || [ "$(printf '%s\n' "$old" "$version" | highest)" = "$version" ] ||
    [ "$allow_downgrade" = yes ] ||
    die "$EXIT_PLACE" "kscli $old is there, and $version is older." 'To install it all the same, add --allow-downgrade.'
}

# --- the receipt ----------------------------------------------------------------------------------------------------

# What kscli upgrade goes by, beside the config file: which file came from where, and whose signature counts for the next.
name_receipt() {
  config=${KSCLI_CONFIG:-${HOME:+$HOME/.config/kscli/config.json}}
  receipt=''
  [ -z "$config" ] || receipt=$(absolute "$config")
  receipt=${receipt:+${receipt%/*}/kscli.receipt.json}
}

# Not in the home of somebody else, as under sudo. Without it kscli works as well: it is upgraded by this script.
write_receipt() {
  name_receipt
  # shellcheck disable=SC3067 # all these shells know -O
  [ -n "$receipt" ] && [ -O "${HOME:-$work}" ] || return 0
  sha256_of "$target"
  signers=$(printf '%s' "$SIGNERS" | sed -e 's/["\\]/\\&/g' -e 's/.*/"&"/' | tr '\n' ',')
  {
    printf '{\n  "version": "%s",\n  "path": "%s",\n' "$version" "$(in_json "$dir/kscli")"
    printf '  "source": "%s",\n  "sha256": "%s",\n  "signers": [%s]\n}\n' "$(in_json "$(printf '%s\n' "$base" | sed 's,//[^/]*@,//,')")" "$sum" "${signers%,}"
  } >"$work/receipt"
  if (umask 077 && mkdir -p "${receipt%/*}" && cp "$work/receipt" "$receipt.$$" && mv -f "$receipt.$$" "$receipt") 2>/dev/null
  then return 0; fi
  rm -f "$receipt.$$" 2>/dev/null
  warn "$receipt could not be written." 'kscli upgrade will not know where this kscli came from.'
}

in_json() { printf '%s\n' "$1" | tr -d '\000-\037' | sed 's/["\\]/\\&/g'; }

# Says what stands between the user and the new kscli: another one earlier on PATH, or a PATH without the directory.
look_at_path() {
  here=$(cd -P -- "$dir" && pwd -P) on_path=no other='' rest=${PATH-}:
  while [ -n "$rest" ]; do
    entry=${rest%%:*}
    rest=${rest#*:}
    [ -n "$entry" ] || entry=.
    if [ "$(cd -P -- "$entry" 2>/dev/null && pwd -P)" = "$here" ]; then
      on_path=yes
      break
    fi
    [ -n "$other" ] || [ ! -f "$entry/kscli" ] || [ ! -x "$entry/kscli" ] || other=$entry/kscli
  done
  [ -z "$other" ] ||
    warn "Another kscli comes first on PATH: $other" "It runs instead of $target. Remove it, or put $dir before it."
  [ "$on_path" = yes ] || say_path_line
}

say_path_line() {
  case $dir in
    *[!A-Za-z0-9/._+@%,-]*) quoted=$(printf '%s\n' "$dir" | sed -e "s/'/'\\\\''/g" -e "s/^/'/" -e "s/\$/'/") ;;
    *) quoted=$dir ;;
  esac
  line="export PATH=$quoted:\"\$PATH\""
  case ${SHELL-}:$os in
    */fish:*) file='' line="fish_add_path $quoted" ;;
    */zsh:*) file=.zshrc ;;
    */bash:darwin) file=.bash_profile ;;
    */bash:*) file=.bashrc ;;
    *) file=.profile ;;
  esac
  how='Run this once:'
  [ -z "$file" ] || how="Add this line to ~/$file and open a new shell:"
  note "$dir is not on PATH. $how"
  note "  $line"
}

say_plan() {
  [ "$quiet" = no ] || return 0
  if [ -e "$target" ]; then there='replaces the one there'; else there='new'; fi
  printf '%s\n' "Would install kscli $version for $platform" "  from     $shown" "  archive  $archive" \
    "  sha256   $wanted_sum" "  as       $target ($there)" 'Nothing was changed.'
}

install_kscli() {
  check_version
  choose_directory
  choose_source
  detect_platform
  choose_tools
  prepare_work
  fetch SHA256SUMS
  verify_signature
  choose_archive
  check_place
  refuse_downgrade
  if [ "$dry_run" = yes ]; then
    say_plan
    return 0
  fi
  note "Fetching $archive from $shown"
  fetch "$archive"
  verify_archive
  unpack
  check_start
  put_in_place
  write_receipt
  look_at_path
}

uninstall_kscli() {
  choose_directory
  check_place
  [ "$dry_run" = yes ] || remove_leftovers "$dir"
  if [ ! -e "$target" ] && [ ! -h "$target" ]; then
    note "There is no kscli in $dir. Nothing was removed."
    return 0
  fi
  credentials=${KSCLI_CREDENTIALS_PATH:-/tmp/kscli/.credentials}
  [ ! -d "$credentials" ] || credentials=${credentials%/}/.credentials
  [ ! -e "$credentials" ] ||
    warn "Credentials remain in $credentials." \
      'kscli logout removes them. Where kscli is gone, delete that file yourself.'
  if [ "$dry_run" = yes ]; then
    [ "$quiet" = yes ] || printf '%s\n' "Would remove $target" 'Nothing was changed.'
    return 0
  fi
  said=$(rm -f "$target" "$target.previous" 2>&1) ||
    die "$EXIT_PLACE" "$target cannot be removed." "${said##*: }" 'Run this as a user who may.'
  name_receipt
  [ -z "$receipt" ] || ! grep -qF "\"path\": \"$(in_json "$dir/kscli")\"" "$receipt" 2>/dev/null || rm -f "$receipt"
  note "Removed $target"
}

main() {
  [ "$#" -eq "$given" ] || exit "$EXIT_USAGE"
  # zsh would run an EXIT trap at the end of the function that sets it.
  [ -z "${ZSH_VERSION-}" ] || emulate sh
  quiet=no
  unset CDPATH
  read_settings "$@"
  case $action in
    help) usage ;;
    install) install_kscli ;;
    uninstall) uninstall_kscli ;;
  esac
}

main "$@"
