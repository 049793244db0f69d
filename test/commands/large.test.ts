// Answers that nobody expects: what they take grows with their size, and no faster, in every format.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

const ID = '00000000-0000-0000-0003-000000000001';
const FORMATS = ['table', 'json', 'jsonl', 'yaml', 'id-only', 'tree'];
const PLACES = [{}, { isTerminal: true, width: 80 }];
/** Milliseconds for one command. Most of these took minutes once. */
const LIMIT = 10_000;

const SHAPES: Readonly<Record<string, unknown>> = {
  'a row of 200,000 keys': Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`key ${index}`, index])),
  'a cell of 10 MB': { id: ID, name: 'x'.repeat(10_000_000), color: 'ff8800' },
  'words of 10 MB': { id: ID, name: 'word and '.repeat(1_100_000) },
  'wide characters of 9 MB': { id: ID, name: '漢'.repeat(3_000_000) },
  'a cell of 500,000 lines': { id: ID, name: 'a\n'.repeat(500_000) },
  'a million sequences without an end': { id: ID, name: '\x1b]'.repeat(1_000_000) },
};

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

/** The end of what is printed in each format and place, once it was printed in time. */
async function expectInTime(line: string, route: string, answer: unknown): Promise<void> {
  const json = JSON.stringify(answer);
  for (const format of FORMATS) {
    for (const place of PLACES) {
      const started = performance.now();
      const shown = await home.kscli(`${line} -f ${format}`, { [route]: { text: json } }, place);
      const time = performance.now() - started;
      expect({ format, place, exit: shown.slice(-6), isInTime: time < LIMIT }).toEqual({
        format,
        place,
        exit: 'exit 0',
        isInTime: true,
      });
    }
  }
}

test.each(Object.entries(SHAPES))(
  '%s is shown in time',
  async (_name, shape) => {
    await expectInTime(`tags describe ${ID}`, `GET /v1/tags/${ID}`, shape);
  },
  60_000,
);

test('a list with one cell of 10 MB among 100 rows is shown in time', async () => {
  const items = Array.from({ length: 100 }, (_, index) => ({
    id: ID,
    name: index === 7 ? 'x'.repeat(10_000_000) : 'a',
  }));
  await expectInTime('tags list', 'GET /v1/tags?limit=20&offset=0', { items, total: 100 });
}, 60_000);
