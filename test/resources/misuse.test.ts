// What is wrong with a line is said before anything is sent.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

const A = '00000000-0000-0000-0003-00000000000a';
const B = '00000000-0000-0000-0003-00000000000b';

type Misuse = readonly [line: string, usage: string, complaint: string, ...hints: string[]];

const MISUSES: readonly Misuse[] = [
  ['folders create --name x', 'folders create --name <text> --under <path|id> [options]', 'Missing --under <path|id>'],
  ['folders describe', 'folders describe <folder-id>... [options]', 'Missing <folder-id>'],
  [
    'folders describe 12',
    'folders describe <folder-id>... [options]',
    "<folder-id>: '12' is not a UUID, nor a path like /shared/reports",
  ],
  [
    `folders list --folder-id ${A} -p ${B}`,
    'folders list [options]',
    '--folder-id and --under cannot be used together',
  ],
  ['folders list --show-content', 'folders list [options]', '--show-content needs --folder-id'],
  ['folders list --max-depth 2', 'folders list [options]', '--max-depth needs --show-content'],
  [
    `folders list --folder-id ${A} --show-content --max-depth 0`,
    'folders list [options]',
    "--max-depth: '0' is less than 1",
  ],
  ['folders list --limit 101', 'folders list [options]', "--limit: '101' is more than 100"],
  ['folders list --limit x', 'folders list [options]', "--limit: 'x' is not a whole number"],
  ['folders list --offset=-1', 'folders list [options]', "--offset: '-1' is less than 0"],
  [
    'folders list --sort-order name',
    'folders list [options]',
    "--sort-order: 'name' is not one of LOGICAL, NAME, UPDATED_AT, CREATED_AT",
    'Did you mean NAME?',
  ],
  [`folders update ${A}`, 'folders update <folder-id> [options]', 'Nothing to update: give --name or --under'],
  [
    `chunks update ${A}`,
    'chunks update <chunk-id> [options]',
    'Nothing to update: give --metadata, --metadata-file, --under, --prev-sibling-path-id or --move-to-head',
  ],
  [
    'chunks create --content x',
    'chunks create (--version-id <uuid> | --section-id <uuid>) (--content <text> | --content-file <file>) [options]',
    'Missing one of --version-id or --section-id',
  ],
  [
    `chunks create --content x --version-id ${A} --section-id ${B}`,
    'chunks create (--version-id <uuid> | --section-id <uuid>) (--content <text> | --content-file <file>) [options]',
    '--version-id and --section-id cannot be used together',
  ],
  [
    `chunks create --content x --version-id ${A} --metadata [1]`,
    'chunks create (--version-id <uuid> | --section-id <uuid>) (--content <text> | --content-file <file>) [options]',
    "--metadata: '[1]' is not a JSON object",
  ],
  [
    `chunks search -q x --filters '{"other":1}'`,
    'chunks search --query <text> [options]',
    `--filters: '{"other":1}' has the key 'other', which is not one of search_type, hybrid_profile, dense_weight, sparse_weight, parent_path_ids, tag_ids, chunk_types, ingestion_time_after, score_threshold, active_version_only, with_document, chunk_type, model, updated_at`,
  ],
  ['chunks search -q x --limit 51', 'chunks search --query <text> [options]', "--limit: '51' is more than 50"],
  [
    'chunks search -q x --active-version-only=no',
    'chunks search --query <text> [options]',
    '--active-version-only takes no value',
  ],
  [
    'tags create --name x --color red',
    'tags create --name <text> [options]',
    "--color: 'red' is not six hexadecimal digits, like ff8800",
  ],
  [
    'workflows describe ..',
    'workflows describe <workflow-id>... [options]',
    "<workflow-id>: '..' cannot be a part of a path",
  ],
  ['folders lst', 'folders <command> [options]', "Unknown command 'lst'", "Did you mean 'kscli folders list'?"],
];

let home: Home;
beforeAll(() => {
  home = createHome();
  home.keep();
});
afterAll(() => home.remove());

test.each(MISUSES)('%s is wrong usage, and nothing is sent', async (line, usage, complaint, ...hints) => {
  const said = [`Error: ${complaint}`, ...hints, `Usage: kscli ${usage}`].map((text) => `! ${text}`);
  expect(await home.kscli(line)).toBe([`$ kscli ${line}`, ...said, 'exit 64'].join('\n'));
});
