// kscli workflows wait: what its words mean, and which are wrong usage.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home, type Stubs } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

const run = (id: string) => `GET /v1/workflows/document_versions/${id}`;
const states = (...texts: string[]) => texts.map((status) => ({ json: { status } }));

async function wait(line: string, stubs: Stubs, options = {}): Promise<string> {
  const transcript = await home.kscli(`workflows wait ${line}`, stubs, options);
  return transcript.replaceAll(' | cookie: ks_uat=<token>', '').split('\n').slice(1).join('\n');
}

test('ids come from standard input too', async () => {
  const stubs = { [run('a')]: states('completed'), [run('b')]: states('completed') };
  expect(await wait('- -f id-only', stubs, { stdin: 'a\nb\n\n' })).toMatchInlineSnapshot(`
    "> GET /v1/workflows/document_versions/a
    > GET /v1/workflows/document_versions/b
    a
    b
    ! a: completed
    ! b: completed
    exit 0"
  `);
  expect(await wait('-', {}, { stdin: '\n' })).toContain('! Error: Standard input names no workflow\n');
  expect(await wait('-', {}, { stdin: 'a\n..\n' })).toContain("! Error: Standard input, line 2: '..' cannot be");
  expect(await wait('- -', {}, { stdin: 'a\n' })).toContain('! Error: Standard input can be read only once');
});

const BAD = [
  '',
  'a --timeout 0',
  'a --timeout x',
  'a --interval 0',
  'a --interval 2h',
  '..',
  '{workflow_id}',
  "''",
  'a --wait',
];

test.each(BAD)('workflows wait %s is wrong usage', async (line) => {
  expect(await wait(line, {})).toMatchSnapshot();
});

test('--timeout before the name of the command is the time for a request', async () => {
  const transcript = await home.kscli('--timeout 5 workflows wait a -f id-only', { [run('a')]: states('completed') });
  expect(transcript).toEndWith('exit 0');
});
