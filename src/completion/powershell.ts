// Completion in PowerShell, which completes files by itself where it is given nothing.

import { formatTabbed, keepMatching, type Shell } from './shell.ts';

export const powershell: Shell = {
  script: `Register-ArgumentCompleter -Native -CommandName kscli -ScriptBlock {
  param($word, $ast, $position)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $position } |
    ForEach-Object { "--word=$_" })
  if ("$word" -eq '') { $words += '--word=' }
  & kscli completion powershell @words 2>$null | Where-Object { -not $_.StartsWith('<') } | ForEach-Object {
    $text, $about = $_ -split "\`t"
    if (-not $about) { $about = $text }
    [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $about)
  }
}
`,
  format: (following, typed) => formatTabbed(keepMatching(following, typed)),
};
