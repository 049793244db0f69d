// The end of a lease on the compiled binary: many processes at that moment, long commands, files that others changed.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, type Outcome, type Site } from '../binary.ts';
import { giveTime } from '../patience.ts';
import { IS_ROOT, testWhere } from '../where.ts';

const ASSUME = 'POST /v1/auth/assume_user';
const IDS = `--tenant-id ${TENANT} --user-id ${USER}`;

let site: Site;
beforeEach(() => {
  site = createSite();
});
afterEach(() => site.remove());

function placeOf(session: string): string {
  return session === '' ? site.credentials : join(`${site.credentials}.sessions`, session);
}

/** Signs in under a lease of an hour. */
async function sign(session: string): Promise<void> {
  const line = `assume-user --session=${session} ${IDS} --for 1h --reason totals`;
  expect((await site.run(line, { ADMIN_API_KEY: ADMIN_KEY })).stderr).toBe('');
  site.backend.requests.length = 0;
}

function kept(session: string): Record<string, unknown> {
  return JSON.parse(readFileSync(placeOf(session), 'utf8'));
}

function change(session: string, fields: object): void {
  writeFileSync(placeOf(session), JSON.stringify({ ...kept(session), ...fields }));
}

/** So many milliseconds from now, to the second above. */
function timeIn(milliseconds: number): string {
  return `${new Date(Math.ceil((Date.now() + milliseconds) / 1000) * 1000).toISOString().slice(0, 19)}+00:00`;
}

const PAST = { started_at: '2026-01-01T09:00:00+00:00', lease_until: '2026-01-01T10:00:00+00:00' };

/** What is left after the end. */
const LEFT = ['base_url', 'lease_until', 'started_at', 'tenant_id', 'user_id'];

test.each(['acme', ''])(
  '50 processes at the end of the lease of %p: nothing is sent, nothing secret stays, the words are the same',
  async (session) => {
    await sign(session);
    // The token is due as well: whoever did not look at the lease would renew it.
    change(session, { ...PAST, expires_at: '2020-01-01T00:00:00+00:00' });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => site.run(`whoami --session=${session}`, { ADMIN_API_KEY: ADMIN_KEY })),
    );
    const advice = session === '' ? IDS : `--session ${session}`;
    expect(new Set(outcomes.map(({ exit, stdout, stderr }) => `${exit} ${stdout}${stderr}`))).toEqual(
      new Set([
        `2 Error: The lease of ${session || 'this session'} ended at ${PAST.lease_until}. Run: kscli assume-user ${advice} --for 1h --reason …\n`,
      ]),
    );
    expect(site.backend.requests).toEqual([]);
    expect(Object.keys(kept(session)).sort()).toEqual(LEFT);
  },
);

test('50 processes while a lease ends: each is served or told so, and no token is renewed', async () => {
  await sign('acme');
  change('acme', { lease_until: timeIn(1000) });
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => site.run('tags list --session acme', { ADMIN_API_KEY: ADMIN_KEY })),
  );
  const served = outcomes.filter(({ exit }) => exit === 0);
  for (const { exit, stderr } of outcomes.filter((outcome) => !served.includes(outcome)))
    expect([exit, stderr]).toEqual([2, expect.stringMatching(/^Error: The lease of acme (ended at|has ended)/m)]);
  expect(site.backend.count(ASSUME)).toBe(0);
  // Whoever had asked when it ended may have been told so in place of the answer.
  expect(site.backend.requests.length).toBeGreaterThanOrEqual(served.length);
});

type Ended = { readonly until: string; readonly token: string; readonly outcome: Outcome };

/** Runs what has sent something when its lease ends. @param answer given once it is over */
function runToTheEnd(
  line: string,
  route: string,
  answer: (request: Request, over: () => Promise<void>) => Promise<Response>,
) {
  return giveTime<Ended>(1000, async (milliseconds) => {
    await sign('acme');
    const token = String(kept('acme')['token']);
    const until = timeIn(milliseconds);
    change('acme', { lease_until: until });
    // Well over: a timer may be early, and two clocks are a moment apart.
    const over = () => Bun.sleep(Math.max(0, Date.parse(until) - Date.now() + 50));
    site.backend.faults.set(route, (request) => answer(request, over));
    const outcome = await site.run(line);
    return site.backend.requests.length > 0 ? { until, token, outcome } : undefined;
  });
}

test('a list that is read when the lease ends stops there, and leaves no secret in any file', async () => {
  const route = 'GET /v1/tags';
  const line = 'tags list --session acme --all -l 1 -f id-only';
  const { until, token, outcome } = await runToTheEnd(line, route, async (_, over) => {
    await over();
    return Response.json({ items: [{ id: 'a' }], total: 3 });
  });
  const { exit, stdout, stderr } = outcome;
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: 'a\n' });
  expect(stderr).toContain(`Error: The lease of acme ended at ${until}.`);
  expect(site.backend.count(`${route}?limit=1&offset=0`)).toBe(1);
  expect(site.backend.requests.length).toBe(1);
  const directory = `${site.credentials}.sessions`;
  expect(readdirSync(directory)).toEqual(['acme']);
  const left = readFileSync(placeOf('acme'), 'utf8');
  for (const secret of [token, ADMIN_KEY]) expect(left).not.toContain(secret);
});

test('an upload that is on its way when the lease ends is cut off', async () => {
  const file = join(site.home, 'large.pdf');
  writeFileSync(file, Buffer.alloc(32 * 1024 * 1024));
  const route = 'POST /v1/documents/ingest';
  site.backend.streams.add(route);
  let received = 0;
  const line = `documents ingest --session acme --file ${file} --path-part-id ${USER}`;
  const { until, outcome } = await runToTheEnd(line, route, async (request, over) => {
    for await (const piece of request.body ?? []) {
      received += piece.length;
      await over();
    }
    return Response.json({ document_id: 'd', workflow_id: 'w' });
  });
  expect(outcome.exit).toBe(2);
  expect(outcome.stderr).toContain(`Error: The lease of acme ended at ${until}.`);
  expect(received).toBeLessThan(32 * 1024 * 1024);
});

test("another session's file under a lease that has ended, and one without: each is judged by what it holds", async () => {
  await sign('acme');
  await sign('beta');
  change('beta', PAST);
  copyFileSync(placeOf('beta'), placeOf('acme'));
  expect((await site.run('whoami --session acme')).exit).toBe(2);
  expect(Object.keys(kept('acme')).sort()).toEqual(LEFT);
  // It was not asked for, and stays as it is.
  expect(kept('beta')).toHaveProperty('token');
  expect(site.backend.requests).toEqual([]);
});

test('where the file cannot be written at the end of a lease it goes altogether', async () => {
  await sign('acme');
  change('acme', PAST);
  const shown = await site.shell('ulimit -f 0; kscli whoami --session acme');
  expect(shown).toEndWith('exit 2');
  expect(readdirSync(`${site.credentials}.sessions`)).toEqual([]);
});

testWhere(!IS_ROOT, 'a user who is not root', 'where it cannot even be removed, that is said', async () => {
  await sign('acme');
  change('acme', PAST);
  const directory = `${site.credentials}.sessions`;
  chmodSync(directory, 0o500);
  const { exit, stderr } = await site.run('whoami --session acme');
  chmodSync(directory, 0o700);
  expect(exit).toBe(2);
  expect(stderr).toEndWith('permission denied. The token is still in it: remove the file.\n');
});

test('a lease that began in ten minutes: the clock was set back, and it has ended', async () => {
  await sign('acme');
  change('acme', { started_at: timeIn(200_000), lease_until: timeIn(3_800_000) });
  expect((await site.run('whoami --session acme')).exit).toBe(0);
  change('acme', { started_at: timeIn(600_000), lease_until: timeIn(4_200_000) });
  const { exit, stderr } = await site.run('whoami --session acme');
  expect(exit).toBe(2);
  expect(stderr).toEndWith(' A clock that was set back ends it.\n');
  expect(Object.keys(kept('acme')).sort()).toEqual(LEFT);
  expect((await site.run('prompt --session acme')).stdout).toBe('acme ended\n');
});

test('exec and token know the end', async () => {
  await sign('acme');
  const until = timeIn(300_000);
  change('acme', { started_at: timeIn(-600_000), lease_until: until });
  const inside = await site.run('exec --session acme -- printenv KSCLI_SESSION_EXPIRES_AT');
  expect(inside).toEqual({ exit: 0, stdout: `${until}\n`, stderr: '' });
  const { exit, stderr } = await site.run('token --session acme --min-valid 900');
  expect({ exit, sent: site.backend.requests.length }).toEqual({ exit: 0, sent: 0 });
  expect(stderr).toMatch(/^Warning: The lease of acme ends in \d minutes, at .*: sooner than in 900 seconds\.\n$/);
});
