// kscli compare: the columns and the rows that the compared command asks for.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepSessions } from '../auth/two-sessions.ts';
import { createHome, type Home } from '../kscli.ts';
import { FOLDERS, list } from './rows.ts';

const row = (number: number, name: string, email: string) => ({ id: `f-${number}`, name, owner: { email } });

const DIFFERENT = {
  [FOLDERS]: [
    list(row(1, 'Contracts', 'a@example.com'), row(2, 'Reports', 'a@example.com')),
    list(row(2, 'Reports 2026', 'b@example.com')),
  ],
};

let home: Home;
beforeEach(() => {
  home = createHome();
  keepSessions(home);
});
afterEach(() => home.remove());

test('the columns and the rows that the command asks for are compared, and no others', async () => {
  const line = 'compare acme bob -f jsonl -- folders list';
  expect(await home.kscli(`${line} --columns id,owner.email`, DIFFERENT)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -f jsonl -- folders list --columns id,owner.email
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=token-of-bob
    {"difference":"only_in_a","id":"f-1","row":{"id":"f-1","owner.email":"a@example.com"}}
    {"difference":"field","id":"f-2","field":"owner.email","a":"a@example.com","b":"b@example.com"}
    ! Different: 1 row only in acme, 1 row differs. No row is the same.
    exit 5"
  `);
  expect(await home.kscli(`${line} --where name~Rep`, DIFFERENT)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -f jsonl -- folders list --where name~Rep
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=token-of-bob
    {"difference":"field","id":"f-2","field":"name","a":"Reports","b":"Reports 2026"}
    {"difference":"field","id":"f-2","field":"owner.email","a":"a@example.com","b":"b@example.com"}
    ! Different: 1 row differs. No row is the same.
    exit 5"
  `);
  const one = { [FOLDERS]: DIFFERENT[FOLDERS]?.[0] ?? [] };
  expect(await home.kscli(`${line} --columns nme`, one)).toMatchInlineSnapshot(`
    "$ kscli compare acme bob -f jsonl -- folders list --columns nme
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    ! Error: --columns: 'nme' is not a column here
    ! Did you mean name?
    ! --columns help lists them.
    ! Usage: kscli compare <a> [b] <command>... [options]
    exit 64"
  `);
});

test('they hold for a saved answer too', async () => {
  writeFileSync(join(home.directory, 'before.json'), JSON.stringify(DIFFERENT[FOLDERS]?.[1]?.json));
  const line = 'compare acme --before ~/before.json -f jsonl -- folders list --columns id,name --where name!=Contracts';
  expect(await home.kscli(line, { [FOLDERS]: DIFFERENT[FOLDERS]?.[0] ?? [] })).toMatchInlineSnapshot(`
    "$ kscli compare acme --before ~/before.json -f jsonl -- folders list --columns id,name --where name!=Contracts
    > GET /v1/folders?limit=100&offset=0 | cookie: ks_uat=<token>
    {"difference":"field","id":"f-2","field":"name","a":"Reports","b":"Reports 2026"}
    ! Different: 1 row differs. No row is the same.
    exit 5"
  `);
});
