// Each command against a mock that somebody else's tool makes from the description of the API: it accepts every request, and
// whatever it answers is shown in every format. API_DESCRIPTION names another description than the facts that are kept here.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadResources } from '../../src/resources/index.ts';
import { toCommand } from '../../src/rest/command.ts';
import { FORMATS } from '../../src/schema/formats.ts';
import { createHome, type Home } from '../kscli.ts';
import { composeDocument } from './document.ts';
import { FILES, listLines } from './lines.ts';
import { type Mock, startMock } from './mock.ts';

let home: Home;
let mock: Mock;
beforeAll(async () => {
  home = createHome();
  home.keep();
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(home.directory, name), text);
  mock = await startMock(process.env['API_DESCRIPTION'] || composeDocument());
});
afterAll(() => home.remove());

/** A change sends the rest of a definition back as the mock made it up: with a runner, and a time beyond its bounds. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
  'workflow-definitions update': ['runner-url', 'webhook-secret-file', 'max-run-duration-seconds'],
};

const ROWS = (await loadResources()).flatMap((resource) =>
  Object.entries(resource.operations).map(([name, operation]) => {
    const words = `${resource.name} ${name}`.trim();
    const lines = listLines(words, toCommand(resource, name, operation), ALWAYS[words]);
    return { words, operation, lines: operation.isLasting ? lines.map(allow) : lines };
  }),
);

function allow(line: string): string {
  return line.includes('--allow-lasting') ? line : `${line} --allow-lasting`;
}

/** What kscli says of a list or a workflow that makes no sense, as a mock's need not. */
const SENSELESS =
  /^! (Warning: |Error: (Not found: .* is no folder's path part|The list does not advance|Workflow .* (is still|ended as)|The server named no workflow))/m;

test.each(ROWS.filter(({ operation }) => !operation.unknownMessage))('$words', async ({ lines, operation }) => {
  const shown = FORMATS.filter((format) => !operation.secretKey || format !== 'id-only');
  for (const line of [...lines, ...shown.map((format) => `${lines[0]} -f ${format}`)]) {
    const transcript = await home.kscli(line, {}, { serve: mock.serve });
    const isDone =
      (operation.errorsKey ? /exit [01]$/ : /exit 0$/).test(transcript) ||
      (SENSELESS.test(transcript) && !/Internal error/.test(transcript));
    expect(isDone ? 'done' : transcript).toBe('done');
  }
  expect(mock.complaints.splice(0)).toEqual([]);
});

const PART = '00000000-0000-0000-0003-00000000000a';
const BULK = `folders bulk-ingest ~/docs --path-part-id ${PART}`;

test.each([
  'workflows wait w --timeout 1',
  `${BULK} --ingestion-mode high_accuracy --chunk-type TEXT --secondary-taxonomy picture --page-dpi 36`,
  `${BULK} --if-exists version --parallel 1`,
  `${BULK} --if-exists compare --wait --wait-timeout 1`,
  `folders bulk-ingest ~/docs --folder-id ${PART}`,
])('%s', async (line) => {
  mkdirSync(join(home.directory, 'docs/deep'), { recursive: true });
  for (const name of ['a.pdf', 'deep/b.pdf']) writeFileSync(join(home.directory, 'docs', name), name);
  expect(await home.kscli(line, {}, { serve: mock.serve })).not.toContain('Internal error');
  expect(mock.complaints.splice(0)).toEqual([]);
});

test.each(FORMATS)('whoami as %s', async (format) => {
  expect(await home.kscli(`whoami -f ${format}`, {}, { serve: mock.serve })).toEndWith('exit 0');
  expect(mock.complaints.splice(0)).toEqual([]);
});

test('a tenant is created by no server of the description', async () => {
  expect(await home.kscli('tenants create --name x', {}, { serve: mock.serve })).toEndWith(
    '\n! Error: Not found: this server creates no tenants\nexit 3',
  );
});

test('the mock itself refuses a value that is not described', async () => {
  const wrong = await mock.serve('https://api.example.com/v1/folders?limit=0&offset=0', { method: 'GET' });
  expect(wrong.status).toBe(422);
  expect(mock.complaints.splice(0)).not.toEqual([]);
});
