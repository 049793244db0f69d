// What the next writer makes of the end that it finds: torn, cut, made anew, or one that its head does not know yet.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { NOW } from '../kscli.ts';
import { BAD, type Chain, createChain, DAY, FILE, hashOf, MARCH, PLACE } from './chain.ts';

let chain: Chain;
beforeEach(async () => {
  chain = await createChain(3);
});
afterEach(() => chain.remove());

const verify = (words?: string) => chain.verify(words);
const place = (file: string) => chain.place(file);

test('a torn line is set aside by the next writer, and then the chain is whole', async () => {
  const whole = readFileSync(place(FILE), 'utf8');
  const torn = '{"v":1,"seq":4,"at":"2026-0';
  appendFileSync(place(FILE), torn);
  expect(await verify()).toEqual([`${PLACE}/${FILE}, line 4: torn. It was never finished.`, ...BAD]);
  const shown = await chain.kscli(
    'whoami -f id-only',
    { 'GET /v1/users/me': { json: { id: 'me' } } },
    { env: { KSCLI_JOURNAL: 'on' } },
  );
  expect(shown).toMatchInlineSnapshot(`
    "$ kscli whoami -f id-only
    > GET /v1/users/me | cookie: ks_uat=<token>
    me
    ! Warning: The last line of ~/.local/state/kscli/journal/2026-02.jsonl was never finished. It lies in ~/.local/state/kscli/journal/2026-02.jsonl.torn now.
    exit 0"
  `);
  expect(readFileSync(place(`${FILE}.torn`), 'utf8')).toBe(`${torn}\n`);
  expect(readFileSync(place(FILE), 'utf8')).toStartWith(whole);
  expect(await verify()).toEqual([
    `Intact: 4 lines in 1 file, up to 4:${hashOf(chain.read().at(-1))}`,
    `! Set aside, a line that was never finished: ${PLACE}/${FILE}.torn`,
  ]);
});

test('a last line that lost its end is torn too, and the chain goes on before it, in the next month as well', async () => {
  const lines = chain.read();
  truncateSync(place(FILE), readFileSync(place(FILE)).length - 30);
  await chain.add(NOW + 20 * DAY);
  expect(readFileSync(place(`${FILE}.torn`), 'utf8')).toBe(`${lines[2]?.slice(0, -29)}\n`);
  expect(chain.read()).toEqual(lines.slice(0, 2));
  expect(JSON.parse(chain.read(MARCH)[0] ?? '')).toMatchObject({ seq: 3, prev: hashOf(lines[1]) });
  expect((await verify())[0]).toStartWith('Intact: 4 lines in 2 files');
});

test('a cut end stays missing however many lines follow it', async () => {
  const lines = chain.read();
  await chain.add();
  chain.write(lines.slice(0, 2));
  await chain.add();
  await chain.add();
  expect(chain.read()).toHaveLength(4);
  expect(await verify()).toEqual([`${PLACE}/${FILE}, line 3: missing. Numbers 3 to 4 are missing before it.`, ...BAD]);
  for (const name of readdirSync(chain.journal).filter((entry) => entry.endsWith('.jsonl'))) rmSync(place(name));
  await chain.add();
  expect(await verify()).toEqual([`${PLACE}/${FILE}, line 1: missing. Numbers 1 to 6 are missing before it.`, ...BAD]);
});

test('an end that was made anew stays visible however many lines follow it', async () => {
  const lines = chain.read();
  chain.write([...lines.slice(0, 2), '{"v":1,"seq":3,"event":"request"}']);
  await chain.add();
  expect(await verify()).toEqual([`${PLACE}/${FILE}, line 3: edited. It is not as it was written.`, ...BAD]);
  expect(JSON.parse(chain.read()[3] ?? '')).toMatchObject({ seq: 4, prev: hashOf(lines[2]) });
});

test('an old head is a writer that was killed: the chain is whole, and goes on from its end', async () => {
  const [, second] = chain.read();
  for (const head of [`2:${hashOf(second)}\n`, `0:${'0'.repeat(64)}\n`]) {
    writeFileSync(place('journal.head'), head);
    expect((await verify())[0]).toStartWith('Intact: ');
    await chain.add();
    expect((await verify())[0]).toStartWith('Intact: ');
  }
  expect(chain.read()).toHaveLength(5);
});

test('an empty file is one that nobody has written to yet', async () => {
  writeFileSync(place(MARCH), '', { mode: 0o600 });
  expect((await verify())[0]).toStartWith('Intact: 3 lines');
  await chain.add(NOW + 20 * DAY);
  expect(JSON.parse(chain.read(MARCH)[0] ?? '')).toMatchObject({ seq: 4, previous: FILE });
  expect((await verify())[0]).toStartWith('Intact: 5 lines in 2 files');
  expect(existsSync(place(`${MARCH}.torn`))).toBe(false);
});
