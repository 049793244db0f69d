// The tokens of a command line: options by their names, and words, as `parseArgs` of node:util gives them where it is not
// strict: a test compares the two. That module takes half a millisecond to load.

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>>;

export type Token =
  | { readonly kind: 'positional'; readonly index: number; readonly value: string }
  | { readonly kind: 'option-terminator'; readonly index: number }
  | {
      readonly kind: 'option';
      readonly name: string;
      /** With its dashes, without its value. */
      readonly rawName: string;
      /** In the line, as are all of these. */
      readonly index: number;
      readonly value: string | undefined;
    };

export function tokenize(argv: readonly string[], options: Options): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') {
      const rest = argv
        .slice(index + 1)
        .map((value, at) => ({ kind: 'positional', index: index + 1 + at, value }) as const);
      return [...tokens, { kind: 'option-terminator', index }, ...rest];
    }
    const found = readOptions(word, options);
    const last = found.pop();
    for (const option of found) tokens.push({ kind: 'option', index, ...option });
    if (last === undefined) tokens.push({ kind: 'positional', index, value: word });
    else {
      // An option that takes a value, and has none yet, has the next word, whatever it is.
      const isOpen = last.value === undefined && takesValue(last.name, options) && index + 1 < argv.length;
      tokens.push({ kind: 'option', index, ...last, ...(isOpen && { value: argv[index + 1] }) });
      if (isOpen) index++;
    }
  }
  return tokens;
}

type Found = { readonly name: string; readonly rawName: string; readonly value: string | undefined };

/** The options in one word: several short ones may stand together (`-Hf`, `-fjson`). */
function readOptions(word: string, options: Options): Found[] {
  if (word.length < 2 || !word.startsWith('-')) return [];
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    // `--=x` has no name before its equals sign.
    const rawName = equals > 2 ? word.slice(0, equals) : word;
    return [{ name: rawName.slice(2), rawName, value: equals > 2 ? word.slice(equals + 1) : undefined }];
  }
  const found: Found[] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? '';
    const name = nameOf(letter, options);
    const rest = word.slice(at + 1);
    const isValue = rest !== '' && takesValue(name, options);
    found.push({ name, rawName: `-${letter}`, value: isValue ? rest : undefined });
    if (isValue) break;
  }
  return found;
}

function nameOf(letter: string, options: Options): string {
  return Object.entries(options).find(([, { short }]) => short === letter)?.[0] ?? letter;
}

function takesValue(name: string, options: Options): boolean {
  return Object.hasOwn(options, name) && options[name]?.type === 'string';
}
