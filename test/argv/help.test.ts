// Every page of help, in every width: the root and one command whole, the others by what must hold for all of them.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Command, isBranch, isGroup, type Node, type Route } from '../../src/argv/command.ts';
import { pickExamples } from '../../src/argv/examples.ts';
import { globalFields } from '../../src/argv/globals.ts';
import { helpFor } from '../../src/argv/help.ts';
import { decodeInput } from '../../src/argv/input.ts';
import { chooseWidth } from '../../src/argv/layout.ts';
import { parse } from '../../src/argv/parse.ts';
import { route } from '../../src/argv/route.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { createHome, type Home } from '../kscli.ts';

const WIDTHS = [40, 50, 60, 80, 100];

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

test.each(['--help', 'assume-user --help', 'folders --help'])('kscli %s', async (line) => {
  expect(await home.kscli(line)).toMatchSnapshot();
});

test.each(['', '-h'])('kscli %s shows the same as kscli --help', async (line) => {
  const withoutLine = async (typed: string) => (await home.kscli(typed)).split('\n').slice(1);
  expect(await withoutLine(line)).toEqual(await withoutLine('--help'));
});

test('help keeps to the terminal: no less than 40 columns, no more than 100, 80 in a pipe', async () => {
  expect([undefined, 20, 40, 77, 200].map(chooseWidth)).toEqual([80, 40, 40, 77, 100]);
  const options = { isTerminal: true, width: 40 };
  expect(await home.kscli('settings environment --help', {}, options)).toMatchInlineSnapshot(`
    "$ kscli settings environment --help
    Write the base URL of an environment to
    the config file

    Usage: kscli settings environment
        <local|dev|prod> [options]

    Arguments:
      <local|dev|prod>
            Environment (required)

    Options:
          --base-url <url>
            Address to write in place of the
            usual one of the environment

    Global options: --base-url, -f/--format,
      -H/--no-header, --timeout, --debug,
      --session, --read-only,
      --expect-tenant, --expect-user,
      -h/--help, --version
      (kscli --help explains them)

    Examples:
      kscli settings environment dev
      kscli settings environment local \\
      --base-url http://localhost:9000
    exit 0"
  `);
});

type Page = { readonly route: Route; readonly command: Command | undefined; readonly examples: readonly string[] };

const PAGES = await openPages(COMMANDS, ['kscli']);

async function openPages(node: Node, path: readonly string[]): Promise<[line: string, page: Page][]> {
  const opened = isBranch(node) ? await node.open() : node;
  const line = path.join(' ');
  if (!isGroup(opened)) {
    const command = await opened.load();
    return [[line, { route: { path, node: opened }, command, examples: command.examples }]];
  }
  const examples = await pickExamples(opened);
  const page = { route: { path, node: { ...opened, examples } }, command: undefined, examples };
  const below = Object.entries(opened.commands).map(([name, child]) => openPages(child, [...path, name]));
  return [[line, page], ...(await Promise.all(below)).flat()];
}

function print({ route: found, command }: Page, width: number): string {
  return helpFor(found, command, globalFields(), width);
}

test.each(PAGES)('%s --help fits into every width and loses no word', (_line, page) => {
  const words = WIDTHS.map((width) => {
    const lines = print(page, width).split('\n');
    expect(lines.at(-1)).toBe('');
    expect(lines.at(-2)).not.toBe('');
    for (const text of lines) {
      expect({ width, text, isFit: text.length <= width }).toEqual({ width, text, isFit: true });
      expect(text).toBe(text.trimEnd());
    }
    return lines.join(' ').replaceAll(' \\ ', ' ').split(/\s+/);
  });
  for (const other of words) expect(other).toEqual(words[0] ?? []);
});

test.each(PAGES)('%s --help has a usage line, all flags, arguments and commands, and examples', (line, page) => {
  const text = print(page, 80);
  const words = text.split(/[\s,()]+/);
  expect(text).toContain(`\n\nUsage: ${line} `);
  const { flags = {}, args = {} } = page.command ?? {};
  for (const [name, { kind }] of Object.entries({ ...flags, ...globalFields() }))
    expect(words.map((word) => word.replace(/^-\w\//, ''))).toContain(
      `--${kind === 'negatable' ? '[no-]' : ''}${name}`,
    );
  const { node } = page.route;
  const names = isGroup(node) ? Object.keys(node.commands) : [];
  for (const name of names) expect(text).toMatch(new RegExp(`^  ${name}  `, 'm'));
  for (const [, { summary }] of Object.entries(args)) expect(text.replace(/\s+/g, ' ')).toContain(summary);
  expect(text).toContain('\nExamples:\n');
});

test.each(PAGES)('the examples of %s are right', async (_line, { examples }) => {
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) {
    for (const [, typed = ''] of example.matchAll(/\bkscli ((?:'[^']*'|[^'|<>)])*)/g)) await requireRight(typed);
  }
});

/** @throws Failure where the line is wrong usage */
async function requireRight(typed: string): Promise<void> {
  const argv = [...typed.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const found = await route(argv, COMMANDS, 'kscli', globalFields());
  const command = isGroup(found.node) ? undefined : await found.node.load();
  const { flags = {}, args = {} } = command ?? {};
  const parsed = parse(argv, { globals: globalFields(), flags, args, path: found.path });
  if (command) decodeInput({ ...parsed, positionals: parsed.positionals.slice(found.path.length - 1) }, command);
}

test('each command stands in one block of the help', () => {
  expect(Object.values(COMMANDS.blocks ?? {}).flat()).toEqual(Object.keys(COMMANDS.commands));
});
