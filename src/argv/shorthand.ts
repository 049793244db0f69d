// Words that people type for --help and --version.

import type { Fields } from '../schema/fields.ts';
import { findNames } from './parse.ts';

/** `help folders list` is `folders list --help`; `version`, and `-v` and `-V` alone, are `--version`. */
export function expandShorthand(argv: readonly string[], globals: Fields): readonly string[] {
  if (argv.length === 1 && (argv[0] === '-v' || argv[0] === '-V')) return ['--version'];
  const first = findNames(argv, globals)[0];
  if (first?.word !== 'help' && first?.word !== 'version') return argv;
  return [`--${first.word}`, ...argv.toSpliced(first.index, 1)];
}
