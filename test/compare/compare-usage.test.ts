// kscli compare: each wrong use ends with 64 before anything is sent, and says what to type.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepSessions } from '../auth/two-sessions.ts';
import { createHome, type Home } from '../kscli.ts';

const ID = '00000000-0000-0000-0003-000000000001';

let home: Home;
beforeAll(() => {
  home = createHome();
  keepSessions(home);
  writeFileSync(join(home.directory, 'broken.json'), '{"items": [');
  writeFileSync(join(home.directory, 'lines.json'), '{"id": 1}\n{"id": 2}\n');
  writeFileSync(join(home.directory, 'latin.json'), Buffer.from([0x22, 0xe4, 0x22]));
});
afterAll(() => home.remove());

const ROWS: readonly (readonly [line: string, message: string])[] = [
  ['compare', 'Missing <a> and <command>'],
  ['compare acme', 'Missing <command>'],
  ['compare acme bob', 'Two sessions and a command are needed, or one session, --before and a command'],
  ['compare acme -- whoami', 'Two sessions and a command are needed, or one session, --before and a command'],
  ['compare acme acme -- folders list', '<a> and <b> are the same session'],
  ['compare - - -- folders list', '<a> and <b> are the same session'],
  ["compare '' bob -- folders list", "<a>: '' is no name. The unnamed session is -"],
  [
    'compare ../x bob -- folders list',
    "<a>: '../x' is not a session name: a-z, 0-9, dot, dash and underscore, at most 64, beginning with a letter or digit",
  ],
  [
    'compare acme CON -- folders list',
    "<b>: 'CON' is not a session name: a-z, 0-9, dot, dash and underscore, at most 64, beginning with a letter or digit",
  ],
  [
    'compare acme bob --session acme -- folders list',
    '--session cannot be used here: compare names its sessions itself',
  ],
  ['compare acme bob -- folders', "'kscli folders' alone is no command"],
  ['compare acme bob -- foldrs list', "Unknown command 'foldrs'"],
  ['compare acme bob -- folders list --limt 5', 'Unknown option --limt'],
  ['compare acme bob folders list --limit 5', 'Unknown option --limit'],
  ['compare acme bob -- folders list --limit 0', "--limit: '0' is less than 1"],
  ['compare acme bob -- folders list --offset 5', '--offset cannot be used here: compare reads all pages'],
  ['compare acme bob -- folders list --sort-by name', '--sort-by cannot be used here: it makes no difference'],
  ['compare acme bob -- folders list --times ago', '--times cannot be used here: it makes no difference'],
  ['compare acme bob -- folders list --columns help', '--columns help cannot be used here'],
  ['compare acme bob -- folders list -f json', '--format goes before the --, it is for both sessions'],
  ['compare acme bob -- folders describe', 'Missing <folder-id>'],
  [
    `compare acme bob -- folders delete ${ID}`,
    "'kscli folders delete' cannot be compared: only commands that read from the API and change nothing",
  ],
  [
    `compare acme bob -- folders update ${ID} --name x`,
    "'kscli folders update' cannot be compared: only commands that read from the API and change nothing",
  ],
  [
    'compare acme bob -- logout',
    "'kscli logout' cannot be compared: only commands that read from the API and change nothing",
  ],
  [
    'compare acme bob -- compare acme bob -- folders list',
    "'kscli compare' cannot be compared: only commands that read from the API and change nothing",
  ],
  ['compare acme bob -- api DELETE /v1/tags/1', 'DELETE /v1/tags/1 cannot be compared: only a GET, or a search'],
  ['compare acme bob -- api /v1/tags -F name=x', 'POST /v1/tags cannot be compared: only a GET, or a search'],
  ['compare acme bob -- api HEAD /v1/tags', 'HEAD /v1/tags cannot be compared: only a GET, or a search'],
  [
    'compare acme bob -- chunks search -q x --filters-file -',
    'compare runs the command twice, and standard input can be read once',
  ],
  [
    'compare acme --before ~/none.json -- folders list',
    '--before names ~/none.json, which cannot be read: no such file',
  ],
  ['compare acme --before ~/broken.json -- folders list', "--before: '~/broken.json' is not JSON: unexpected end"],
  [
    'compare acme --before ~/lines.json -- folders list',
    "--before: '~/lines.json' is not JSON: unexpected text after the value",
  ],
  ['compare acme --before ~/latin.json -- folders list', "--before: '~/latin.json' is not JSON: no UTF-8"],
];

test.each(ROWS)('%s', async (line, message) => {
  const shown = await home.kscli(line);
  expect(shown.split('\n')[1]).toBe(`! Error: ${message}`);
  expect(shown).toEndWith('\n! Usage: kscli compare <a> [b] <command>... [options]\nexit 64');
});
