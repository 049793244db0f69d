// The compiled binary with ids from a pipe: one connection, answers in order, and nothing half done that nobody hears of.

import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { createSite, type Site } from '../binary.ts';

let site: Site;
let ids: string[];
beforeAll(async () => {
  site = createSite();
  await site.signIn();
  const { store } = site.backend.resources;
  ids = Array.from({ length: 30 }, (_, index) =>
    String(store.create('tags', { name: `tag ${index}`, color: '000000' })['id']),
  );
});
afterAll(() => site.remove());
beforeEach(() => {
  site.backend.requests.length = 0;
});

test('a list of ids leads from one command to the next', async () => {
  const script =
    "kscli tags list --all --where name~'tag 2' -f id-only | kscli tags describe - --columns name -f csv -H";
  const shown = await site.shell(script);
  expect(shown.replaceAll('\r', '').split('\n').slice(-13)).toMatchInlineSnapshot(`
    [
      "tag 2",
      "tag 20",
      "tag 21",
      "tag 22",
      "tag 23",
      "tag 24",
      "tag 25",
      "tag 26",
      "tag 27",
      "tag 28",
      "tag 29",
      "! 11 of 30 rows.",
      "exit 0",
    ]
  `);
});

test('all requests share one connection', async () => {
  const ports = new Set<number | undefined>();
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request, self) => {
      ports.add(self.requestIP(request)?.port);
      return Response.json({ id: 'x', name: 'y' });
    },
  });
  try {
    const env = { KSCLI_BASE_URL: `http://127.0.0.1:${server.port}`, KSCLI_CREDENTIALS_PATH: `${site.home}/other/` };
    await Bun.write(`${site.home}/other/.credentials`, await readOther(server.port));
    const { stdout, exit } = await site.run(`tags describe ${ids.join(' ')} -f id-only`, env);
    expect({ lines: stdout.split('\n').length - 1, exit, connections: ports.size }).toEqual({
      lines: 30,
      exit: 0,
      connections: 1,
    });
  } finally {
    await server.stop(true);
  }
});

async function readOther(port: number | undefined): Promise<string> {
  const kept = await Bun.file(site.credentials).json();
  return JSON.stringify({ ...kept, base_url: `http://127.0.0.1:${port}` });
}

test('a reader that closes its end stops a reading, and no deleting', async () => {
  const [first, second, ...rest] = ids;
  const deleted = await site.shell(`printf '%s\\n' ${first} ${second} | kscli tags delete - -f jsonl | :`);
  expect(deleted).toEndWith('exit 0');
  const left = await site.run('tags list --all -f id-only');
  expect(left.stdout.trim().split('\n')).toEqual(rest);
});

test('at a terminal one question is asked, and a no deletes nothing', async () => {
  const [, , third, fourth] = ids;
  const { exit, shown } = await site.runInTerminal(`tags delete ${third} ${fourth}`, 'n\r', {}, 400);
  expect(shown).toContain(`Delete 2 tags (tag 2 (${third}), tag 3 (${fourth})) of tenant `);
  expect(exit).toBe(1);
  expect(site.backend.requests.filter(({ route }) => route.startsWith('DELETE'))).toEqual([]);
});
