#!/bin/sh
# Installs kscli: one verified file in one directory. It needs no root, edits no shell file, and leaves the machine as
# it was whenever something fails. Read it from the top: what can be asked for, the list of the steps, each step in its
# order, what the steps share, and at the end what is said of failures.
# POSIX sh only. All of it is functions, so that a script cut on its way does nothing.
# shellcheck disable=SC3013,SC3045,SC3067 # all these shells know -ef, -O and ulimit -c
set -eu

# Where releases come from, and whose signature of SHA256SUMS counts: SSH keys, one a line. The build of a release
# writes its own in here. Empty: no such place is known, and nobody.
RELEASES=''
SIGNERS=''

usage() {
  cat <<'EOF'
Installs kscli, or replaces the one that is there.

Usage: install.sh [options]
       curl -fsSL <mirror>/install.sh | sh -s -- [options]

  --version V   the version to install                      (KSCLI_VERSION; else the highest release in SHA256SUMS)
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
https_proxy, http_proxy and no_proxy, in small letters. http:// is used only where the URL says so, with a warning
unless it is this machine. A flag goes before its variable. A pre-release is installed only when --version names it.

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

# --- the steps ------------------------------------------------------------------------------------------------------

main() {
  [ "$#" -eq "$given" ] || exit 64
  # zsh would run an EXIT trap at the end of the function that sets it.
  [ -z "${ZSH_VERSION-}" ] || emulate sh
  unset CDPATH
  read_settings "$@"
  choose_paths
  "$action"
}

install_kscli() {
  choose_source    # a mirror or a directory
  detect_platform  # linux-x64, darwin-arm64 and so on
  choose_tools     # curl or wget, and what computes SHA-256
  check_place      # nothing is replaced but an earlier kscli
  prepare_work     # a private directory near it, gone at the end
  fetch SHA256SUMS # before anything else
  verify_signature # of SHA256SUMS, by one of the SIGNERS
  choose_archive   # a line of SHA256SUMS
  refuse_downgrade # unless it is allowed
  if [ "$dry_run" = yes ]; then
    say_plan
    return 0
  fi
  note "Fetching $archive from $shown"
  fetch "$archive"
  verify_archive   # by its sum
  unpack           # that one file, into the private directory
  check_start      # it has to say its version
  put_in_place     # by a rename: nobody ever sees half of it
  write_receipt    # for kscli upgrade
  look_at_path     # is it the kscli that will run?
}

uninstall_kscli() {
  check_place
  [ "$dry_run" = yes ] || remove_leftovers "$dir"
  if [ ! -e "$target" ] && [ ! -h "$target" ]; then
    note "There is no kscli in $dir. Nothing was removed."
    return 0
  fi
  credentials=${KSCLI_CREDENTIALS_PATH:-/tmp/kscli/.credentials}
  [ ! -d "$credentials" ] || credentials=${credentials%/}/.credentials
  [ ! -e "$credentials" ] ||
    warn "Credentials remain in $credentials." 'kscli logout removes them. Or delete that file yourself.'
  if [ "$dry_run" = yes ]; then
    [ "$quiet" = yes ] || printf '%s\n' "Would remove $target" 'Nothing was changed.'
    return 0
  fi
  said=$(rm -f "$target" "$target.previous" 2>&1) ||
    die 6 "$target cannot be removed." "${said##*: }" 'Run this as a user who may.'
  ! grep -qF "\"path\": \"$(in_json "$target")\"" "${receipt:-/dev/null}" 2>/dev/null || rm -f "$receipt"
  note "Removed $target"
}

# --- what was asked for ---------------------------------------------------------------------------------------------

read_settings() {
  version=${KSCLI_VERSION-} url=${KSCLI_DOWNLOAD_URL-} dir=${KSCLI_INSTALL_DIR-} ca_bundle=${KSCLI_CA_BUNDLE-}
  from='' url_flag='' action=install_kscli dry_run=no quiet=no require_signature=no allow_downgrade=no
  while [ $# -gt 0 ]; do
    option=$1
    case $1 in
      --version | --url | --from | --dir)
        option=$1=${2-}
        [ $# -eq 1 ] || shift ;;
    esac
    case $option in
      --version=?*) version=${option#*=} ;;
      --url=?*) url=${option#*=} url_flag=yes ;;
      --from=?*) from=${option#*=} ;;
      --dir=?*) dir=${option#*=} ;;
      --version= | --url= | --from= | --dir=)
        die 64 "${option%=} needs a value." 'Run install.sh --help to see the options.' ;;
      --require-signature) require_signature=yes ;;
      --allow-downgrade) allow_downgrade=yes ;;
      --dry-run) dry_run=yes ;;
      --uninstall) action=uninstall_kscli ;;
      --quiet | -q) quiet=yes ;;
      --help | -h)
        usage
        exit ;;
      *) die 64 "There is no option $1." 'Run install.sh --help to see the options.' ;;
    esac
    shift
  done
  version=${version#v}
  [ -z "$version" ] || printf '%s\n' "$version" | grep -q "^$OK_VERSION\$" ||
    die 64 "The version must look like 2.0.0, not: $version"
}

# Sets target, and receipt: it lies beside the config file.
choose_paths() {
  if [ -z "$dir" ] && [ "$(id -u 2>/dev/null)" = 0 ]; then dir=/usr/local/bin; fi
  [ -n "$dir${HOME-}" ] || die 64 'HOME is not set, so there is no default directory.' 'Name one with --dir.'
  dir=$(absolute "${dir:-$HOME/.local/bin}")
  target=${dir%/}/kscli
  receipt=${KSCLI_CONFIG:-${HOME:+$HOME/.config/kscli/config.json}}
  [ -z "$receipt" ] || receipt=$(absolute "$receipt")
  receipt=${receipt:+${receipt%/*}/kscli.receipt.json}
}

# Sets base to the URL of a mirror or to a directory, shown to base without a password and, for one archive, only.
choose_source() {
  [ -z "$from" ] || [ -z "$url_flag" ] || die 64 'Give --url or --from, not both.'
  case $from in *://*) die 64 '--from names a file or a directory. Use --url for an address.' ;; esac
  base=$(printf '%s\n' "${from:-${url:-$RELEASES}}" | sed 's,\(.\)/*$,\1,') only='' fetcher=''
  case $base in *%*) ;; file://*/*) base=/${base#file://*/} ;; esac
  shown=$(printf '%s\n' "$base" | sed -e 's,//.*@,//***@,' -e 's,[?].*,?***,')
  case $base in
    '')
      die 4 'This install.sh knows no place where releases are.' \
        'Name a mirror, a directory that holds SHA256SUMS and the archives:' \
        '  install.sh --url https://mirror.example.com/kscli' '  install.sh --from /media/kscli' ;;
    http://* | https://*) check_address ;;
    file://*%*) die 64 "$shown holds a %. Give the path itself, without file://." ;;
    *://*) die 64 "$shown is neither https://, http://, file:// nor a path." ;;
    *)
      fetcher=cp base=$(absolute "$base")
      [ -e "$base" ] || die 4 "There is no $base."
      [ -d "$base" ] || only=${base##*/}
      base=$(absolute "${base%"$only"}")
      shown=$base ;;
  esac
}

check_address() {
  case $base in
    *[[:space:]\"\'\\]*) die 64 "$shown holds a character that no URL has." 'Write it as %XX.' ;;
    *[?#]*) die 64 "$shown must be a directory, without ? or #." ;;
    https://*) return 0 ;;
  esac
  this_machine='(localhost|\[::1\]|127\.[0-9]+\.[0-9]+\.[0-9]+)'
  printf '%s\n' "$base" | grep -Eq "^http://([^/]*@)?$this_machine(:[0-9]+)?(/|\$)" || warn "$shown is not encrypted." \
    'Who can change the archive on its way can change SHA256SUMS too. Use https where you can.'
}

# --- what this machine is and has -----------------------------------------------------------------------------------

detect_platform() {
  for tool in uname tar; do has "$tool" || die 3 "$tool is missing." "Install $tool."; done
  kernel=$(uname -s) machine=$(uname -m)
  case $kernel-$machine in
    Linux-x86_64 | Linux-amd64) platform=linux-x64 ;;
    Linux-aarch64 | Linux-arm64) platform=linux-arm64 ;;
    Darwin-arm64 | Darwin-aarch64) platform=darwin-arm64 ;;
    Darwin-x86_64 | Darwin-amd64)
      platform=darwin-x64
      # Under Rosetta, this shell alone is for Intel.
      [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" != 1 ] || platform=darwin-arm64 ;;
    MINGW* | MSYS* | CYGWIN* | Windows*)
      die 2 "This script does not install on Windows ($kernel)." 'Unpack the .zip of the release and put it on PATH.' ;;
    Linux-* | Darwin-*)
      die 2 "There is no kscli for the processor $machine ($kernel)." 'There is one for 64-bit x86 and 64-bit ARM.' ;;
    *) die 2 "There is no kscli for the system $kernel ($machine)." 'There is one for Linux, macOS and Windows.' ;;
  esac
  case $platform in linux-*) detect_userland ;; esac
}

detect_userland() {
  [ "$(uname -o 2>/dev/null)" != Android ] || die 2 'There is no kscli for Android.'
  # Without getconf: byte 4 of an ELF file is 1 for 32 bits. od reads itself, a program of this userland.
  case $(getconf LONG_BIT 2>/dev/null || od -An -tu1 -j4 -N1 /proc/self/exe 2>/dev/null) in
    *32 | *' 1') die 2 'The programs here are 32-bit, the kernel is not.' 'kscli needs a 64-bit system or container.' ;;
  esac
  # The libc that rules here is the one of ldd: a machine of one libc may have the loader of the other for guests.
  said=$(
    ldd --version 2>&1 </dev/null
    ls /lib64/ld-linux-*.so.* /lib/ld-linux-*.so.* 2>/dev/null
    ls /lib/ld-musl-*.so.1 2>/dev/null
  ) || :
  case $(printf '%s\n' "$said" | grep -E 'musl|GLIBC|GNU|ld-linux' | head -n 1) in
    *musl*) platform=$platform-musl ;;
    '') die 2 'Neither glibc nor musl is here: no ldd, and no loader in /lib or /lib64.' 'kscli needs one of them.' ;;
  esac
}

choose_tools() {
  other_ways='Install curl or GNU wget, or carry the archive and SHA256SUMS over and use --from.'
  # openssl first: it is three times as fast.
  hasher=$(first_of openssl sha256sum shasum) ||
    die 3 'sha256sum, shasum and openssl are all missing.' 'Install one of them. Nothing is installed unverified.'
  [ -z "$fetcher" ] || return 0
  fetcher=$(first_of curl wget) || die 3 'curl and wget are both missing.' "$other_ways"
  case $fetcher:$(wget --version 2>&1 </dev/null || :) in
    curl:* | *'GNU Wget'*) ;;
    *) fetcher=small_wget ;;
  esac
  [ -z "$ca_bundle" ] || [ -r "$ca_bundle" ] ||
    die 64 "The certificates in KSCLI_CA_BUNDLE cannot be read: $ca_bundle"
}

# --- the directory --------------------------------------------------------------------------------------------------

# What pip, pipx or uv put there belongs to them: their uninstall would take the new kscli away.
check_place() {
  [ ! -d "$target" ] || die 6 "$target is a directory." 'Choose another place with --dir.'
  first=''
  [ ! -f "$target" ] || read -r first 2>/dev/null <"$target" || :
  case $first in
    '#!'*python*)
      die 6 "$target is a Python program, most likely the Python kscli." \
        'Remove it with the tool that installed it (pip, pipx or uv), or choose another place with --dir.' ;;
  esac
}

# On the file system of the directory, so that kscli gets there by a rename. The directory itself is made at the end.
prepare_work() {
  trap clean_up EXIT
  trap 'clean_up 129' HUP
  trap 'clean_up 130' INT
  trap 'clean_up 143' TERM
  near=$dir
  [ "$dry_run" = no ] || near=$(absolute "${TMPDIR:-/tmp}")
  while [ -n "$near" ] && [ ! -e "$near" ]; do near=${near%/*}; done
  remove_leftovers "$near"
  work=${near%/}/.kscli-install.$$
  said=$(umask 077 && mkdir "$work" 2>&1) && return 0
  work=''
  die 6 "The directory ${near:-/} cannot be written." "${said##*: }" \
    'Choose another with --dir, or run this as a user who may write there.'
}

# A run that was killed could not clean up. Ours alone: what a link or another user puts there is none of our business.
remove_leftovers() {
  for leftover in "${1%/}"/.kscli-install.[0-9]*; do
    pid=${leftover##*.}
    if [ -d "$leftover" ] && [ ! -h "$leftover" ] && [ -O "$leftover" ] &&
      { [ "$pid" = $$ ] || ! kill -0 "$pid" 2>/dev/null; }; then
      rm -rf "$leftover" 2>/dev/null || :
    fi
  done
}

# clean_up [EXIT CODE]
clean_up() {
  trap '' HUP INT TERM
  if [ "$running" = yes ]; then
    # The signal may have come before anything was started.
    set +u
    kill -KILL "$!" 2>/dev/null || :
    wait "$!" 2>/dev/null || :
  fi
  # More than once: in a trap, yash does not wait, and the dying program may still write a file.
  for _ in 1 2 3 4 5 6 7 8 9; do
    [ -d "${work:-/none}" ] || break
    rm -rf "$work" 2>/dev/null || wait
  done
  # mksh would take its exit code from a trap inside a trap.
  trap - EXIT
  [ $# -eq 0 ] || exit "$1"
}

# --- fetching -------------------------------------------------------------------------------------------------------

# fetch NAME: puts it into the private directory. SHA256SUMS.sig may be missing: then there is no such file there.
fetch() {
  name=$1 limit=256
  case $name in SHA256SUMS*) limit=1 ;; esac
  "fetch_by_$fetcher"
  case $base in
    # No wget refuses to go on without encryption, but each names where it goes.
    https:*)
      ! grep -Eqi '(location: *|url: *|^)http:' "$work/err" ||
        die 4 "$shown/$name leads to an address without encryption." 'Nothing of it is used. Use another mirror.' ;;
  esac
  [ "$result" -ne 0 ] || return 0
  answer=$(sed -nE 's,.*(ERROR|error:|response|code|HTTP/[0-9.]+) ([0-9]{3}).*,\2,p' "$work/err" | tail -n 1)
  [ "$fetcher" != cp ] || [ -f "$base/$name" ] || answer=404
  case $name:$answer in
    SHA256SUMS.sig:404 | SHA256SUMS.sig:410) rm -f "$work/$name" ;;
    *) explain_fetch ;;
  esac
}

fetch_by_cp() { run cp "$base/$name" "$work/$name"; }

# The address goes by a private file: arguments can be seen by every user.
fetch_by_curl() {
  printf 'url = "%s"\n' "$base/$name" >"$work/address"
  set -- -fsSL --connect-timeout 30 --speed-limit 1 --speed-time 60 --retry 2 --tlsv1.2 --proto "=${base%%:*},https"
  [ -z "$ca_bundle" ] || set -- "$@" --cacert "$ca_bundle"
  run curl "$@" -o "$work/$name" -K "$work/address"
}

fetch_by_wget() {
  printf '%s\n' "$base/$name" >"$work/address"
  set -- -nv --tries=2 --timeout=60
  case $base in https:*) set -- "$@" --secure-protocol=TLSv1_2 ;; esac
  [ -z "$ca_bundle" ] || set -- "$@" --ca-certificate="$ca_bundle"
  run wget "$@" -O "$work/$name" -i "$work/address"
}

# busybox: no options for TLS. Its own TLS checks no certificate and says so; with ssl_client (Alpine) it does.
fetch_by_small_wget() {
  [ -z "$ca_bundle" ] || export SSL_CERT_FILE="$ca_bundle"
  case $base in https:*) set -- -S ;; esac
  # No -T: with it, the wget of busybox 1.35 dies of a segmentation fault.
  run wget "$@" -O "$work/$name" "$base/$name"
  ! grep -q 'validation not implemented' "$work/err" ||
    die 3 'The wget here does not check certificates, so https means nothing with it.' "$other_ways"
}

# --- what may be believed -------------------------------------------------------------------------------------------

# A wrong signature is fatal. A missing one, or nothing to verify it with, is a warning, unless it is required.
verify_signature() {
  if [ -z "$SIGNERS" ]; then
    [ "$require_signature" = no ] ||
      die 5 'This install.sh knows no signer, so no signature can be required of it.' \
        'Use the install.sh of a signed release.'
    return 0
  fi
  new_openssh='Install OpenSSH 8.1 or newer, for example the package openssh-client or openssh-keygen.'
  ! has ssh-keygen || fetch SHA256SUMS.sig
  if ! has ssh-keygen; then
    unsigned 3 'ssh-keygen is missing, so the signature of SHA256SUMS is not verified.' "$new_openssh"
  elif [ ! -f "$work/SHA256SUMS.sig" ]; then
    unsigned 5 "SHA256SUMS from $shown is not signed." 'There is no SHA256SUMS.sig beside it.'
  else
    printf '%s\n' "$SIGNERS" | sed 's/^/kscli-release /' >"$work/signers"
    input=$work/SHA256SUMS
    run ssh-keygen -Y verify -f "$work/signers" -I kscli-release -n kscli-release -s "$work/SHA256SUMS.sig"
    [ "$result" -eq 0 ] || explain_signature
  fi
}

# unsigned CODE WHAT HINT
unsigned() {
  [ "$require_signature" = no ] || die "$@"
  warn "$2"
}

OK_RELEASE='[0-9]\{1,\}\.[0-9]\{1,\}\.[0-9]\{1,\}'
OK_VERSION="$OK_RELEASE\\(-[0-9A-Za-z][0-9A-Za-z.-]*\\)\\{0,1\\}"
OK_PLATFORM='[a-z]\{1,\}-[a-z0-9]\{1,\}\(-musl\)\{0,1\}'

# Prints "sum name" for each archive of kscli in SHA256SUMS. What does not match to the letter is not there.
list_archives() {
  tr -d '\r' <"$work/SHA256SUMS" | sort -u |
    sed -n "s/^\\([0-9a-f]\\{64\\}\\) [ *]\\(kscli-$OK_VERSION-$OK_PLATFORM\\.[a-z][a-z.]*\\)\$/\\1 \\2/p"
}

# Of the versions in the input. A release is higher than its pre-releases, as ~ is higher than - for sort.
highest() { sed '/-/!s/$/~/' | LC_ALL=C sort -t. -k1,1n -k2,2n -k3,3n -k3,3 -k4,4n | tail -n 1 | tr -d '~'; }

# Sets version, archive and wanted_sum. Not .tar.xz: gzip unpacks several times faster, and every tar has it.
choose_archive() {
  if [ -n "$only" ]; then
    asked=$version
    version=${only#kscli-}
    version=${version%-"$platform".tar.gz}
    [ "$only" = "kscli-$version-$platform.tar.gz" ] ||
      die 4 "$only is not an archive of kscli for this machine." \
        "It should be kscli-<version>-$platform.tar.gz, by the name that it has in the release."
    [ "${asked:-$version}" = "$version" ] || die 4 "$only is not version $asked."
  elif [ -z "$version" ]; then
    version=$(list_archives | sed -n "s/.* kscli-\\($OK_RELEASE\\)-$platform\\.tar\\.gz\$/\\1/p" | highest)
  fi
  archive=kscli-$version-$platform.tar.gz
  wanted_sum=$(list_archives | while read -r a_sum a_name; do [ "$a_name" != "$archive" ] || echo "$a_sum"; done)
  [ -n "$wanted_sum" ] || explain_no_archive
  [ "${#wanted_sum}" -eq 64 ] ||
    die 5 "SHA256SUMS lists $archive with more than one sum." "It is from $shown. It cannot be trusted."
}

# An old release is as well signed as a new one: who can choose what is served must not choose an old fault with it.
# The old kscli is run to learn its version, unless somebody else put it there.
refuse_downgrade() {
  [ -f "$target" ] && [ -x "$target" ] && [ -O "$target" ] || return 0
  run "$target" --version
  old=$(sed -n "1s/^kscli \\($OK_VERSION\\)\\( .*\\)\\{0,1\\}\$/\\1/p" "$work/out")
  [ "${old:-$version}" = "$version" ] || [ "$(printf '%s\n' "$old" "$version" | highest)" = "$version" ] ||
    [ "$allow_downgrade" = yes ] ||
    die 6 "kscli $old is there, and $version is older." 'To install it all the same, add --allow-downgrade.'
}

say_plan() {
  [ "$quiet" = no ] || return 0
  if [ -e "$target" ]; then there='replaces the one there'; else there='new'; fi
  printf '%s\n' "Would install kscli $version for $platform" "  from     $shown" "  archive  $archive" \
    "  sha256   $wanted_sum" "  as       $target ($there)" 'Nothing was changed.'
}

verify_archive() {
  take_sum "$work/$archive"
  [ "$sum" = "$wanted_sum" ] ||
    die 5 "The SHA-256 of $archive from $shown is wrong." "It should be $wanted_sum" "and is        $sum" \
      'The file was cut short, damaged or exchanged. Nothing of it was used. Fetch it again.'
}

# --- the new kscli --------------------------------------------------------------------------------------------------

# To standard output: only the bytes of that one file come out, with no owner, mode, link or path of the archive's.
unpack() {
  run tar -xzOf "$work/$archive" "kscli-$version-$platform/kscli"
  [ "$result" -eq 0 ] || explain_unpack
  [ -s "$work/out" ] || explain_unpack
  mv "$work/out" "$work/kscli"
  chmod 755 "$work/kscli"
}

check_start() {
  run "$work/kscli" --version
  [ "$result" -eq 0 ] || explain_start
  started=$(head -n 1 "$work/out" | tr -d '\000-\037\177' | cut -c 1-200)
  case $started in
    "kscli $version" | "kscli $version ("*) ;;
    *) die 7 "The new kscli does not say that it is $version, but: ${started:-nothing}" 'Nothing was changed.' ;;
  esac
}

put_in_place() {
  take_sum "$work/kscli"
  if [ -x "$target" ] && [ ! -h "$target" ] && cmp -s "$work/kscli" "$target" 2>/dev/null; then
    note "Already there, and the same to the byte: $started in $target"
    return 0
  fi
  said=$(mkdir -p "$dir" 2>&1) || die 6 "The directory $dir cannot be made." "${said##*: }" 'Choose another with --dir.'
  run mv -f "$work/kscli" "$target"
  [ "$result" -eq 0 ] || die 6 "$target could not be replaced." "$(last_words)" 'The old one stays.'
  note "Installed $started as $target"
}

# Which file came from where, and whose signature counts for the next. Not in the home of somebody else, as under sudo.
# Without a receipt kscli works as well, but it is upgraded by this script.
write_receipt() {
  [ -n "$receipt" ] && [ -O "${HOME:-$work}" ] || return 0
  source=$(printf '%s\n' "$base" | sed 's,//[^/]*@,//,')
  signers=$(printf '%s' "$SIGNERS" | sed -e 's/["\\]/\\&/g' -e 's/.*/"&"/' | tr '\n' ',')
  printf '{\n  "version": "%s",\n  "path": "%s",\n  "source": "%s",\n  "sha256": "%s",\n  "signers": [%s]\n}\n' \
    "$version" "$(in_json "$target")" "$(in_json "$source")" "$sum" "${signers%,}" >"$work/receipt"
  umask 077
  new=$receipt.$$
  if ! { mkdir -p "${receipt%/*}" && cp "$work/receipt" "$new" && mv -f "$new" "$receipt"; } 2>/dev/null; then
    rm -f "$new" 2>/dev/null || :
    warn "$receipt could not be written." 'kscli upgrade will not know where this kscli came from.'
  fi
}

# Says what stands between the user and the new kscli: another one earlier on PATH, or a PATH without the directory.
look_at_path() {
  first=$(command -v kscli) || first=''
  [ ! "$first" -ef "$target" ] || return 0
  case $first in
    '') note "$dir is not on PATH." ;;
    *)
      warn "Another kscli comes first on PATH: $first" \
        "It runs instead of $target. Remove it, or put $dir before it." ;;
  esac
  quoted=$(printf '%s\n' "$dir" | sed -e "s/'/'\\\\''/g" -e "s/.*/'&'/")
  how='Add this line to ~/.profile and open a new shell:' line="export PATH=$quoted:\"\$PATH\""
  case ${SHELL-}:$platform in
    */fish:*) how='Run this once:' line="fish_add_path $quoted" ;;
    */zsh:*) how='Add this line to ~/.zshrc and open a new shell:' ;;
    */bash:darwin*) how='Add this line to ~/.bash_profile and open a new shell:' ;;
    */bash:*) how='Add this line to ~/.bashrc and open a new shell:' ;;
  esac
  note "$how" "$line"
}

# --- what the steps share -------------------------------------------------------------------------------------------

# What clean_up has to undo, a private directory and a program that runs, and what that program reads. What main is
# given at the end has to be as much as the script was given: a last line cut to "main" must not count.
work='' running=no input=/dev/null limit=256 given=$#

# Runs a program and sets result, and signal to what ended it. In the background, because only wait can be interrupted
# by a signal. No file that it writes gets longer than limit, in MiB (twice that where bash counts in its own blocks).
run() {
  running=yes
  (
    export LC_ALL=C
    # Both would make kscli something else than kscli.
    unset BUN_OPTIONS BUN_BE_BUN
    # Where there is no -c there is no limit: a core file would stay behind.
    ulimit -c 0 2>/dev/null || :
    ulimit -f $((limit * 2048)) 2>/dev/null || :
    exec "$@"
  ) >"$work/out" 2>"$work/err" <"$input" &
  result=0
  wait "$!" 2>/dev/null || result=$?
  running=no input=/dev/null signal=''
  # Shells count from 128, 256 or 384; kill -l knows how this one does.
  [ "$result" -le 128 ] || signal=$(kill -l "$result" 2>/dev/null) || signal=''
  signal=${signal#SIG}
}

# take_sum FILE: sets sum to its SHA-256.
take_sum() {
  input=$1 sum=''
  case $hasher in
    sha256sum) run sha256sum ;;
    shasum) run shasum -a 256 ;;
    openssl) run openssl dgst -sha256 -r ;;
  esac
  [ "$result" -ne 0 ] || read -r sum _ <"$work/out" || :
  [ "${#sum}" -eq 64 ] || die 1 "$hasher could not read $1." "$(last_words)"
}

# Without a slash at its end.
absolute() {
  # shellcheck disable=SC2088 # a ~ that the shell left alone, as in --dir=~/bin
  case $1 in
    '~/'*) set -- "${HOME:?}/${1#'~/'}" ;;
    [!/]*) set -- "$PWD/$1" ;;
  esac
  printf '%s\n' "$1" | sed 's,\(.\)/*$,\1,'
}

in_json() { printf '%s\n' "$1" | tr -d '\000-\037' | sed 's/["\\]/\\&/g'; }

has() { command -v "$1" >/dev/null 2>&1; }
first_of() {
  for tool in "$@"; do has "$tool" && printf '%s\n' "$tool" && return 0; done
  return 1
}

note() { [ "$quiet" = yes ] || say '' "$@"; }
warn() { say 'Warning: ' "$@"; }

# die CODE WHAT [LINE]...: the codes are those of --help.
die() {
  code=$1
  shift
  say 'Error: ' "$@"
  exit "$code"
}

# say KIND WHAT [LINE]...
say() {
  printf '%s\n' "$1$2" >&2
  shift 2
  for line in "$@"; do [ -z "$line" ] || printf '  %s\n' "$line" >&2; done
}

# --- what is said of failures ---------------------------------------------------------------------------------------

explain_fetch() {
  die_if_too_large "$shown/$name"
  check='Check the address, the network and the proxy settings.' again='Try again, or use another mirror.'
  words=$(last_words) full=$(disk_full_hint)
  case $answer:$fetcher:$result:$(cat "$work/err") in
    404:cp:*) die 4 "There is no $name in $base." 'SHA256SUMS and the archive must lie there together.' ;;
    *:cp:*'ermission denied'*) die 4 "$base/$name cannot be read." 'Run this as a user who may read it.' ;;
    *:cp:* | *:curl:23:* | *:wget:3:* | *'No space left'*)
      die 6 "$name could not be written in ${work%/*}." "$words" "$full" ;;
    404:* | 410:*)
      explain "it is not there (HTTP $answer)" 'Check the address of the mirror, and that it holds this version.' ;;
    401:* | 403:* | 407:*)
      explain "access is refused (HTTP $answer)" 'Check the user name and password, or the proxy.' ;;
    [45]*) explain "the server answers HTTP $answer" "$again" ;;
    *:curl:[56]:*) explain 'the name of the server is not known' "$check" ;;
    *:curl:7:*) explain 'the server cannot be reached' "$check" ;;
    *:curl:1:*) explain 'it leads to an address without encryption' 'Use another mirror.' ;;
    *:curl:18:* | *:curl:52:* | *:curl:56:* | *:curl:92:*) explain 'the connection was cut' "$again" ;;
    *:curl:28:*) explain 'the server does not answer in time' "$again" ;;
    *:curl:35:* | *:curl:5[189]:* | *:curl:60:* | *:curl:77:* | *:curl:83:* | *:wget:5:*)
      explain 'the connection is not trusted' "Name your company's certificates in KSCLI_CA_BUNDLE, a PEM file." ;;
    *) explain 'the connection failed or was cut' "${full:-$check $again}" ;;
  esac
  die 4 "$shown/$name could not be downloaded: $reason." "$hint" "${words:+($words)}"
}

explain_signature() {
  case $(cat "$work/err") in
    *'unknown option'* | *'illegal option'* | *'nrecognized option'*)
      unsigned 3 'ssh-keygen here is too old to verify the signature of SHA256SUMS.' "$new_openssh" ;;
    *)
      die 5 "The signature of SHA256SUMS from $shown is wrong." "$(last_words)" \
        'It was exchanged, or signed by somebody whom this install.sh does not know. Nothing of it was used.' ;;
  esac
}

explain_no_archive() {
  listed=$(list_archives | sed 's/^.* /    /' | sort -u | head -n 40)
  [ -n "$listed" ] || die 4 "SHA256SUMS from $shown lists no archive of kscli." \
    'It may be a web page, as of a login or a proxy, or belong to something else.'
  hint=''
  case ${version:-none}:$listed in
    none:*-"$platform".tar.gz*) hint='A pre-release is installed only when --version names it.' ;;
    *-"$platform".tar.xz*) hint='A .tar.xz is not unpacked here: each release has the same as .tar.gz.' ;;
  esac
  die 4 "SHA256SUMS from $shown does not list ${only:-kscli ${version:+$version }for $platform}." \
    "$hint" 'It lists:' "${listed#  }"
}

explain_unpack() {
  die_if_too_large "kscli in $archive"
  full=$(disk_full_hint)
  [ -z "$full" ] || die 6 "kscli could not be unpacked in $dir." "$(last_words)" "$full"
  die 1 "$archive could not be unpacked in $dir." "$(last_words)" 'Its sum is right, so look at tar, gzip and the disk.'
}

explain_start() {
  facts=''
  memory=$(ulimit -v 2>/dev/null) || :
  case $memory in '' | *[!0-9]*) ;; *) [ "$memory" -ge 500000 ] || facts=little-memory ;; esac
  [ -e /proc/self ] || facts=no-proc
  words=$(last_words)
  case $platform:$signal:$result:$facts:$(cat "$work/err") in
    *libstdc++* | *libgcc_s*) explain 'libstdc++ or libgcc is missing' 'On Alpine, as root: apk add libstdc++ libgcc' ;;
    *GLIBC_*) explain 'the C library of this system is too old' 'kscli needs glibc 2.17 or newer.' "$words" ;;
    *:ILL:* | *'llegal instruction'*)
      explain 'the processor is too old (illegal instruction)' \
        'On x86_64, kscli needs SSE4.2: a processor made since 2009.' ;;
    darwin*:KILL:*)
      explain 'macOS stopped it, for its signature or its quarantine' \
        'See the signature with: codesign -v. Company rules may also forbid programs that they do not know.' ;;
    *:KILL:*) explain 'it was killed' 'There may be too little memory. kscli needs 128 MiB.' ;;
    *ProcessFdQuotaExceeded*) explain 'too few files may be open' 'kscli needs 64. See: ulimit -n' ;;
    linux*:no-proc:*) explain '/proc is not mounted' 'kscli needs it. In a chroot, as root: mount -t proc proc /proc' ;;
    *:little-memory:*) explain "there are only $memory KB of address space" 'kscli needs 500000. See: ulimit -v' ;;
    *:126:*'ermission denied'*)
      explain "no program may run in $dir" 'It is mounted noexec, or a policy forbids it. Choose another with --dir.' ;;
    *:127:*)
      explain 'its loader or a library is missing' "This is the kscli for $platform. Install its C library." "$words" ;;
    *)
      explain "it ends with ${signal:+signal $signal, }exit code $result" \
        'Please report this with the output of: uname -a' "$words" ;;
  esac
  die 7 "The new kscli does not start here: $reason." "$hint" "$own_words" 'Nothing was changed.'
}

# explain REASON HINT [WORDS OF THE PROGRAM]
explain() { reason=$1 hint=$2 own_words=${3:+($3)}; }

die_if_too_large() {
  case $signal:$(cat "$work/err") in
    XFSZ:* | *'File too large'*)
      die 4 "$1 is larger than $limit MiB, or than ulimit -f allows." 'Nothing of it was used.' ;;
  esac
}

disk_full_hint() {
  free=$(df -Pk "${work%/*}" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9][0-9]*% .*/\1/p') || free=''
  [ "${free:-250000}" -ge 250000 ] ||
    printf 'There are %s KB free in %s. About 250000 are needed.\n' "$free" "${work%/*}"
}

# The last words of the program, fit for a terminal. Those of curl may be followed by a lecture on certificates.
last_words() {
  sed -e '/^[[:space:]]*$/d' -e 's,//[^ ]*@,//***@,g' -e '/^curl: /q' "$work/err" |
    tail -n 1 | tr -d '\000-\037\177' | cut -c 1-300
}

main "$@"
