// Two generations of servers: the described request goes first, and the former one only where the server's router knows no other.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

const UNKNOWN = { status: 404, json: { detail: 'Not Found' } };
const NO_METHOD = { status: 405, json: { detail: 'Method Not Allowed' } };
const LIST = '/v1/workflows/document_versions?limit=20&offset=0';
const RUN = '/v1/workflows/document_versions/w-1';

const ROWS = [
  ['workflows describe w-1', `GET ${RUN}`, 'GET /v1/workflows/w-1'],
  ['workflows rerun w-1', `POST ${RUN}`, 'POST /v1/workflows/w-1?action=rerun'],
  ['workflows cancel w-1', 'DELETE /v1/workflows/w-1', 'POST /v1/workflows/w-1?action=cancel'],
  ['workflows list', `GET ${LIST}`, 'GET /v1/workflows?limit=20&offset=0'],
] as const;

test.each(ROWS)('%s asks the former address where the router knows no other', async (line, described, former) => {
  for (const unknown of [UNKNOWN, NO_METHOD]) {
    const transcript = await home.kscli(`${line} -f json`, {
      [described]: unknown,
      [former]: { json: { workflow_id: 'w-1' } },
    });
    expect(transcript).toBe(`$ kscli ${line} -f json
> ${described} | cookie: ks_uat=<token>
> ${former} | cookie: ks_uat=<token>
{
  "workflow_id": "w-1"
}
exit 0`);
  }
});

test.each(ROWS)('%s: where the former address is unknown too, the first answer is told', async (line, ...routes) => {
  const [described, former] = routes;
  const stubs = { [described]: { ...UNKNOWN, json: { detail: 'Not Found' } }, [former]: NO_METHOD };
  expect(await home.kscli(line, stubs)).toBe(`$ kscli ${line}
> ${described} | cookie: ks_uat=<token>
> ${former} | cookie: ks_uat=<token>
! Error: Not found: Not Found
exit 3`);
});

/** Anything but the router's own words is an answer. */
const ANSWERS = [
  { status: 404, json: { detail: 'Workflow not found' } },
  { status: 404, json: { detail: 'not found' } },
  { status: 404, json: { detail: 'Not Found', workflow_id: 'w-1' } },
  { status: 404, json: ['Not Found'] },
  { status: 404, text: '<h1>Not Found</h1>' },
  { status: 404 },
  { status: 403, json: { detail: 'Not Found' } },
  { status: 410, json: { detail: 'Not Found' } },
  { status: 422, json: { detail: [{ loc: ['path', 'workflow_id'], msg: 'bad', type: 'x' }] } },
];

test.each(ANSWERS)('%j of one workflow is an answer: nothing else is asked', async (answer) => {
  const transcript = await home.kscli('workflows describe w-1', { [`GET ${RUN}`]: answer });
  expect(transcript.match(/^> .*/gm)).toEqual([`> GET ${RUN} | cookie: ks_uat=<token>`]);
  expect(transcript).not.toEndWith('exit 0');
});

test.each([
  { status: 404, json: { detail: 'Workflow not found' } },
  { status: 404, text: 'nothing' },
  { status: 422, json: { detail: [{ loc: ['path', 'workflow_id'], msg: 'not a UUID', type: 'uuid_parsing' }] } },
])('an older server may take document_versions for an id: %j', async (answer) => {
  const transcript = await home.kscli('workflows list', {
    [`GET ${LIST}`]: answer,
    'GET /v1/workflows?limit=20&offset=0': { json: { items: [], total: 0 } },
  });
  expect(transcript).toBe(`$ kscli workflows list
> GET ${LIST} | cookie: ks_uat=<token>
> GET /v1/workflows?limit=20&offset=0 | cookie: ks_uat=<token>
No results.
exit 0`);
});

test('a 422 about the query is an answer', async () => {
  const detail = [{ loc: ['query', 'limit'], msg: 'too small', type: 'x' }];
  expect(
    await home.kscli('workflows list', { [`GET ${LIST}`]: { status: 422, json: { detail } } }),
  ).toBe(`$ kscli workflows list
> GET ${LIST} | cookie: ks_uat=<token>
! Error: Validation error
! limit: too small
exit 4`);
});

test('once found unknown, an address is not asked again: pages', async () => {
  const page = (offset: number) => ({ json: { items: [{ workflow_id: `w-${offset}` }], total: 2, offset } });
  const transcript = await home.kscli('workflows list --all -l 1 -f id-only', {
    'GET /v1/workflows/document_versions?limit=1&offset=0': UNKNOWN,
    'GET /v1/workflows?limit=1&offset=0': page(0),
    'GET /v1/workflows?limit=1&offset=1': page(1),
  });
  expect(transcript).toBe(`$ kscli workflows list --all -l 1 -f id-only
> GET /v1/workflows/document_versions?limit=1&offset=0 | cookie: ks_uat=<token>
> GET /v1/workflows?limit=1&offset=0 | cookie: ks_uat=<token>
> GET /v1/workflows?limit=1&offset=1 | cookie: ks_uat=<token>
w-0
w-1
exit 0`);
});

test('where only reading is allowed, neither is sent', async () => {
  expect(await home.kscli('workflows cancel w-1 --read-only')).toBe(`$ kscli workflows cancel w-1 --read-only
! Error: Refused: DELETE /v1/workflows/w-1 would change something, and only reading is allowed
! Nothing was sent. The switch is --read-only, KSCLI_READ_ONLY or read_only in the config file.
exit 1`);
});
