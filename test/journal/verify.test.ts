// Whatever is done to a line of the journal is found, with its place.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chain, createChain, FILE, forge, forgeFrom, hashOf } from './chain.ts';

const COUNT = 6;

let chain: Chain;
let lines: string[];
beforeEach(async () => {
  chain = await createChain(COUNT);
  lines = chain.read();
});
afterEach(() => chain.remove());

const FOUND = `! Error: The journal is not intact
! All before it is whole. Compare with a copy, or with a head that was noted elsewhere.
exit 1`;

/** @param found what follows the file's name */
async function expectFound(found: string, line = 'journal verify'): Promise<void> {
  expect(await chain.kscli(line)).toBe(`$ kscli ${line}
~/.local/state/kscli/journal/${FILE}, ${found}
${FOUND}`);
}

test('a whole journal is intact, and says up to which line', async () => {
  const head = `${COUNT}:${hashOf(lines.at(-1))}`;
  expect(await chain.kscli('journal verify')).toBe(`$ kscli journal verify
Intact: ${COUNT} lines in 1 file, up to ${head}
exit 0`);
  expect(await chain.kscli('journal head')).toBe(`$ kscli journal head\n${head}\nexit 0`);
  expect(await chain.kscli(`journal verify --head ${head}`)).toEndWith('exit 0');
});

test('a changed byte is found in each line, wherever it stands', async () => {
  for (const [at, line] of lines.entries()) {
    for (let place = at % 3; place < line.length; place += 31) {
      const changed = line.slice(0, place) + (line[place] === 'x' ? 'y' : 'x') + line.slice(place + 1);
      chain.write(lines.with(at, changed));
      await expectFound(`line ${at + 1}: edited. It is not as it was written.`);
    }
  }
});

test('a line that is gone is found, each of them', async () => {
  for (let at = 0; at < COUNT - 1; at++) {
    chain.write(lines.toSpliced(at, 1));
    await expectFound(`line ${at + 1}: missing. Number ${at + 1} is missing before it.`);
  }
  chain.write(lines.toSpliced(1, 3));
  await expectFound('line 2: missing. Numbers 2 to 4 are missing before it.');
});

test('two lines that changed places are found, each pair', async () => {
  for (let at = 0; at < COUNT - 1; at++) {
    chain.write(lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? ''));
    await expectFound(`line ${at + 1}: reordered. Number ${at + 1} comes after it.`);
  }
  chain.write([...lines.slice(1), lines[0] ?? '']);
  await expectFound('line 1: reordered. Number 1 comes after it.');
});

test('a line that stands there twice is found', async () => {
  for (const [at, line] of lines.entries()) {
    chain.write(lines.toSpliced(at + 1, 0, line));
    await expectFound(`line ${at + 2}: reordered. Number ${at + 1} stands where ${at + 2} belongs.`);
  }
});

test('a cut end is found, wherever it is cut', async () => {
  for (let kept = 0; kept < COUNT; kept++) {
    chain.write(lines.slice(0, kept));
    await expectFound(`line ${kept + 1}: cut. The journal ends with number ${kept}; journal.head knows ${COUNT}.`);
  }
  const whole = `${lines.slice(0, 3).join('\n')}\n`;
  writeFileSync(join(chain.journal, FILE), whole + (lines[3] ?? '').slice(0, 40));
  await expectFound(`line 4: cut. The journal ends with number 3; journal.head knows ${COUNT}.`);
});

test('a last line that was never finished is torn, wherever it ends', async () => {
  const text = lines.map((line) => `${line}\n`).join('');
  const last = (lines.at(-1) ?? '').length + 1;
  for (const missing of [1, 2, 70, 200, last - 1]) {
    writeFileSync(join(chain.journal, FILE), text);
    truncateSync(join(chain.journal, FILE), text.length - missing);
    await expectFound(`line ${COUNT}: torn. It was never finished.`);
  }
});

test('something that is no line is found', async () => {
  for (const strange of ['', ' ', '{}', 'null', '\0'.repeat(500), '{"v":1,"seq":3}', 'x'.repeat(3_000_000)]) {
    chain.write(lines.toSpliced(2, 0, strange));
    await expectFound('line 3: edited. It is not as it was written.');
  }
});

test('a line with a fitting hash of its own is found by the line after it, the last one by the head', async () => {
  for (const [at, line] of lines.entries()) {
    chain.write(
      lines.with(
        at,
        forge(line, (fields) => ({ ...fields, host: 'elsewhere' })),
      ),
    );
    await expectFound(
      at < COUNT - 1
        ? `line ${at + 2}: edited. It follows another number ${at + 1} than the one here.`
        : `line ${COUNT}: edited. journal.head knows another number ${COUNT}.`,
    );
  }
});

test('a chain that is made anew up to its end is found by the head, and with a new head by one that was noted', async () => {
  const forged = forgeFrom(lines, 2, (fields) => ({ ...fields, status: 404 }));
  chain.write(forged);
  await expectFound(`line ${COUNT}: edited. journal.head knows another number ${COUNT}.`);
  writeFileSync(join(chain.journal, 'journal.head'), `${COUNT}:${hashOf(forged.at(-1))}\n`);
  expect(await chain.kscli('journal verify')).toEndWith('exit 0');
  const noted = `journal verify --head 4:${hashOf(lines[3])}`;
  await expectFound('line 4: edited. --head knows another number 4.', noted);
  // What stands before the first change is as it was.
  expect(await chain.kscli(`journal verify --head 2:${hashOf(lines[1])}`)).toEndWith('exit 0');
});

test('a head that is noted finds a cut end whose head was cut too', async () => {
  chain.write(lines.slice(0, 3));
  writeFileSync(join(chain.journal, 'journal.head'), `3:${hashOf(lines[2])}\n`);
  expect(await chain.kscli('journal verify')).toEndWith('exit 0');
  const noted = `journal verify --head 5:${hashOf(lines[4])}`;
  await expectFound('line 4: cut. The journal ends with number 3; --head knows 5.', noted);
});

test('a head that is gone or unreadable is found', async () => {
  const head = join(chain.journal, 'journal.head');
  rmSync(head);
  expect(await chain.kscli('journal verify')).toBe(`$ kscli journal verify
~/.local/state/kscli/journal/journal.head, line 1: missing. The end of the journal is not known.
${FOUND}`);
  for (const text of ['', 'x', '6', `6:${'g'.repeat(64)}`, `-1:${'0'.repeat(64)}`, `6:${'0'.repeat(63)}`, '{}\n']) {
    writeFileSync(head, text);
    expect(await chain.kscli('journal verify')).toBe(`$ kscli journal verify
~/.local/state/kscli/journal/journal.head, line 1: edited. It is not as it was written.
${FOUND}`);
  }
  expect(await chain.kscli(`journal verify --head ${COUNT}:${hashOf(lines.at(-1))}`)).toEndWith('exit 0');
});
