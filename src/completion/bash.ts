// Completion in bash from 3.2 on, as macOS has it.

import { formatTabbed, keepMatching, type Shell } from './shell.ts';

export const bash: Shell = {
  script: `_kscli() {
  local IFS=$'\\n' words=() n=0 last= word found
  # --format=json comes in three words.
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ $n -gt 0 && ( $word == = || $last == = ) ]]; then words[n-1]+=$word; else words[n]=$word n=$((n + 1)); fi
    last=$word
  done
  word=\${words[n-1]}
  found=$(kscli completion bash "\${words[@]/#/--word=}" 2>/dev/null)
  case $found in
    '<file>') COMPREPLY=($(compgen -f -- "\${word#--*=}")); compopt -o filenames 2>/dev/null ;;
    '<directory>') COMPREPLY=($(compgen -d -- "\${word#--*=}")); compopt -o filenames 2>/dev/null ;;
    *) COMPREPLY=($found); [[ $word == --*=* && $COMP_WORDBREAKS == *=* ]] && COMPREPLY=("\${COMPREPLY[@]#*=}") ;;
  esac
}
complete -F _kscli kscli
`,
  format: (following, typed) => formatTabbed(keepMatching(following, typed)).replace(/\t.*/g, ''),
};
