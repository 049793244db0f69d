// A list read to its end by the compiled binary: who waits for the first rows gets them first.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createSite, type Site } from '../binary.ts';

let site: Site;
beforeAll(async () => {
  site = createSite();
  await site.signIn();
});
afterAll(() => site.remove());

const page = (id: string) => Response.json({ items: [{ id, name: id }], total: 2 });

test.each([
  ['jsonl', '{"id":"a","name":"a"}\n'],
  ['id-only', 'a\n'],
  ['json', '{\n  "items": [\n    {\n      "id": "a",\n      "name": "a"\n    }'],
])('the first row of --all is out as %s before the second page is asked for', async (format, row) => {
  const seen = Promise.withResolvers<void>();
  site.backend.faults.set('GET /v1/tags', async ({ url }) => {
    if (!url.endsWith('&offset=1')) return page('a');
    await seen.promise;
    return page('b');
  });
  const { stdout, exited } = site.start(['tags', 'list', '--all', '-l', '1', '-f', format]);
  let printed = '';
  for await (const piece of stdout.pipeThrough(new TextDecoderStream())) {
    printed += piece;
    if (printed === row) seen.resolve();
  }
  expect(printed).toStartWith(row);
  expect(await exited).toBe(0);
});
