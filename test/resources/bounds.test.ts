// Texts, times, files and objects that the server would not take are refused before anything is sent.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHome, type Home } from '../kscli.ts';
import { A, B } from './line.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
  for (const name of ['a.png', 'a.PNG', 'large.png', 'a.gif']) writeFileSync(join(home.directory, name), 'x');
  truncateSync(join(home.directory, 'large.png'), 2 * 1024 * 1024 + 1);
  mkdirSync(join(home.directory, 'folder.png'));
});
afterAll(() => home.remove());

const CREATE = `folders create -p ${A} --name`;
const SEARCH = 'chunks search -q x';
const UPDATE = `tenants update ${A}`;
const LOGO = `tenants upload-logo ${A} --file`;
const VERSION = `document-versions update ${A}`;

test.each([
  [`${CREATE} ''`, "--name: '' is empty"],
  [`${CREATE} ${'x'.repeat(256)}`, `--name: '${'x'.repeat(256)}' has 256 characters, more than 255`],
  ["tags create --name ''", "--name: '' is empty"],
  [
    `tags create --name x --description ${'é'.repeat(501)}`,
    `--description: '${'é'.repeat(501)}' has 501 characters, more than 500`,
  ],
  ["chunks search -q ''", "--query: '' is empty"],
  ["find ''", "<name>: '' is empty"],
  [`chunks update-content ${A} --content ''`, "--content: '' is empty"],
  [
    `${SEARCH} --ingestion-time-after 2026-02-23`,
    "--ingestion-time-after: '2026-02-23' is not a time with an offset, like 2026-02-23T12:00:00Z",
  ],
  [
    `${SEARCH} --ingestion-time-after 2026-02-23T12:00:00`,
    "--ingestion-time-after: '2026-02-23T12:00:00' is not a time with an offset, like 2026-02-23T12:00:00Z",
  ],
  [
    `${SEARCH} --ingestion-time-after 2026-02-30T12:00:00Z`,
    "--ingestion-time-after: '2026-02-30T12:00:00Z' is not a time with an offset, like 2026-02-23T12:00:00Z",
  ],
  [
    `${SEARCH} --ingestion-time-after 2026-02-23T24:00:00Z`,
    "--ingestion-time-after: '2026-02-23T24:00:00Z' is not a time with an offset, like 2026-02-23T12:00:00Z",
  ],
  [
    `${SEARCH} --ingestion-time-after yesterday`,
    "--ingestion-time-after: 'yesterday' is not a time with an offset, like 2026-02-23T12:00:00Z",
  ],
  [`${SEARCH} --filters '{"tag_ids":null}'`, `--filters: '{"tag_ids":null}' has null for 'tag_ids'. Leave the key out`],
  [`${SEARCH} --filters '{"query":"y"}'`, `--filters: '{"query":"y"}' has the key 'query', which is not one of`],
  [`${SEARCH} --filters '{"top_k":1}'`, `--filters: '{"top_k":1}' has the key 'top_k', which is not one of`],
  [
    `${VERSION} --metadata '{"source_s3":"x"}'`,
    `--metadata: '{"source_s3":"x"}' has the key 'source_s3', which is not one of`,
  ],
  [`${VERSION} --pipeline-state '{}'`, `--pipeline-state: '{}' lacks the key 'status'`],
  [
    `${VERSION} --pipeline-state '{"status":"done"}'`,
    `--pipeline-state: '{"status":"done"}' has a value for 'status' that is not one of pending, processing, completed, failed, cancelled`,
  ],
  [
    VERSION,
    'Nothing to update: give --source-s3, --pipeline-state, --pipeline-state-file, --metadata or --metadata-file',
  ],
  [
    `${UPDATE} --idp-config '{"provider":"OAUTH2"}'`,
    `--idp-config: '{"provider":"OAUTH2"}' lacks the key 'configuration'`,
  ],
  [
    `${UPDATE} --idp-config '{"provider":"OAUTH","configuration":{}}'`,
    `--idp-config: '{"provider":"OAUTH","configuration":{}}' has a value for 'provider' that is not one of OAUTH2, FANWEI_E9`,
  ],
  [
    `${UPDATE} --idp-config '{"provider":"OAUTH2","configuration":[]}'`,
    `--idp-config: '{"provider":"OAUTH2","configuration":[]}' has a value for 'configuration' that is no object`,
  ],
  [`${UPDATE} --theme-overrides '{"a":1}'`, `--theme-overrides: '{"a":1}' has a value for 'a' that is no text`],
  [`${UPDATE} --language fr`, "--language: 'fr' is not one of en, zh"],
  [`${LOGO} ~/a.gif`, "--file: '~/a.gif' does not end in .png, .jpg, .jpeg, .svg, .webp, .ico"],
  [`${LOGO} -`, "--file: '-' does not end in .png, .jpg, .jpeg, .svg, .webp, .ico"],
  [`${LOGO} ~/none.png`, '--file names ~/none.png, which cannot be read: no such file'],
  [`${LOGO} ~/folder.png`, '--file names ~/folder.png, which is no file'],
  [`${LOGO} ~/large.png`, "--file: '~/large.png' has 2097153 bytes, more than the 2 MiB that the server takes"],
  [`documents new-version ${A} --file -`, "--file: '-' is a pipe and has no name. Write it to a file, and name that"],
  [
    `documents ingest --path-part-id ${A} --file -`,
    "--file: '-' is a pipe and has no name. Give the document one with --name",
  ],
  [`documents ingest --path-part-id ${A} --file ~/a.png --page-dpi 35`, "--page-dpi: '35' is less than 36"],
  [`documents ingest --path-part-id ${A} --file ~/a.png --wait-timeout 5`, '--wait-timeout needs --wait'],
  [
    `chunks update ${A} --prev-sibling-path-id ${B} --move-to-head`,
    '--prev-sibling-path-id and --move-to-head cannot be used together',
  ],
  ['threads create', 'Missing one of --title or --message-for-title'],
  ['threads create --title x --message-for-title y', '--title and --message-for-title cannot be used together'],
  ['users update', 'Nothing to update: give --default-tenant-id, --first-name or --last-name'],
  [
    `sections get-bulk ${Array.from({ length: 201 }, () => `--section-ids ${A}`).join(' ')}`,
    '--section-ids: given more than 200 times',
  ],
  [
    'workflow-definitions create -n x',
    'Missing --source-path-part-ids <path>, --instruction-path-part-ids <path> and --output-path-part-ids <path>',
  ],
  [`workflow-definitions update ${A}`, 'Nothing to update: give --name, --description,'],
])('%s', async (line, complaint) => {
  const [typed, first, ...others] = (await home.kscli(line)).split('\n');
  expect([typed, first?.slice(0, complaint.length + 9)]).toEqual([`$ kscli ${line}`, `! Error: ${complaint}`]);
  expect(others.at(-1)).toBe('exit 64');
});

test.each([
  [`${CREATE} ${'😀'.repeat(255)}`, 'POST /v1/folders'],
  [`${CREATE} ' '`, 'POST /v1/folders'],
  [`${SEARCH} --ingestion-time-after 2028-02-29t23:59:60.123456789-23:59`, 'POST /v1/chunks/search'],
  [`${LOGO} ~/a.PNG`, `POST /v1/tenants/${A}/branding/logo`],
  ["tags create --name x --description ''", 'POST /v1/tags'],
])('%s is taken', async (line, route) => {
  expect(await home.kscli(line, { [route]: { json: {} } })).toEndWith('exit 0');
});

test('what a file holds has the same bounds', async () => {
  writeFileSync(join(home.directory, 'empty.txt'), '');
  expect(await home.kscli(`chunks update-content ${A} --content-file ~/empty.txt`)).toMatchInlineSnapshot(`
    "$ kscli chunks update-content 00000000-0000-0000-0003-00000000000a --content-file ~/empty.txt
    ! Error: --content-file: '~/empty.txt' is empty
    ! Usage: kscli chunks update-content <chunk-id> (--content <text> | --content-file <file>) [options]
    exit 64"
  `);
});
