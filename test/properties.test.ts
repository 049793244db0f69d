// Whatever a file or a server holds: a clean exit code, no stack trace, no secret, no changed file on failure.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { anyJson } from './any-json.ts';
import { TENANT, USER } from './backend/server.ts';
import { createHome, credentialsFields, type Home, type Stub, token } from './kscli.ts';

const LINE = `assume-user --tenant-id ${TENANT} --user-id ${USER}`;
const ASSUME = 'POST /v1/auth/assume_user';
const ME = 'GET /v1/users/me';
const KEY = { env: { ADMIN_API_KEY: 'canary-admin-key' } };
const TIME = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/;
const RUNS = { numRuns: 300 };

let home: Home;
beforeAll(() => {
  home = createHome();
  mkdirSync(dirname(home.credentials), { mode: 0o700 });
});
afterAll(() => home.remove());

function expectClean(transcript: string): void {
  expect(transcript).toMatch(/\nexit (0|1|2|3|4)$/);
  expect(transcript).not.toMatch(/^! +at /m);
  expect(transcript).not.toContain('Internal error');
  const printed = transcript.split('\n').filter((line) => !line.startsWith('>'));
  expect(printed.join('\n')).not.toContain('canary');
}

const anyClaims = fc.dictionary(
  fc.constantFrom('exp', 'iat', 'sub'),
  fc.oneof(anyJson, fc.integer({ min: 0, max: 4_000_000_000 })),
);

const anyStub: fc.Arbitrary<Stub> = fc
  .record({
    status: fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 })),
    text: fc.oneof(
      fc.string({ unit: 'binary' }),
      anyJson.map((value) => JSON.stringify(value)),
      anyJson.map((detail) => JSON.stringify({ detail })),
    ),
  })
  .map(({ status, text }) => ([204, 205, 304].includes(status) ? { status } : { status, text }));

test('with any bytes in the credentials file nobody is signed in, and the file stays as it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      home.keep(bytes);
      const transcript = await home.kscli('whoami');
      expectClean(transcript);
      expect(transcript).toEndWith('exit 2');
      expect(readFileSync(home.credentials)).toEqual(Buffer.from(bytes));
    }),
    RUNS,
  );
});

test('any JSON in the place of a field of the credentials ends in a plain exit code', async () => {
  const fields = ['token', 'user_id', 'tenant_id', 'expires_at', 'admin_api_key', 'base_url'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fields), anyJson, async (field, value) => {
      home.keep(credentialsFields({ [field]: value }));
      const answers = { [ME]: { json: { id: USER } } };
      const transcript = await home.kscli('whoami', {}).catch(() => home.kscli('whoami', answers));
      expectClean(transcript);
    }),
    RUNS,
  );
});

test('any answer to assume_user without a token is an error and keeps the old file', async () => {
  await fc.assert(
    fc.asyncProperty(anyStub, async (stub) => {
      home.keep('as it was');
      const transcript = await home.kscli(LINE, { [ASSUME]: stub }, KEY);
      expectClean(transcript);
      expect(transcript).not.toEndWith('exit 0');
      expect(readFileSync(home.credentials, 'utf8')).toBe('as it was');
    }),
    RUNS,
  );
});

test('any claims in the token are refused, or kept as they can be read', async () => {
  await fc.assert(
    fc.asyncProperty(anyClaims, async (claims) => {
      home.keep('as it was');
      const transcript = await home.kscli(LINE, { [ASSUME]: { json: { token: token(claims) } } }, KEY);
      expectClean(transcript);
      const kept = readFileSync(home.credentials, 'utf8');
      if (!transcript.endsWith('exit 0')) return expect(kept).toBe('as it was');
      const fields = {
        token: token(claims),
        expires_at: expect.stringMatching(TIME),
        admin_api_key: 'canary-admin-key',
      };
      expect(JSON.parse(kept)).toEqual({ ...JSON.parse(credentialsFields()), ...fields });
    }),
    RUNS,
  );
});

test('any answer to users/me ends in a plain exit code, in every format', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyStub,
      fc.constantFrom('table', 'json', 'yaml', 'csv', 'tsv', 'id-only', 'tree'),
      async (stub, format) => {
        home.keep();
        const isRetried = [429, 502, 503, 504].includes(stub instanceof Error ? 0 : (stub.status ?? 200));
        const isRefreshed = !(stub instanceof Error) && stub.status === 401;
        const stubs = {
          [ME]: isRetried ? [stub, stub, stub] : isRefreshed ? [stub, stub] : stub,
          ...(isRefreshed && { [ASSUME]: { json: { token: token() } } }),
        };
        expectClean(await home.kscli(`whoami -f ${format}`, stubs));
      },
    ),
    RUNS,
  );
});
