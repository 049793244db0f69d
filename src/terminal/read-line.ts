// The next line of standard input, for an answer that somebody types.

/** Empty at the end. */
export async function readLine(): Promise<string> {
  let text = '';
  for await (const piece of Bun.stdin.stream()) {
    text += Buffer.from(piece).toString();
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}
