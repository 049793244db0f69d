// A word as it would be typed in a shell.

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Without quotes where it needs none. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : quoteText(word);
}
