// An option that nobody knows: what was probably meant by it.

import { Failure } from '../errors.ts';
import { explainPasted } from '../schema/pasted.ts';
import { askIfMeant, nearest } from '../schema/suggest.ts';
import type { Grammar } from './grammar.ts';
import { translateOption } from './hints.ts';
import { quoteWord } from './quote.ts';

/** An option that nobody knows. @property value what may be its value */
export type Stray = { readonly rawName: string; readonly value: string | undefined };

/** @param advice where nothing was probably meant */
export function unknownOption(stray: Stray, grammar: Grammar, advice: readonly string[] = []): Failure {
  const { rawName } = stray;
  const meant = askIfMeant(findMeant(stray, grammar));
  const lines = [...(meant.length > 0 ? meant : advice), ...explainPasted(rawName)];
  return new Failure('usage', `Unknown option ${rawName}`, { lines });
}

function findMeant(stray: Stray, grammar: Grammar): (string | undefined)[] {
  const known = Object.keys({ ...grammar.globals, ...grammar.flags });
  const argument = asArgument(stray, grammar);
  if (argument !== undefined) return [`'${argument}'`];
  const translated = translateOption(stray.rawName, stray.value).filter((option) =>
    known.includes(option.replace(/^--| .*/g, '')),
  );
  if (translated.length > 0) return translated;
  const near = nearest(stray.rawName.replace(/^-+/, ''), known);
  return [near && `--${near}`];
}

/** `kscli folders describe X` for `kscli folders describe --folder-id X`. */
function asArgument({ rawName, value }: Stray, { args, path }: Grammar): string | undefined {
  const name = rawName.replace(/^-+/, '');
  const meant = Object.keys(args).filter((arg) => arg === name || arg.endsWith(`-${name}`));
  if (meant.length !== 1) return undefined;
  const words = Object.keys(args).map((arg) =>
    arg === meant[0] && value !== undefined ? quoteWord(value) : `<${arg}>`,
  );
  return [...path, ...words].join(' ');
}
