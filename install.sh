#!/bin/sh
# Installs kscli: one verified file in one directory. It needs no root, edits no shell file, and leaves the machine as
# it was whenever something fails. Read it from the top: what can be asked for, the list of the steps, each step in its
# order, what they share, and what is said of failures. All is functions, so that a script cut on its way does nothing.
# shellcheck disable=SC2086,SC3013,SC3045,SC3067 # POSIX sh, but for -ef, -O and ulimit -c, which all these shells know
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
  exit
}

main() {
  # A last line that was cut to "main" does not count. zsh alone would run an EXIT trap at the end of its function.
  [ "$#" -eq "$given" ] || exit 64
  [ -z "${ZSH_VERSION-}" ] || emulate sh
  # Each makes a program something else than it is, and a core file would stay behind.
  unset CDPATH BUN_OPTIONS BUN_BE_BUN
  ulimit -c 0 2>/dev/null || :
  read_settings "$@"
  find_place     # where kscli goes: nothing is replaced or removed there but an earlier kscli
  [ "$uninstall" = no ] || uninstall_kscli
  choose_source  # a mirror or a directory
  look_at_system # linux-x64, darwin-arm64 and so on, and the tools that it has
  prepare_work   # a private directory near the place, gone at the end
  fetch_sums     # SHA256SUMS before anything else, and its signature by one of the SIGNERS
  choose_archive # one that SHA256SUMS lists, not older than the kscli there. A dry run ends here
  fetch_program  # out of the archive, if that has the right sum. It has to start and say its version
  put_in_place   # by a rename: nobody ever sees half of it
  look_at_path   # is it the kscli that will run?
}

# --- what was asked for ---------------------------------------------------------------------------------------------

read_settings() {
  version=${KSCLI_VERSION-} url=${KSCLI_DOWNLOAD_URL-} dir=${KSCLI_INSTALL_DIR-} ca_bundle=${KSCLI_CA_BUNDLE-}
  from='' url_flag='' uninstall=no dry_run=no quiet=no require_signature=no allow_downgrade=no
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
      --require-signature) require_signature=yes ;;
      --allow-downgrade) allow_downgrade=yes ;;
      --dry-run) dry_run=yes ;;
      --uninstall) uninstall=yes ;;
      --quiet | -q) quiet=yes ;;
      --help | -h) usage ;;
      --version= | --url= | --from= | --dir=) die 64 "${option%=} needs a value." "$see_help" ;;
      *) die 64 "There is no option $1." "$see_help" ;;
    esac
    shift
  done
  version=${version#v}
  [ -z "$version" ] || printf '%s\n' "$version" | grep -q "^$OK_VERSION\$" ||
    die 64 "The version must look like 2.0.0, not: $version"
}

# Sets target, and receipt: it lies beside the config file.
find_place() {
  if [ -z "$dir" ] && [ "$(id -u 2>/dev/null)" = 0 ]; then dir=/usr/local/bin; fi
  [ -n "$dir${HOME-}" ] || die 64 'HOME is not set, so there is no default directory.' 'Name one with --dir.'
  dir=$(absolute "${dir:-$HOME/.local/bin}")
  target=${dir%/}/kscli
  config=$(absolute "${KSCLI_CONFIG:-${HOME:+$HOME/.config/kscli/config.json}}")
  receipt=${config:+${config%/*}/kscli.receipt.json}
  [ ! -d "$target" ] || die 6 "$target is a directory." 'Choose another place with --dir.'
  first=''
  [ ! -f "$target" ] || read -r first 2>/dev/null <"$target" || :
  # What pip, pipx or uv put there belongs to them: their uninstall would take the new kscli away.
  case $first in
    '#!'*python*)
      die 6 "$target is a Python program, most likely the Python kscli." \
        'Remove it with the tool that installed it (pip, pipx or uv), or choose another place with --dir.' ;;
  esac
}

uninstall_kscli() {
  [ "$dry_run" = yes ] || remove_leftovers "$dir"
  [ -e "$target" ] || [ -h "$target" ] || finish "There is no kscli in $dir. Nothing was removed."
  credentials=${KSCLI_CREDENTIALS_PATH:-/tmp/kscli/.credentials}
  [ ! -d "$credentials" ] || credentials=${credentials%/}/.credentials
  [ ! -e "$credentials" ] ||
    warn "Credentials remain in $credentials." 'kscli logout removes them. Or delete that file yourself.'
  end_dry_run "Would remove $target"
  # The third: what an upgrade that was killed left.
  said=$(rm -f "$target" "$target.previous" "$target".????????????????.tmp 2>&1) ||
    die 6 "$target cannot be removed." "${said##*: }" 'Run this as a user who may.'
  ! grep -qF "\"path\": \"$(in_json "$target")\"" "${receipt:-/dev/null}" 2>/dev/null || rm -f "$receipt"
  finish "Removed $target"
}

# Sets base to the URL of a mirror or to a directory, shown to base without a password and, for one archive, only.
choose_source() {
  [ -z "$from" ] || [ -z "$url_flag" ] || die 64 'Give --url or --from, not both.'
  case $from in *://*) die 64 '--from names a file or a directory. Use --url for an address.' ;; esac
  base=$(printf '%s\n' "${from:-${url:-$RELEASES}}" | sed 's,\(.\)/*$,\1,') only='' fetcher='' https=''
  case $base in *%*) ;; file://*/*) base=/${base#file://*/} ;; esac
  shown=$(printf '%s\n' "$base" | sed -e 's,//.*@,//***@,' -e 's,[?].*,?***,')
  case $base in
    '')
      die 4 'This install.sh knows no place where releases are.' 'Name one that holds SHA256SUMS and the archives:' \
        '  install.sh --url https://mirror.example.com/kscli' '  install.sh --from /media/kscli' ;;
    http*://*[[:space:]\"\'\\]*) die 64 "$shown holds a character that no URL has." 'Write it as %XX.' ;;
    http*://*[?#]*) die 64 "$shown must be a directory, without ? or #." ;;
    https://*) https=yes ;;
    http://*)
      printf '%s\n' "$base" | grep -Eq '^http://([^/]*@)?(localhost|\[::1\]|127(\.[0-9]+){3})(:[0-9]+)?(/|$)' ||
        warn "$shown is not encrypted." \
          'Who can change the archive on its way can change SHA256SUMS too. Use https where you can.' ;;
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

look_at_system() {
  for tool in uname tar; do has "$tool" || die 3 "$tool is missing." "Install $tool."; done
  # openssl first: it is three times as fast.
  hasher=$(first_of 'openssl dgst -sha256 -r' sha256sum 'shasum -a 256') ||
    die 3 'sha256sum, shasum and openssl are all missing.' 'Install one of them. Nothing is installed unverified.'
  [ -n "$fetcher" ] || fetcher=$(first_of curl wget) || die 3 'curl and wget are both missing.' "$other_ways"
  [ "$fetcher" != wget ] || wget --version 2>&1 </dev/null | grep -q 'GNU Wget' || fetcher=small_wget
  [ -r "${ca_bundle:-/}" ] || [ -z "$https" ] || die 64 "KSCLI_CA_BUNDLE names a file that cannot be read: $ca_bundle"
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
    *)
      die 2 "There is no kscli for $kernel on $machine." 'There is one for Linux, macOS, Windows on x86-64, ARM64.' ;;
  esac
  [ "$kernel" = Linux ] || return 0
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

# --- a private directory, and the programs that run in it -----------------------------------------------------------

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
    if [ ! -d "$leftover" ] || [ -h "$leftover" ] || [ ! -O "$leftover" ]; then continue; fi
    [ "$pid" = $$ ] || ! kill -0 "$pid" 2>/dev/null || continue
    rm -rf "$leftover" 2>/dev/null || :
  done
}

# clean_up [EXIT CODE]
clean_up() {
  trap '' HUP INT TERM
  set +u # $! is nothing where the signal came before anything was started
  [ "$running" = no ] || kill -KILL "$!" 2>/dev/null || :
  # More than once: in a trap, yash does not wait, and the dying program may still write a file.
  for _ in 1 2 3 4 5 6 7 8 9; do
    [ "$running" = no ] || wait "$!" 2>/dev/null || :
    ! rm -rf "${work:-/none}" 2>/dev/null || break
  done
  # mksh would take its exit code from a trap inside a trap.
  trap - EXIT
  [ $# -eq 0 ] || exit "$1"
}

# Runs a program, and sets result, and signal to what ended it. In the background: only wait lets a signal through.
# No file that it writes gets longer than limit, in MiB (twice that where bash counts in its own blocks).
run() {
  running=yes result=0 signal=''
  (
    export LC_ALL=C
    ulimit -f $((limit * 2048)) 2>/dev/null || :
    exec "$@"
  ) >"$work/out" 2>"$work/err" <"$input" &
  wait "$!" 2>/dev/null || result=$?
  running=no input=/dev/null
  # Shells count from 128, 256 or 384; kill -l knows how this one does.
  [ "$result" -le 128 ] || signal=$(kill -l "$result" 2>/dev/null) || signal=''
  signal=${signal#SIG}
  [ "$result" -eq 0 ]
}

# --- what is fetched, and what of it may be believed ----------------------------------------------------------------

# fetch NAME: puts it into the private directory. SHA256SUMS.sig may be missing: then there is no such file there.
fetch() {
  # The address goes by a private file: arguments can be seen by every user.
  name=$1 limit=256 input=$work/address
  case $name in SHA256SUMS*) limit=1 ;; esac
  printf '%s\n' "$base/$name" >"$input"
  case $fetcher in
    cp) run cp "$base/$name" "$work/$name" ;;
    curl)
      printf 'url = "%s"\n' "$base/$name" >"$input"
      run curl -fsSL --connect-timeout 30 --speed-limit 1 --speed-time 60 --retry 2 --tlsv1.2 -K - \
        --proto "=${base%%:*},https" ${ca_bundle:+--cacert "$ca_bundle"} -o "$work/$name" ;;
    wget)
      run wget -nv --tries=2 --timeout=60 ${https:+--secure-protocol=TLSv1_2} \
        ${ca_bundle:+--ca-certificate="$ca_bundle"} -O "$work/$name" -i - ;;
    small_wget)
      # That of busybox has no options for TLS, and with -T version 1.35 dies of a segmentation fault.
      [ -z "$ca_bundle" ] || export SSL_CERT_FILE="$ca_bundle"
      run wget ${https:+-S} -O "$work/$name" "$base/$name" ;;
  esac || :
  # No wget refuses to go on without encryption, but each names where it goes. One checks no certificate, and says so.
  [ -z "$https" ] || ! grep -Eqi '(location: *|url: *|^)http:' "$work/err" ||
    die 4 "$shown/$name leads to an address without encryption." 'Nothing of it is used. Use another mirror.'
  [ -z "$https" ] || ! grep -q 'validation not implemented' "$work/err" ||
    die 3 'The wget here does not check certificates, so https means nothing with it.' "$other_ways"
  [ "$result" -eq 0 ] || explain_fetch
}

# A wrong signature is fatal. A missing one, or nothing to verify it with, is a warning, unless it is required.
fetch_sums() {
  fetch SHA256SUMS
  [ -n "$SIGNERS" ] || [ "$require_signature" = yes ] || return 0
  [ -n "$SIGNERS" ] || die 5 'This install.sh knows no signer, so none can be required.' 'Use that of a signed release.'
  fetch SHA256SUMS.sig
  printf '%s\n' "$SIGNERS" | sed 's/^/kscli-release /' >"$work/signers"
  input=$work/SHA256SUMS
  if [ ! -f "$work/SHA256SUMS.sig" ]; then
    unsigned 5 "SHA256SUMS from $shown is not signed." 'There is no SHA256SUMS.sig beside it.'
  elif ! run ssh-keygen -Y verify -f "$work/signers" -I kscli-release -n kscli-release -s "$work/SHA256SUMS.sig"; then
    # Only how it begins tells what ssh-keygen says of itself: what comes later may be out of the signature.
    case $(head -n 1 "$work/err"):$result in
      'unknown option'* | 'ssh-keygen: '*' option'* | *:127)
        unsigned 3 'ssh-keygen is missing or too old, so the signature of SHA256SUMS is not verified.' \
          'Install OpenSSH 8.1 or newer, for example the package openssh-client or openssh-keygen.' ;;
      # In a container a user may have a number and no name.
      'No user exists for uid '*)
        unsigned 3 'ssh-keygen verifies nothing for a user without an account, so the signature is not verified.' \
          'Give the user a line in /etc/passwd, or install as another one.' ;;
      *)
        die 5 "The signature of SHA256SUMS from $shown is wrong." "$(last_words)" \
          'It was exchanged, or signed by somebody whom this install.sh does not know. Nothing of it was used.' ;;
    esac
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
    named=${only#kscli-}
    version=${version:-${named%-"$platform".tar.gz}}
  elif [ -z "$version" ]; then
    version=$(list_archives | sed -n "s/.* kscli-\\($OK_RELEASE\\)-$platform\\.tar\\.gz\$/\\1/p" | highest)
  fi
  archive=kscli-$version-$platform.tar.gz
  [ "${only:-$archive}" = "$archive" ] || die 4 "$only is not an archive of kscli for this machine." \
    "It should be kscli-<version>-$platform.tar.gz, by the name that it has in the release."
  wanted_sum=$(list_archives | while read -r a_sum a_name; do [ "$a_name" != "$archive" ] || echo "$a_sum"; done)
  if [ -z "$wanted_sum" ]; then
    listed=$(list_archives | sed 's/^.* /    /' | sort -u | head -n 40)
    [ -n "$listed" ] || die 4 "SHA256SUMS from $shown lists no archive of kscli." \
      'It may be a web page, as of a login or a proxy, or belong to something else.'
    die 4 "SHA256SUMS from $shown does not list ${only:-kscli ${version:+$version }for $platform}." \
      'It lists these. Only a .tar.gz counts, and a pre-release only where --version names it:' "${listed#  }"
  fi
  [ "${#wanted_sum}" -eq 64 ] ||
    die 5 "SHA256SUMS lists $archive with more than one sum." "It is from $shown. It cannot be trusted."
  there=new old=''
  [ ! -e "$target" ] || there='replaces the one there'
  # An old release is as well signed as a new one: who can choose what is served must not choose an old fault with it.
  # The old kscli is run to learn its version, unless somebody else put it there.
  if [ -f "$target" ] && [ -x "$target" ] && [ -O "$target" ]; then
    run "$target" --version || :
    old=$(sed -n "1s/^kscli \\($OK_VERSION\\)\\( .*\\)\\{0,1\\}\$/\\1/p" "$work/out")
  fi
  [ "${old:-$version}" = "$version" ] || [ "$(printf '%s\n' "$old" "$version" | highest)" = "$version" ] ||
    [ "$allow_downgrade" = yes ] ||
    die 6 "kscli $old is there, and $version is older." 'To install it all the same, add --allow-downgrade.'
  end_dry_run "Would install kscli $version for $platform" "  from     $shown" "  archive  $archive" \
    "  sha256   $wanted_sum" "  as       $target ($there)"
}

fetch_program() {
  note "Fetching $archive from $shown"
  fetch "$archive"
  take_sum "$work/$archive"
  [ "$sum" = "$wanted_sum" ] ||
    die 5 "The SHA-256 of $archive from $shown is wrong." "It should be $wanted_sum" "and is        $sum" \
      'The file was cut short, damaged or exchanged. Nothing of it was used. Fetch it again.'
  # To standard output: only the bytes of that one file come out, with no owner, mode, link or path of the archive's.
  if ! run tar -xzOf "$work/$archive" "kscli-$version-$platform/kscli" || [ ! -s "$work/out" ]; then
    look_for_room "kscli in $archive"
    [ -z "$full" ] || die 6 "kscli could not be unpacked in $dir." "$(last_words)" "$full"
    die 1 "$archive could not be unpacked." "$(last_words)" 'Its sum is right, so look at tar, gzip and the disk.'
  fi
  mv "$work/out" "$work/kscli"
  chmod 755 "$work/kscli"
  take_sum "$work/kscli"
  run "$work/kscli" --version || explain_start
  started=$(head -n 1 "$work/out" | tr -d '\000-\037\177' | cut -c 1-200)
  case $started in
    "kscli $version" | "kscli $version ("*) ;;
    *) die 7 "The new kscli does not say that it is $version, but: ${started:-nothing}" 'Nothing was changed.' ;;
  esac
}

# --- the new kscli --------------------------------------------------------------------------------------------------

put_in_place() {
  if [ -x "$target" ] && [ ! -h "$target" ] && cmp -s "$work/kscli" "$target" 2>/dev/null; then
    note "Already there, and the same to the byte: $started in $target"
  else
    said=$(mkdir -p "$dir" 2>&1) || die 6 "The directory $dir cannot be made." "${said##*: }"
    run mv -f "$work/kscli" "$target" || die 6 "$target could not be replaced." "$(last_words)" 'The old one stays.'
    note "Installed $started as $target"
  fi
  # For kscli upgrade: which file came from where, and whose signature counts for the next. Not in the home of somebody
  # else, as under sudo. Without a receipt kscli works as well, but it is upgraded by this script.
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

look_at_path() {
  first=$(command -v kscli) || first=''
  [ ! "$first" -ef "$target" ] || return 0
  [ -n "$first" ] || note "$dir is not on PATH."
  [ -z "$first" ] ||
    warn "Another kscli comes first on PATH: $first" "It runs instead of $target. Remove it, or put $dir before it."
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

# take_sum FILE: sets sum to its SHA-256.
take_sum() {
  input=$1 sum=''
  ! run $hasher || read -r sum _ <"$work/out" || :
  [ "${#sum}" -eq 64 ] || die 1 "${hasher%% *} could not read $1." "$(last_words)"
}

# Without a slash at its end. A ~ is one that the shell left alone, as in --dir=~/bin.
absolute() {
  case $1 in
    '' | /*) ;;
    [~]/*) set -- "${HOME:?}/${1#*/}" ;;
    *) set -- "$PWD/$1" ;;
  esac
  printf '%s\n' "$1" | sed -e 's,/\./*$,/,' -e 's,\(.\)/*$,\1,'
}

in_json() { printf '%s\n' "$1" | tr -d '\000-\037' | sed 's/["\\]/\\&/g'; }

has() { command -v "${1%% *}" >/dev/null 2>&1; }

first_of() {
  for tool in "$@"; do has "$tool" && printf '%s\n' "$tool" && return 0; done
  return 1
}

# end_dry_run LINE...: says what would be done, where that is all that was asked for.
end_dry_run() {
  [ "$dry_run" = yes ] || return 0
  [ "$quiet" = yes ] || printf '%s\n' "$@" 'Nothing was changed.'
  exit
}

finish() { note "$@" && exit; }
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

see_help='Run install.sh --help to see the options.'
other_ways='Install curl or GNU wget, or carry the release over and use --from.'

# Returns where nothing is wrong but that there is no signature.
explain_fetch() {
  look_for_room "$shown/$name"
  answer=$(sed -nE 's,.*(ERROR|error:|response|code|HTTP/[0-9.]+) ([0-9]{3}).*,\2,p' "$work/err" | tail -n 1)
  [ "$fetcher" != cp ] || [ -f "$base/$name" ] || answer=404
  words=$(last_words)
  case $answer:$name:$fetcher:$result:$(cat "$work/err") in
    404:SHA256SUMS.sig:* | 410:SHA256SUMS.sig:*) rm -f "$work/$name" && return ;;
    404:*:cp:*) die 4 "There is no $name in $base." 'SHA256SUMS and the archive must lie there together.' ;;
    *:cp:*'ermission denied'*) die 4 "$base/$name cannot be read." 'Run this as a user who may read it.' ;;
    *:cp:* | *:curl:23:* | *:wget:3:* | *'No space left'*)
      die 6 "$name could not be written in ${work%/*}." "$words" "$full" ;;
    404:* | 410:*) because 'it is not there' 'Check the address of the mirror, and that it holds this version.' ;;
    40[137]:*) because 'access is refused' 'Check the user name and password, or the proxy.' ;;
    [45]??:*) because 'the server fails' 'Try again, or use another mirror.' ;;
    *:curl:1:*) because 'it leads to an address without encryption' 'Use another mirror.' ;;
    *:curl:35:* | *:curl:5[189]:* | *:curl:60:* | *:curl:77:* | *:curl:83:* | *:wget:5:*)
      because 'the connection is not trusted' "Name your company's certificates in KSCLI_CA_BUNDLE, a PEM file." ;;
    *) because 'the connection failed or was cut' \
      "${full:-Check the address, the network and the proxy settings. Try again, or use another mirror.}" ;;
  esac
  die 4 "$shown/$name could not be downloaded: $reason${answer:+ (HTTP $answer)}." "$hint" "${words:+($words)}"
}

explain_start() {
  memory=$(ulimit -v 2>/dev/null) || memory=''
  facts='' words=$(last_words)
  case $memory in '' | *[!0-9]*) ;; *) [ "$memory" -ge 500000 ] || facts=little-memory ;; esac
  [ -e /proc/self ] || facts=no-proc
  case $platform:$signal:$result:$facts:$(cat "$work/err") in
    *libstdc++* | *libgcc_s*) because 'libstdc++ or libgcc is missing' 'On Alpine, as root: apk add libstdc++ libgcc' ;;
    *GLIBC_*) because 'the C library of this system is too old' 'kscli needs glibc 2.17 or newer.' "$words" ;;
    *:ILL:* | *'llegal instruction'*)
      because 'the processor is too old' 'On x86_64, kscli needs SSE4.2: Intel since 2008, AMD since 2011.' ;;
    darwin*:KILL:*)
      because 'macOS stopped it for its signature or quarantine' 'See: codesign -v. Company rules may forbid it too.' ;;
    *:KILL:*) because 'it was killed' 'There may be too little memory. kscli needs 128 MiB.' ;;
    *ProcessFdQuotaExceeded*) because 'too few files may be open' 'kscli needs 64. See: ulimit -n' ;;
    *:little-memory:*) because "there are only $memory KB of address space" 'kscli needs 500000. See: ulimit -v' ;;
    linux*:no-proc:*) because '/proc is not mounted' 'kscli needs it. In a chroot, as root: mount -t proc proc /proc' ;;
    *:126:*'ermission denied'*)
      because "no program may run in $dir" 'It is mounted noexec, or a policy forbids it. Choose another --dir.' ;;
    *:127:*)
      because 'its loader or a library is missing' "This is the kscli for $platform. Install its C library." "$words" ;;
    *)
      because "it ends with ${signal:+signal $signal, }exit code $result" 'Please report it with: uname -a' "$words" ;;
  esac
  die 7 "The new kscli does not start here: $reason." "$hint" "$own_words" 'Nothing was changed.'
}

# because REASON HINT [WORDS OF THE PROGRAM]
because() { reason=$1 hint=$2 own_words=${3:+($3)}; }

# look_for_room WHAT: where it is too large, that is all; else sets full where the disk is.
look_for_room() {
  case $signal:$(cat "$work/err") in
    XFSZ:* | *'File too large'*)
      die 4 "$1 is larger than $limit MiB, or than ulimit -f allows." 'Nothing of it was used.' ;;
  esac
  free=$(df -Pk "${work%/*}" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9][0-9]*% .*/\1/p') full=''
  [ "${free:-250000}" -ge 250000 ] || full="There are $free KB free in ${work%/*}. About 250000 are needed."
}

# The last words of the program, fit for a terminal. Those of curl may be followed by a lecture on certificates.
last_words() {
  sed -e '/^[[:space:]]*$/d' -e 's,//[^ ]*@,//***@,g' -e '/^curl: /q' "$work/err" |
    tail -n 1 | tr -d '\000-\037\177' | cut -c 1-300
}

# What clean_up has to undo, a private directory and a program that runs, and what that program reads.
work='' running=no input=/dev/null limit=256 given=$#
main "$@"
