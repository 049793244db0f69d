// Completion in fish from 3.0 on.

import { formatTabbed, type Shell } from './shell.ts';

export const fish: Shell = {
  script: `function __kscli_complete
  set -l words (commandline -opc)
  set -l word (commandline -ct)
  set -e words[1]
  set -l flag (string match -r -- '^--[^=]+=' "$word")
  set -l found (kscli completion fish --word=$words --word="$word" 2>/dev/null)
  switch "$found[1]"
    case '<file>'
      set found (__fish_complete_path (string replace -r -- '^--[^=]+=' '' "$word") | string replace -r '^' -- "$flag")
    case '<directory>'
      set found (__fish_complete_directories (string replace -r -- '^--[^=]+=' '' "$word") | string replace -r '^' -- "$flag")
  end
  printf '%s\\n' $found
end
complete -c kscli -f -a '(__kscli_complete)'
`,
  format: formatTabbed,
};
