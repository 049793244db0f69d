// A change of a workflow definition replaces the whole: what no flag changes is sent as the server has it.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { A, B, C } from './line.ts';

const ONE = `/v1/workflow-definitions/${A}`;
const UPDATE = `workflow-definitions update ${A}`;
const PRESENT = {
  id: A,
  name: 'Weekly',
  description: 'Of all reports',
  runner_type: 'SELF_HOSTED',
  runner_config: null,
  max_run_duration_seconds: 600,
  source_path_part_ids: [A, B],
  instruction_path_part_ids: [B],
  output_path_part_ids: [C],
  template_path_part_id: C,
  is_active: false,
  created_at: '2026-01-01T00:00:00Z',
};
const WITH_RUNNER = { ...PRESENT, runner_config: { url: 'https://r.example.com' } };

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
  writeFileSync(join(home.directory, 'secret'), 'hook-secret\n');
});
afterAll(() => home.remove());

test('one flag changes one value, and nothing is lost', async () => {
  const stubs = { [`GET ${ONE}`]: { json: PRESENT }, [`PUT ${ONE}`]: { json: PRESENT } };
  expect(await home.kscli(`${UPDATE} --max-run-duration-seconds 60 -f id-only`, stubs)).toMatchInlineSnapshot(`
    "$ kscli workflow-definitions update 00000000-0000-0000-0003-00000000000a --max-run-duration-seconds 60 -f id-only
    > GET /v1/workflow-definitions/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    > PUT /v1/workflow-definitions/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token> | {"max_run_duration_seconds":60,"name":"Weekly","description":"Of all reports","runner_type":"SELF_HOSTED","source_path_part_ids":["00000000-0000-0000-0003-00000000000a","00000000-0000-0000-0003-00000000000b"],"instruction_path_part_ids":["00000000-0000-0000-0003-00000000000b"],"output_path_part_ids":["00000000-0000-0000-0003-00000000000c"],"template_path_part_id":"00000000-0000-0000-0003-00000000000c","is_active":false}
    00000000-0000-0000-0003-00000000000a
    exit 0"
  `);
});

test('a list is replaced as a whole', async () => {
  const stubs = { [`GET ${ONE}`]: { json: PRESENT }, [`PUT ${ONE}`]: { json: PRESENT } };
  const transcript = await home.kscli(`${UPDATE} --source-path-part-ids ${C} --is-active`, stubs);
  expect(transcript).toContain(`"source_path_part_ids":["${C}"],"is_active":true,`);
});

test('a definition with a runner needs its address and secret again, and nothing is changed without', async () => {
  expect(await home.kscli(`${UPDATE} --name x`, { [`GET ${ONE}`]: { json: WITH_RUNNER } })).toMatchInlineSnapshot(`
    "$ kscli workflow-definitions update 00000000-0000-0000-0003-00000000000a --name x
    > GET /v1/workflow-definitions/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Error: The definition has a runner: give --runner-url and --webhook-secret-file
    ! An update replaces the whole, and the server tells nobody the secret. Nothing was changed.
    ! Usage: kscli workflow-definitions update <definition-id> [options]
    exit 64"
  `);
});

test('with both the runner is sent', async () => {
  const stubs = { [`GET ${ONE}`]: { json: WITH_RUNNER }, [`PUT ${ONE}`]: { json: WITH_RUNNER } };
  const line = `${UPDATE} --name x --runner-url https://s.example.com --webhook-secret-file ~/secret`;
  expect(await home.kscli(line, stubs)).toContain(
    '"runner_config":{"url":"https://s.example.com","webhook_secret":"hook-secret"}',
  );
});

test.each(Object.keys(PRESENT).filter((key) => !['id', 'created_at'].includes(key)))(
  'a server that does not tell %s would make it be lost: nothing is changed',
  async (key) => {
    const json = { ...PRESENT, [key]: undefined };
    const transcript = await home.kscli(`${UPDATE} -n x`, { [`GET ${ONE}`]: { json } });
    expect(transcript).toEndWith(
      `! Error: The server named no ${key.replaceAll('_', ' ')}. Nothing was changed\nexit 1`,
    );
  },
);

test('one that is not there is not made', async () => {
  const stubs = { [`GET ${ONE}`]: { status: 404, json: { detail: 'Definition not found' } } };
  expect(await home.kscli(`${UPDATE} -n x`, stubs)).toMatchInlineSnapshot(`
    "$ kscli workflow-definitions update 00000000-0000-0000-0003-00000000000a -n x
    > GET /v1/workflow-definitions/00000000-0000-0000-0003-00000000000a | cookie: ks_uat=<token>
    ! Error: Not found: Definition not found
    exit 3"
  `);
});
