// Several files: a new one each month, chained to the one before.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { NOW } from '../kscli.ts';
import { BAD, type Chain, createChain, DAY, FILE, hashOf, MARCH, PLACE } from './chain.ts';

const MAY = '2026-05.jsonl';

let chain: Chain;
beforeEach(async () => {
  chain = await createChain(3);
});
afterEach(() => chain.remove());

const verify = (words?: string) => chain.verify(words);
const place = (file: string) => chain.place(file);

async function addMonths(): Promise<void> {
  await chain.add(NOW + 20 * DAY);
  await chain.add(NOW + 21 * DAY);
  await chain.add(NOW + 80 * DAY);
}

test('a new month begins a file, which names the one before and goes on with its numbers', async () => {
  await addMonths();
  expect(readdirSync(chain.journal).sort()).toEqual([FILE, MARCH, MAY, 'journal.head', 'journal.write-lock']);
  const [opening = '', first = ''] = chain.read(MARCH);
  const last = chain.read().at(-1);
  expect(JSON.parse(opening)).toMatchObject({ seq: 4, event: 'file.open', previous: FILE, prev: hashOf(last) });
  expect(opening).toStartWith(
    '{"v":1,"seq":4,"at":"2026-03-15T11:00:00.000Z","event":"file.open","previous":"2026-02.jsonl",',
  );
  expect(JSON.parse(first)).toMatchObject({ seq: 5, event: 'request', prev: hashOf(opening) });
  expect(JSON.parse(chain.read(MAY)[0] ?? '')).toMatchObject({ seq: 7, previous: MARCH });
  const head = hashOf(chain.read(MAY)[1]);
  expect(await verify()).toEqual([`Intact: 8 lines in 3 files, up to 8:${head}`]);
});

test('months are those of UTC, and a clock that was set back opens no file before the newest', async () => {
  await chain.add(Date.parse('2026-02-28T23:59:59.999Z'));
  await chain.add(Date.parse('2026-03-01T00:00:00.000Z'));
  await chain.add(NOW);
  expect(chain.read()).toHaveLength(4);
  expect(chain.read(MARCH)).toHaveLength(3);
  expect(await verify()).toEqual([expect.stringContaining('Intact: 7 lines in 2 files')]);
});

test('a file that is gone, renamed or cut is found', async () => {
  await addMonths();
  const copies = join(chain.directory, 'copies');
  mkdirSync(copies);
  const files = readdirSync(chain.journal);
  for (const name of files) copyFileSync(place(name), join(copies, name));
  const restore = () => {
    rmSync(chain.journal, { recursive: true });
    mkdirSync(chain.journal, { mode: 0o700 });
    for (const name of files) copyFileSync(join(copies, name), place(name));
  };
  rmSync(place(FILE));
  expect(await verify()).toEqual([`${PLACE}/${MARCH}, line 1: missing. Numbers 1 to 3 are missing before it.`, ...BAD]);
  restore();
  rmSync(place(MARCH));
  expect(await verify()).toEqual([`${PLACE}/${MAY}, line 1: missing. Numbers 4 to 6 are missing before it.`, ...BAD]);
  restore();
  rmSync(place(MAY));
  expect(await verify()).toEqual([
    `${PLACE}/${MARCH}, line 4: cut. The journal ends with number 6; journal.head knows 8.`,
    ...BAD,
  ]);
  restore();
  for (const name of [FILE, MARCH, MAY]) rmSync(place(name));
  expect(await verify()).toEqual([
    `${PLACE}/journal.head, line 1: cut. The journal ends with number 0; journal.head knows 8.`,
    ...BAD,
  ]);
  restore();
  renameSync(place(MAY), place('2026-04.jsonl'));
  expect(await verify()).toEqual([expect.stringContaining('Intact: 8 lines')]);
  renameSync(place(FILE), place('2026-01.jsonl'));
  expect(await verify()).toEqual([
    `${PLACE}/${MARCH}, line 1: missing. The file follows ${FILE}, which is not here.`,
    ...BAD,
  ]);
  restore();
  chain.write(chain.read().slice(0, 2));
  expect(await verify()).toEqual([`${PLACE}/${MARCH}, line 1: missing. Number 3 is missing before it.`, ...BAD]);
  restore();
  chain.write(chain.read(MARCH).slice(1), MARCH);
  expect(await verify()).toEqual([`${PLACE}/${MARCH}, line 1: missing. Number 4 is missing before it.`, ...BAD]);
});

test('single files are held against what follows them, and copies against a head that is given', async () => {
  await addMonths();
  const lastOfMarch = `6:${hashOf(chain.read(MARCH).at(-1))}`;
  expect(await verify(place(MARCH))).toEqual([`Intact: 3 lines in 1 file, up to ${lastOfMarch}`]);
  expect(await verify(`${place(MARCH)} ${place(FILE)}`)).toEqual([`Intact: 6 lines in 2 files, up to ${lastOfMarch}`]);
  const copy = join(chain.directory, 'march.txt');
  copyFileSync(place(MARCH), copy);
  expect(await verify('~/march.txt')).toEqual([
    `Intact: 3 lines in 1 file, up to ${lastOfMarch}`,
    '! Warning: No head is known: a cut end would not be seen. Give one with --head',
  ]);
  truncateSync(copy, 100);
  expect(await verify(`~/march.txt --head ${lastOfMarch}`)).toEqual([
    '~/march.txt, line 1: cut. The journal ends with number 0; --head knows 6.',
    ...BAD,
  ]);
  expect(await verify(`${place(MAY)} --head 5:${'0'.repeat(64)}`)).toEqual([
    `${PLACE}/${MAY}, line 1: missing. Number 5 is in none of these files.`,
    ...BAD,
  ]);
  chain.write(chain.read(MARCH).slice(0, 2), MARCH);
  expect(await verify(place(MARCH))).toEqual([
    `${PLACE}/${MARCH}, line 3: cut. The journal ends with number 5; ${MAY} knows 6.`,
    ...BAD,
  ]);
});
