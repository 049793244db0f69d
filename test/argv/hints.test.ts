// What wrong words are answered with: the ones that were probably meant.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { USER } from '../backend/server.ts';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

/** What is printed between the command and its usage line. */
async function complaintsAbout(line: string): Promise<string[]> {
  const lines = (await home.kscli(line)).split('\n').slice(1);
  expect(lines.pop()).toBe('exit 64');
  expect(lines.pop()).toStartWith('! Usage: kscli ');
  return lines.map((text) => text.replace(/^! (Error: )?/, ''));
}

test.each([
  ['folders ls', ["Unknown command 'ls'", "Did you mean 'kscli folders list'?"]],
  ['folders get', ["Unknown command 'get'", "Did you mean 'kscli folders describe' or 'kscli folders list'?"]],
  ['folders show', ["Unknown command 'show'", "Did you mean 'kscli folders describe' or 'kscli folders list'?"]],
  [`folders rm ${USER}`, ["Unknown command 'rm'", "Did you mean 'kscli folders delete'?"]],
  ['folders help', ["Unknown command 'help'", "Did you mean 'kscli folders --help'?"]],
  ['signin', ["Unknown command 'signin'", "Did you mean 'kscli login'?"]],
  ['auth', ["Unknown command 'auth'", "Did you mean 'kscli login' or 'kscli assume-user'?"]],
  ['auth login', ["Unknown command 'auth'", "Did you mean 'kscli login'?"]],
  ['auth logout', ["Unknown command 'auth'", "Did you mean 'kscli logout'?"]],
  ['auth status', ["Unknown command 'auth'", "Did you mean 'kscli whoami' or 'kscli doctor'?"]],
  ['auth token', ["Unknown command 'auth'", "Did you mean 'kscli token'?"]],
  ['use acme', ["Unknown command 'use'", "Did you mean 'kscli assume-user' or 'kscli sessions'?"]],
  ['switch acme', ["Unknown command 'switch'", "Did you mean 'kscli assume-user' or 'kscli sessions'?"]],
  ['status', ["Unknown command 'status'", "Did you mean 'kscli whoami' or 'kscli doctor'?"]],
  ['config', ["Unknown command 'config'", "Did you mean 'kscli settings'?"]],
  ['config get format', ["Unknown command 'config'", "Did you mean 'kscli settings show'?"]],
  ['ls', ["Unknown command 'ls'", "Did you mean 'kscli folders list' or 'kscli documents list'?"]],
  ['rm', ["Unknown command 'rm'", "Did you mean 'kscli folders delete' or 'kscli documents delete'?"]],
  [
    'upload x.pdf',
    ["Unknown command 'upload'", "Did you mean 'kscli documents ingest' or 'kscli folders bulk-ingest'?"],
  ],
  ['get folders', ["Unknown command 'get'", "Did you mean 'kscli folders describe' or 'kscli folders list'?"]],
  ['search hello', ["Unknown command 'search'", "Did you mean 'kscli chunks search'?"]],
])('the words of other tools lead on: kscli %s', async (line, expected) => {
  expect(await complaintsAbout(line)).toEqual(expected);
});

test.each([
  ['folder list', ["Unknown command 'folder'", "Did you mean 'kscli folders list'?"]],
  ['folder lst', ["Unknown command 'folder'", "Did you mean 'kscli folders list'?"]],
  ['kscli whoami', ["Unknown command 'kscli'", "Did you mean 'kscli whoami'?"]],
  ["'folders list'", ["Unknown command 'folders list'", "Did you mean 'kscli folders list'?"]],
  ['-- -x api', ["Unknown command '-x'"]],
])('a near miss is corrected to its end: kscli %s', async (line, expected) => {
  expect(await complaintsAbout(line)).toEqual(expected);
});

test.each([
  ['--json whoami', '--json', 'json'],
  ['whoami --json', '--json', 'json'],
  ['-o json whoami', '-o', 'json'],
  ['whoami -o json', '-o', 'json'],
  ['whoami -oyaml', '-o', 'yaml'],
  ['whoami --output json', '--output', 'json'],
  ['whoami --output=yaml', '--output', 'yaml'],
  ['folders --json list', '--json', 'json'],
])('what other tools call --format leads to it: kscli %s', async (line, option, format) => {
  expect(await complaintsAbout(line)).toEqual([`Unknown option ${option}`, `Did you mean --format ${format}?`]);
});

test.each([
  ['folders list -o json', ["--offset: 'json' is not a whole number", 'Did you mean --format json?']],
  ['whoami json', ["Unexpected argument 'json'", 'Did you mean --format json?']],
  ['whoami --output', ['Unknown option --output', 'Did you mean --format?']],
  ['whoami --verbose', ['Unknown option --verbose', 'Did you mean --debug?']],
  ['whoami -v', ['Unknown option -v', 'Did you mean --debug or --version?']],
  [`folders delete ${USER} --force`, ['Unknown option --force', 'Did you mean --yes?']],
  ['whoami --force', ['Unknown option --force']],
  ['tags list --filter name=x', ['Unknown option --filter', 'Did you mean --where?']],
  ['tags list --fields id', ['Unknown option --fields', 'Did you mean --columns?']],
  ['tags list --order-by id', ['Unknown option --order-by', 'Did you mean --sort-by?']],
])('so do other options: kscli %s', async (line, expected) => {
  expect(await complaintsAbout(line)).toEqual(expected);
});

test.each([
  ['chunks search hello', ["Unexpected argument 'hello'", "Did you mean --query 'hello'?"]],
  ["chunks search it's", [`Unexpected argument 'it's'`, `Did you mean --query 'it'\\''s'?`]],
  ['chunks search --query hello world', ["Unexpected argument 'world'", "Did you mean --query 'hello world'?"]],
  [
    `folders create ${USER} Reports`,
    [`Unexpected argument '${USER}'`, `Did you mean --under ${USER} --name 'Reports'?`],
  ],
  ['documents list 5', ["Unexpected argument '5'", 'Did you mean --limit 5 or --offset 5?']],
  ['whoami extra', ["Unexpected argument 'extra'"]],
])('an argument where an option is wanted is named: kscli %s', async (line, expected) => {
  expect(await complaintsAbout(line)).toEqual(expected);
});

test.each([
  ['folders describe --folder-id X', '--folder-id', 'kscli folders describe X'],
  ['folders describe --folder-id=X', '--folder-id', 'kscli folders describe X'],
  ['folders describe --id X', '--id', 'kscli folders describe X'],
  ['folders describe --folder-id', '--folder-id', 'kscli folders describe <folder-id>'],
  ['folders bulk-ingest --directory reports', '--directory', 'kscli folders bulk-ingest reports'],
])('an option where an argument is wanted is named: kscli %s', async (line, option, meant) => {
  expect(await complaintsAbout(line)).toEqual([`Unknown option ${option}`, `Did you mean '${meant}'?`]);
});

test.each([
  ['folders create', '--name <text> and --under <path|id>'],
  ['tags attach', '<tag-id> and --path-part-id <path|id>'],
  ['folders update', '<folder-id> and one of --name or --under'],
  ['settings environment', '<environment> (one of local, dev, prod)'],
])('all that is missing is named at once: kscli %s', async (line, missing) => {
  expect(await complaintsAbout(line)).toEqual([`Missing ${missing}`]);
});

const DASH = 'holds a typographic dash';
const QUOTE = 'holds a typographic quote';

test.each([
  ['whoami –format json', ["Unexpected argument '–format'", `'–format' ${DASH} (–, U+2013). Type --format`]],
  [
    'whoami —format=json',
    ["Unexpected argument '—format=json'", `'—format=json' ${DASH} (—, U+2014). Type --format=json`],
  ],
  ['whoami −f json', ["Unexpected argument '−f'", `'−f' ${DASH} (−, U+2212). Type -f`]],
  ['–-format json whoami', ["Unknown command '–-format'", `'–-format' ${DASH} (–, U+2013). Type --format`]],
  [
    'folders describe --folder–id X',
    ['Unknown option --folder–id', `'--folder–id' ${DASH} (–, U+2013). Type --folder-id`],
  ],
  [
    'chunks search --query “annual report”',
    ["Unexpected argument 'report”'", "Did you mean --query 'annual report'?", `'report”' ${QUOTE} (”). Type ' or ".`],
  ],
  [
    'whoami --timeout ‘5’',
    [
      "--timeout: '‘5’' is not a time from 0.001 to 86400 seconds, like 30, 90s or 1h30m",
      `'‘5’' ${QUOTE} (‘). Type ' or ".`,
    ],
  ],
  [
    'folders describe {folder_id}',
    ["<folder-id>: '{folder_id}' is a placeholder", "'{folder_id}' stands for a value. Type the value in its place."],
  ],
  [
    'workflows describe {workflow_id}',
    [
      "<workflow-id>: '{workflow_id}' is a placeholder",
      "'{workflow_id}' stands for a value. Type the value in its place.",
    ],
  ],
  [
    'api /v1/folders/{folder_id}',
    ["<path>: '/v1/folders/{folder_id}' holds the placeholder {folder_id}", 'Type the value in its place.'],
  ],
  [
    'folders describe <folder-id>',
    ["<folder-id>: '<folder-id>' is a placeholder", "'<folder-id>' stands for a value. Type the value in its place."],
  ],
  [
    "'folders\u00a0list'",
    [
      "Unknown command 'folders\u00a0list'",
      "Did you mean 'kscli folders list'?",
      "'folders\u00a0list' holds a blank that is no plain space (U+00A0). Type a plain space.",
    ],
  ],
])('what was pasted from a document is named: kscli %s', async (line, expected) => {
  expect(await complaintsAbout(line)).toEqual(expected);
});

test('a pasted base URL is named without its password', async () => {
  expect((await home.kscli('whoami --base-url “https://user:secret@x.example”')).split('\n').slice(1)).toEqual([
    "! Error: --base-url: '***@x.example”' is not a URL like https://api.example.com",
    `! '***@x.example”' holds a typographic quote (”). Type ' or ".`,
    '! Usage: kscli whoami [options]',
    'exit 64',
  ]);
});
