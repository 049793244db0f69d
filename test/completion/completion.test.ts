// What may follow the words of a line, and the text for language models.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

/** As a shell asks: the words up to the one that is unfinished, and a mark at its end. */
async function findOffered(line: string, shell = 'bash', env: Record<string, string> = {}): Promise<string[]> {
  const words = line.split(' ').map((word) => `'--word=${word}'`);
  const transcript = await home.kscli(`completion ${shell} ${words.join(' ')}`, {}, { env });
  const [, ...lines] = transcript.split('\n');
  expect(lines.pop()).toBe('exit 0');
  return lines;
}

test.each([
  ['fol', ['folders']],
  ['folders cr', ['create']],
  ['folders ', ['list', 'describe', 'create', 'update', 'delete', 'reembed', 'bulk-ingest']],
  ['workflow-runs ', ['describe', 'delete']],
  ['users update ', []],
  ['unknown ', []],
  ['help features ', ['describe']],
  ['settings environment ', ['local', 'dev', 'prod']],
  ['settings environment dev ', []],
  ['-- features ', ['describe']],
])('commands and arguments: kscli %s', async (line, offered) => {
  const found = await findOffered(line);
  expect(found).toEqual(offered);
});

const GLOBALS =
  '--base-url --format --no-header --timeout --debug --session --read-only --expect-tenant --expect-user'.split(' ');

test.each([
  ['-', [...GLOBALS, '--help', '--version']],
  ['folders -', [...GLOBALS, '--help', '--version']],
  ['users update -', ['--default-tenant-id', '--first-name', '--last-name', ...GLOBALS, '--help', '--version']],
  ['chunks search --no', ['--no-active-version-only', '--no-header']],
  ['whoami -H --no', []],
  ['whoami -Hfjson --de', ['--debug']],
  ['chunks search --tag-ids x --tag', ['--tag-ids']],
  ['chunk-lineages delete --ch', ['--child-chunk-id']],
  ['tags list --col', ['--columns']],
  ['tags list --where name=x --wh', ['--where']],
  ['folders bulk-ingest -- -', ['<directory>']],
])('flags, only after a dash, and none that was typed: kscli %s', async (line, offered) => {
  expect(await findOffered(line)).toEqual(offered);
});

test.each([
  ['-f ', ['table', 'json', 'jsonl', 'yaml', 'csv', 'tsv', 'id-only', 'tree']],
  ['-f json fol', ['folders']],
  ['-Hf ya', ['yaml']],
  ['tags list --times ', ['utc', 'local', 'ago']],
  ['tags list --where ', []],
  ['--format id', ['id-only']],
  ['--format=id', ['--format=id-only']],
  ['documents create --type=P', ['--type=PDF', '--type=PLAINTEXT', '--type=PPTX']],
  ['whoami --debug=', []],
  ['folders describe ', []],
  ['folders create --parent-path-part-id ', []],
  ['--base-url ', []],
  ['documents ingest --file ', ['<file>']],
  ['documents ingest --file=re', ['<file>']],
  ['chunks search --filters-file ', ['<file>']],
  ['api --input ', ['<file>']],
  ['folders bulk-ingest ', ['<directory>']],
])('values: kscli %s', async (line, offered) => {
  expect(await findOffered(line)).toEqual(offered);
});

test('each shell has the answer in its own form', async () => {
  const forms = ['bash', 'zsh', 'fish', 'powershell'].map((shell) => findOffered('features ', shell));
  expect(await Promise.all(forms)).toEqual([
    ['describe'],
    ['describe:Show the features of the server'],
    ['describe\tShow the features of the server'],
    ['describe\tShow the features of the server'],
  ]);
});

test('completion works whatever the settings are', async () => {
  expect(await findOffered('fol', 'bash', { KSCLI_FORMAT: 'xml', KSCLI_TIMEOUT: 'never' })).toEqual(['folders']);
});

test('the PowerShell script', async () => {
  expect(await home.kscli('completion powershell')).toMatchInlineSnapshot(`
    "$ kscli completion powershell
    Register-ArgumentCompleter -Native -CommandName kscli -ScriptBlock {
      param($word, $ast, $position)
      $words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $position } |
        ForEach-Object { "--word=$_" })
      if ("$word" -eq '') { $words += '--word=' }
      & kscli completion powershell @words 2>$null | Where-Object { -not $_.StartsWith('<') } | ForEach-Object {
        $text, $about = $_ -split "\`t"
        if (-not $about) { $about = $text }
        [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $about)
      }
    }
    exit 0"
  `);
});
