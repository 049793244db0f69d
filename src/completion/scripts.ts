// The words that may follow → a script for each shell. They share one way: the words typed so far, without flags, are the key.

/** What may follow: `key` is a command, or a command and a flag that takes a value. */
export type Line = { readonly key: string; readonly words: readonly string[] };

type Script = (lines: readonly Line[], values: readonly Line[]) => string;

export const SCRIPTS: Readonly<Record<'bash' | 'zsh' | 'fish' | 'powershell', Script>> = {
  bash: (lines, values) => `${shellTable(lines, values)}
_kscli() {
  local i at='' before="\${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do _kscli_step "\${COMP_WORDS[i]}"; done
  COMPREPLY=($(compgen -W "$(_kscli_words "$at" "$before")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _kscli kscli
`,
  zsh: (lines, values) =>
    `#compdef kscli
${shellTable(lines, values)}
_kscli() {
  local i at='' before="\${words[CURRENT-1]}"
  for ((i = 2; i < CURRENT; i++)); do _kscli_step "\${words[i]}"; done
  local found=($(_kscli_words "$at" "$before"))
  if (( $#found )); then compadd -- $found; else _files; fi
}
if [ "$funcstack[1]" = _kscli ]; then _kscli "$@"; elif (( $+functions[compdef] )); then compdef _kscli kscli; fi
`,
  fish: (lines, values) => `function __kscli_words
  set -l path ''
  set -l words (commandline -opc)
  for word in $words[2..-1]
    set -l next (string trim -- "$path $word")
    contains -- $next ${paths(lines)
      .map((key) => `'${key}'`)
      .join(' ')}; and set path $next
  end
  switch (string trim -- "$path $words[-1]")
${values.map(({ key, words }) => `    case '${key}'\n      string split ' ' -- '${words.join(' ')}'; return`).join('\n')}
  end
  switch $path
${lines.map(({ key, words }) => `    case '${key}'\n      string split ' ' -- '${words.join(' ')}'`).join('\n')}
  end
end
complete -c kscli -f -a '(__kscli_words)'
complete -c kscli -n 'not __kscli_words | string length -q' -F
`,
  powershell: (lines, values) => `Register-ArgumentCompleter -Native -CommandName kscli -ScriptBlock {
  param($word, $ast, $position)
  $after = @{
${[...lines, ...values].map(({ key, words }) => `    '${key}' = '${words.join(' ')}'`).join('\n')}
  }
  $path = ''
  $before = ''
  foreach ($element in $ast.CommandElements | Select-Object -Skip 1) {
    $text = $element.ToString()
    if ($text -eq $word -and $element.Extent.EndOffset -ge $position) { break }
    $next = "$path $text".Trim()
    if (-not $text.StartsWith('-') -and $after.ContainsKey($next)) { $path = $next }
    $before = $text
  }
  $key = "$path $before".Trim()
  if (-not ($before.StartsWith('-') -and $after.ContainsKey($key))) { $key = $path }
  $after[$key] -split ' ' | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`,
};

function paths(lines: readonly Line[]): string[] {
  return lines.map(({ key }) => key).filter(Boolean);
}

/** Functions that bash and zsh read alike. */
function shellTable(lines: readonly Line[], values: readonly Line[]): string {
  return `_kscli_words() {
  case "$1 $2" in
${values.map(({ key, words }) => `    '${key.includes(' ') ? key : ` ${key}`}') echo '${words.join(' ')}'; return ;;`).join('\n')}
  esac
  case "$1" in
${lines.map(({ key, words }) => `    '${key}') echo '${words.join(' ')}' ;;`).join('\n')}
  esac
}
_kscli_step() {
  local next="\${at:+$at }$1"
  case "$next" in
    ${paths(lines)
      .map((key) => `'${key}'`)
      .join('|')}) at="$next" ;;
  esac
}`;
}
