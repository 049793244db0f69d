// Completion in zsh: sourced after compinit, or as a file _kscli in $fpath.

import { PATHS, type Shell } from './shell.ts';

export const zsh: Shell = {
  script: `#compdef kscli
_kscli() {
  local -a found
  found=("\${(@f)$(kscli completion zsh "\${(@)\${(@Q)words[2,CURRENT]}/#/--word=}" 2>/dev/null)}")
  [[ $found[1] == '<'* && $PREFIX == --*=* ]] && compset -P 1 '*='
  case $found[1] in
    '<file>') _files ;;
    '<directory>') _files -/ ;;
    ?*) _describe kscli found ;;
  esac
}
if [ "$funcstack[1]" = _kscli ]; then _kscli "$@"; elif (( $+functions[compdef] )); then compdef _kscli kscli; fi
`,
  format: (following) => {
    if (following.kind !== 'words') return `${PATHS[following.kind]}\n`;
    return following.items.map(({ word, about }) => `${word.replaceAll(':', '\\:')}${about && `:${about}`}\n`).join('');
  },
};
