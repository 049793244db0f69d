// Whatever a file or a server holds: a clean exit code, no stack trace, no secret, no changed file on failure.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { formatJson } from '../src/json/format.ts';
import { JsonSyntaxError, parseJson } from '../src/json/parse.ts';
import { formatTree } from '../src/output/tree.ts';
import { formatYaml } from '../src/output/yaml.ts';
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

/** Texts with what JSON, YAML and terminals trip over. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...'yes No ~ null 0x1f 1e5 1_000 12:30:45 2026-02-23 = << # __proto__ 10'.split(' ')),
  fc.constantFrom('', ' x ', '- a', 'a: b', '\u2028', '\ufeff', '\r\n'),
);
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', maxDepth: 4 },
    anyText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 4 }),
  ),
})).value;

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

test('json is read as JSON.parse reads it, and printed back to the same value', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const text = JSON.stringify(value);
      expect(JSON.parse(formatJson(parseJson(text)))).toEqual(JSON.parse(text));
    }),
    RUNS,
  );
});

test('a text is JSON exactly when JSON.parse says so', () => {
  const nearJson = fc.oneof(
    fc.string(),
    fc.tuple(anyJson, fc.nat(), fc.string({ maxLength: 2 })).map(([value, at, noise]) => {
      const text = JSON.stringify(value);
      const place = at % (text.length + 1);
      return text.slice(0, place) + noise + text.slice(place);
    }),
  );
  fc.assert(
    fc.property(nearJson, (text) => {
      expect(isAccepted(() => parseJson(text))).toBe(isAccepted(() => JSON.parse(text)));
    }),
    { numRuns: 1000 },
  );
});

function isAccepted(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof JsonSyntaxError)) throw error;
    return false;
  }
}

test.each(['1.1', '1.2'] as const)('yaml is read back to the same value by a parser of version %s', (version) => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(parseYaml(formatYaml(parseJson(JSON.stringify(value))), { version, merge: version === '1.1' })).toEqual(
        plain,
      );
    }),
    RUNS,
  );
});

test('a tree has one line for every name', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      expect(formatTree({ data: parseJson(JSON.stringify(value)) })).not.toMatch(/\n[^├└│ ]/);
    }),
    RUNS,
  );
});
