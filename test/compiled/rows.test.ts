// The rarer API commands of the compiled binary, against a backend that remembers and refuses what the API does not describe.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, type Backend, OTHER_USER, startBackend, TENANT, USER } from '../backend/server.ts';
import { createMachine, type Machine } from '../binary.ts';

let backend: Backend;
let machine: Machine;
beforeAll(async () => {
  backend = startBackend();
  machine = createMachine({ KSCLI_BASE_URL: backend.url, ADMIN_API_KEY: ADMIN_KEY });
  await machine.signIn();
  writeFileSync(join(machine.home, 'report.pdf'), 'text');
  writeFileSync(join(machine.home, 'logo.png'), 'image');
  writeFileSync(join(machine.home, 'secret'), 'hook-secret\n');
});
afterAll(async () => {
  await machine.remove();
  await backend.stop();
});

async function print(line: string): Promise<string> {
  const { exit, stdout, stderr } = await machine.run(line);
  expect({ line, exit, stderr }).toEqual({ line, exit: 0, stderr: '' });
  return stdout;
}

async function json(line: string): Promise<Record<string, unknown>> {
  return JSON.parse(await print(`${line} -f json`));
}

async function ids(line: string): Promise<string[]> {
  return (await print(`${line} -f id-only`)).split('\n').filter(Boolean);
}

test('a group, its users and its permissions', async () => {
  const { id } = await json('tenant-groups create --name Editors --description all');
  expect(await ids('tenant-groups list')).toEqual([String(id)]);
  expect(await ids('tenant-groups list-mine')).toEqual([String(id)]);
  await print(`tenant-groups add-member ${id} --user-id ${OTHER_USER}`);
  expect(await ids(`tenant-groups list-members ${id}`)).toEqual([OTHER_USER]);
  const permission = `tenant-groups add-permission ${id} --path-part-id ${USER} --capability READ_ONLY`;
  const [given] = await ids(permission);
  expect(await ids(`tenant-groups list-permissions ${id}`)).toEqual([String(given)]);
  expect(await print(`tenant-groups remove-permission ${id} --permission-id ${given}`)).toBe(
    `Removed permission ${given} from tenant group ${id}\n`,
  );
  expect(await print(`tenant-groups remove-member ${id} --user-id ${OTHER_USER}`)).toBe(
    `Removed user ${OTHER_USER} from tenant group ${id}\n`,
  );
  expect(await print(`tenant-groups delete ${id}`)).toBe(`Deleted tenant group ${id}\n`);
});

test('a tag is attached beside the others, and alone with --only', async () => {
  const [a, b] = [await ids('tags create -n a'), await ids('tags create -n b')].flat();
  const part = (await json(`folders create -n Tagged -p ${USER}`))['path_part_id'];
  await print(`tags attach ${a} --path-part-id ${part}`);
  await print(`tags attach ${b} --path-part-id ${part}`);
  expect(await ids(`path-parts list-tags ${part}`)).toEqual([String(a), String(b)]);
  await print(`tags attach ${b} --path-part-id ${part} --only`);
  expect(await ids(`path-parts list-tags ${part}`)).toEqual([String(b)]);
});

test('a second version is uploaded and waited for, and both servers know how it went', async () => {
  const part = (await json(`folders create -n Uploads -p ${USER}`))['path_part_id'];
  const first = await json(`documents ingest --file report.pdf --path-part-id ${part} --page-dpi 144`);
  const line = `documents new-version ${first['document_id']} --file report.pdf --wait`;
  const second = await json(line);
  expect(second).toMatchObject({ document_id: first['document_id'], status: 'completed' });
  expect(await ids(`document-versions list --document-id ${first['document_id']}`)).toEqual([
    String(first['document_version_id']),
    String(second['document_version_id']),
  ]);
  expect(await json(`document-versions reembed ${second['document_version_id']} --wait`)).toMatchObject({
    action: 'reembed',
    status: 'COMPLETED',
  });
  for (const generation of ['former', 'described'] as const) {
    backend.resources.generation = generation;
    expect(await json(`workflows describe ${second['workflow_id']}`)).toMatchObject({ status: 'completed' });
    expect(await ids('workflows list')).toContain(String(second['workflow_id']));
    expect(await json(`workflows rerun ${first['workflow_id']}`)).toMatchObject({ action: 'rerun' });
    expect(await json(`workflows cancel ${first['workflow_id']}`)).toMatchObject({ workflow_id: first['workflow_id'] });
    expect(await json(`${line} --wait-timeout 5`)).toMatchObject({ status: 'completed' });
  }
});

test('a tenant is created by an older server alone', async () => {
  expect(await machine.run('tenants create --name New')).toEqual({
    exit: 3,
    stdout: '',
    stderr: 'Error: Not found: this server creates no tenants\n',
  });
  backend.resources.generation = 'former';
  expect(await json('tenants create --name New')).toMatchObject({ name: 'New' });
  backend.resources.generation = 'described';
});

test('what the server does not take is told field by field', async () => {
  const { exit, stderr } = await machine.run(`api POST /v1/tags --raw-field name= --raw-field colour=red`);
  expect({ exit, stderr }).toEqual({
    exit: 4,
    stderr:
      'Error: Validation error\nname: String should have at least 1 characters\ncolour: Extra inputs are not permitted\n',
  });
});

test('a definition keeps what an update does not name, and its runs are listed', async () => {
  const parts = ['source', 'instruction', 'output'].map((name) => `--${name}-path-part-ids ${USER}`).join(' ');
  const { id } = await json(`workflow-definitions create -n Weekly --description d ${parts}`);
  await print(`workflow-definitions update ${id} --max-run-duration-seconds 60`);
  const runner = '--runner-url https://r.example.com --webhook-secret-file secret';
  await print(`workflow-definitions update ${id} ${runner}`);
  expect(await json(`workflow-definitions describe ${id}`)).toMatchObject({
    name: 'Weekly',
    description: 'd',
    max_run_duration_seconds: 60,
    runner_config: { url: 'https://r.example.com' },
  });
  const [run] = await ids(`workflow-definitions invoke ${id} --idempotency-key k`);
  expect(await ids(`workflow-definitions invoke ${id} --idempotency-key k`)).toEqual([String(run)]);
  expect(await ids(`workflow-definitions runs ${id}`)).toEqual([String(run)]);
  expect(await print(`workflow-runs delete ${run}`)).toBe(`Deleted workflow run ${run}\n`);
});

test('a key is made only on purpose, and shown once', async () => {
  expect(await machine.run('api-keys create --name ci')).toMatchObject({ exit: 1, stdout: '' });
  const made = await machine.run('api-keys create --name ci --allow-lasting -f json');
  expect(made).toMatchObject({ exit: 0, stderr: 'The key is shown only this once.\n' });
  const { id, key } = JSON.parse(made.stdout);
  expect(key).toMatch(/^sk-user-/);
  expect(await print('api-keys list')).not.toContain(key);
  expect(await print(`api-keys delete ${id}`)).toBe(`Deleted API key ${id}\n`);
});

test.each([
  ['a full disk', '> /dev/full', 'no space left on the device'],
  ['a pipe without a reader', '>&4', 'nobody reads it any more'],
])('a key that nobody gets is told of, so that it can be deleted: %s', async (_, end, why) => {
  const pipe = 'rm -f pipe && mkfifo pipe && exec 3<>pipe 4>pipe 3<&-';
  const text = await machine.shell(`${pipe} && kscli api-keys create --name ci --allow-lasting ${end}`);
  expect(text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')).toEndWith(`
! Error: The output could not be written: ${why}
! The key <id> was made all the same, and nothing shows it later. Run: kscli api-keys delete <id>
exit 1`);
});

test('feedback that is given twice is changed', async () => {
  const line = `feedback create --target-type DOCUMENT --target-id ${USER} --rating`;
  const [id] = await ids(`${line} UP`);
  expect(await print(`${line} DOWN`)).toBe(`Changed the feedback on DOCUMENT ${USER}\n`);
  expect(await ids('feedback list --rating DOWN')).toEqual([String(id)]);
});

test('users of the tenant, its logo and its language', async () => {
  const [tenant] = await ids('tenants me');
  expect(await print(`users deactivate ${USER}`)).toBe(`Deactivated user ${USER}\n`);
  expect(await print(`users activate ${USER}`)).toBe(`Activated user ${USER}\n`);
  expect(await json(`users update-role ${USER} --role ADMIN`)).toMatchObject({ user_id: USER, role: 'ADMIN' });
  expect(backend.requests.at(-1)?.route).toBe(`PATCH /v1/tenants/${TENANT}/users/${USER}`);
  expect(await json(`tenants upload-logo ${tenant} --file logo.png --logo-type favicon`)).toMatchObject({
    branding: { favicon_url: 'https://files.example.com/favicon' },
  });
  expect(await print(`tenants delete-logo ${tenant} --logo-type favicon`)).toBe(
    `Deleted favicon of tenant ${tenant}\n`,
  );
  expect(await json(`tenants update ${tenant} --language zh`)).toMatchObject({ settings: { language: 'zh' } });
});

test('a part of a name finds folders and documents, all of them or below one', async () => {
  const top = (await json(`folders create -n Findable -p ${USER}`))['path_part_id'];
  await print(`documents create -n findable.csv -p ${top} --type CSV --origin SOURCE`);
  expect(await ids('find FINDABLE')).toHaveLength(2);
  expect(await ids(`find findable --under ${top} --part-type DOCUMENT`)).toHaveLength(1);
  expect(await print(`path-parts ancestry ${top} -f tree`)).toBe('└── Findable\n');
});
