// kscli compare with the compiled binary: two users of one tenant at a real server, in a pipe and on a terminal.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { ADMIN_KEY, OTHER_USER, TENANT, USER } from '../backend/server.ts';
import { createSite, type Site } from '../binary.ts';

let machine: Site;
beforeEach(async () => {
  machine = createSite();
  for (const [name, user] of Object.entries({ acme: USER, bob: OTHER_USER })) {
    await machine.run(`assume-user --session ${name} --tenant-id ${TENANT} --user-id ${user}`, {
      ADMIN_API_KEY: ADMIN_KEY,
    });
  }
  machine.backend.requests.length = 0;
});
afterEach(() => machine.remove());

/** The id of a folder that bob may not see from now on. */
function hide(name: string): string {
  const id = String(machine.backend.resources.store.rows('folders').find((row) => row['name'] === name)?.['id']);
  machine.backend.hidden.set(OTHER_USER, new Set([id]));
  return id;
}

function change(name: string, fields: object): void {
  const place = `${machine.credentials}.sessions/${name}`;
  writeFileSync(place, JSON.stringify({ ...JSON.parse(readFileSync(place, 'utf8')), ...fields }));
}

/** What was said; both are asked at the same time, so that their requests come in any order. */
async function tell(line: string): Promise<string> {
  return (await machine.kscli(line)).replace(/^> .*\n/gm, '');
}

/** Each request with the user of its token. */
function listRequests(): string[] {
  const claims = (cookie: string) => JSON.parse(Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString());
  return machine.backend.requests
    .map(({ route, headers, body }) => `${route} ${body || claims(headers.get('cookie') ?? '').sub}`)
    .sort();
}

test('a folder that bob does not see: in the list, and by itself', async () => {
  const id = hide('Contracts');
  expect(await tell('compare acme bob -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    Different: 1 row only in acme. 1 row is the same.
    acme: user 00000000-0000-0000-0001-000000000001
    bob: user 00000000-0000-0000-0001-000000000002
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server <server>

    Only in acme:
      00000000-0000-4000-8000-000000000001  Contracts
    exit 5"
  `);
  expect(listRequests()).toEqual([USER, OTHER_USER].map((user) => `GET /v1/folders?limit=100&offset=0 ${user}`));
  expect(await tell(`compare bob acme -- folders describe ${id}`)).toMatchInlineSnapshot(`
    "$ kscli compare bob acme -- folders describe 00000000-0000-4000-8000-000000000001
    Different: only in acme. In bob: Not found: Not found
    bob: user 00000000-0000-0000-0001-000000000002
    acme: user 00000000-0000-0000-0001-000000000001
    both: tenant 00000000-0000-0000-0002-000000000001
    both: server <server>
    exit 5"
  `);
  expect(await tell('compare acme bob -f jsonl -- api GET /v1/folders -F limit=1')).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -f jsonl -- api GET /v1/folders -F limit=1
    {"difference":"only_in_a","id":"00000000-0000-4000-8000-000000000001","row":{"id":"00000000-0000-4000-8000-000000000001","path_part_id":"00000000-0000-4000-8100-000000000002","name":"Contracts","part_type":"FOLDER","parent_path_part_id":null,"materialized_path":"/Contracts","tenant_id":"00000000-0000-0000-0002-000000000001","created_at":"2026-01-01T00:00:00.000Z","updated_at":"2026-01-01T00:00:00.000Z"}}
    ! Different: 1 row only in acme. 1 row is the same.
    exit 5"
  `);
});

test('what was saved yesterday, and what is there today', async () => {
  expect(await machine.shell('kscli folders list --session acme --all -f json > before.json')).toEndWith('exit 0');
  expect(await tell('compare acme --before before.json -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare acme --before before.json -- folders list
    The same: 2 rows in acme and in before.json.
    acme: user 00000000-0000-0000-0001-000000000001
    acme: tenant 00000000-0000-0000-0002-000000000001
    acme: server <server>
    exit 0"
  `);
  machine.backend.resources.store.create('folders', { name: 'New', part_type: 'FOLDER' });
  expect(await tell('compare acme --before before.json -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare acme --before before.json -- folders list
    Different: 1 row only in acme. 2 rows are the same.
    acme: user 00000000-0000-0000-0001-000000000001
    acme: tenant 00000000-0000-0000-0002-000000000001
    acme: server <server>

    Only in acme:
      00000000-0000-4000-8000-00000000000b  New
    exit 5"
  `);
  expect(await machine.shell('kscli compare acme --before - -f id-only -- folders list < before.json')).toEndWith(
    '\n! Different: 1 row only in acme. 2 rows are the same.\nexit 5',
  );
  expect(
    await machine.shell(`echo '{"items": [{"id": "gone"}]}' | kscli compare acme --before - -- folders list`),
  ).toContain('\nDifferent: 3 rows only in acme, 1 row only in standard input. No row is the same.\n');
});

test('two expired tokens: each is renewed for its own user', async () => {
  for (const name of ['acme', 'bob']) change(name, { expires_at: '2020-01-01T00:00:00+00:00' });
  expect((await tell('compare acme bob -- folders list')).split('\n')[1]).toBe('The same: 2 rows in acme and in bob.');
  expect(listRequests()).toEqual([
    ...[USER, OTHER_USER].map((user) => `GET /v1/folders?limit=100&offset=0 ${user}`),
    ...[USER, OTHER_USER].map((user) => `POST /v1/auth/assume_user {"tenant_id":"${TENANT}","user_id":"${user}"}`),
  ]);
});

test('a search, which only reads, is compared in sessions that are only for reading', async () => {
  change('acme', { read_only: true });
  expect(await tell('compare acme bob -- chunks search -q revenue')).toStartWith(
    '$ kscli compare acme bob -- chunks search -q revenue\nThe same: no rows in acme and none in bob.\n',
  );
});

test('a session whose file is broken, and one that holds the token of another user', async () => {
  writeFileSync(`${machine.credentials}.sessions/bob`, '{');
  expect(await tell('compare acme bob -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    ! Error: Not authenticated. Run: kscli assume-user --session bob --tenant-id <id> --user-id <id>
    ! This was session bob.
    ! The credentials file ~/state/.credentials.sessions/bob does not hold a JSON object.
    exit 2"
  `);
  writeFileSync(`${machine.credentials}.sessions/bob`, readFileSync(`${machine.credentials}.sessions/acme`));
  change('bob', { user_id: OTHER_USER });
  expect(await tell('compare acme bob -- folders list')).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -- folders list
    ! Error: Wrong identity: session bob: user 00000000-0000-0000-0001-000000000001, but 00000000-0000-0000-0001-000000000002 is expected
    ! This was session bob.
    ! The token says so itself, whatever the credentials file says.
    ! The request was not sent.
    ! Run: kscli assume-user --session bob --tenant-id 00000000-0000-0000-0002-000000000001 --user-id 00000000-0000-0000-0001-000000000002
    exit 2"
  `);
  expect(machine.backend.requests).toEqual([]);
});

test('on a terminal lines break at words, and no id is broken', async () => {
  hide('Contracts');
  const { exit, shown } = await machine.runInTerminal('compare acme bob -- folders list', undefined, {}, 60);
  const plain = shown.replaceAll('\x1b[K', '').replace(/^\r*/, '').replaceAll(machine.backend.url, '<server>');
  expect([exit, plain.split('\r\n')]).toMatchInlineSnapshot(`
    [
      5,
      [
        "Different: 1 row only in acme. 1 row is the same.",
        "acme: user 00000000-0000-0000-0001-000000000001",
        "bob: user 00000000-0000-0000-0001-000000000002",
        "both: tenant 00000000-0000-0000-0002-000000000001",
        "both: server <server>",
        "",
        "Only in acme:",
        "  00000000-0000-4000-8000-000000000001  Contracts",
        "",
      ],
    ]
  `);
});
