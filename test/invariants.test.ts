// What holds for the whole of the source and of the commands, so that nobody has to remember it.

import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { type Command, isBranch, isGroup, type Leaf, type Node } from '../src/argv/command.ts';
import { globalFields } from '../src/argv/globals.ts';
import { COMMANDS } from '../src/commands/index.ts';

const ROOT = join(import.meta.dir, '..');
const SOURCES = [...new Bun.Glob('src/**/*.ts').scanSync(ROOT)].filter((path) => !path.startsWith('src/release/'));
const TESTS = [...new Bun.Glob('test/**/*.ts').scanSync(ROOT)];

type Import = { readonly from: string; readonly to: string };

const IMPORTS: readonly Import[] = SOURCES.flatMap((from) =>
  [...read(from).matchAll(/(?:from |import\()'([^']+)'/g)].map(([, name = '']) => ({
    from,
    to: name.startsWith('.') ? normalize(join(dirname(from), name)) : name,
  })),
);

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function importsBetween(from: RegExp, to: RegExp): string[] {
  return IMPORTS.filter((edge) => from.test(edge.from) && to.test(edge.to)).map((edge) => `${edge.from} → ${edge.to}`);
}

test('each package has one importer, which binds it', () => {
  expect(importsBetween(/./, /^citty$/)).toEqual(['src/argv/route.ts → citty']);
  expect(importsBetween(/./, /^cli-table3$/)).toEqual(['src/output/table.ts → cli-table3']);
  expect([...new Set(importsBetween(/./, /^consola/))]).toEqual(['src/terminal/log.ts → consola/core']);
  expect(importsBetween(/./, /^ofetch$/)).toEqual(['src/http/client.ts → ofetch']);
  expect(importsBetween(/./, /^jose/)).toEqual(['src/auth/token.ts → jose/jwt/decode']);
});

test('only cli.ts touches the process and the global fetch', () => {
  const touching = SOURCES.filter((path) =>
    /\bprocess\.|globalThis\.fetch|Bun\.env|console\./.test(withoutComments(read(path))),
  );
  expect(touching).toEqual(['src/cli.ts']);
});

test('files stay small, say what they hold, and are named in kebab-case', () => {
  for (const path of [...SOURCES, 'build.ts', ...TESTS]) {
    expect(`${path}: ${read(path).split('\n').length > 201}`).toBe(`${path}: false`);
    expect(`${path}: ${read(path).slice(0, 3)}`).toBe(`${path}: // `);
    expect(path).toMatch(/^(test\/[a-z0-9/-]+\.(test|types)|[a-z0-9/-]+)\.ts$/);
  }
});

test('five runtime packages, all pinned, and the pinned Bun everywhere', () => {
  expect(Object.keys(manifest.dependencies).sort()).toEqual(['citty', 'cli-table3', 'consola', 'jose', 'ofetch']);
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(manifest.packageManager).toBe(`bun@${manifest.engines.bun}`);
  expect(read('.ci/run')).toContain(manifest.packageManager);
  expect(read('README.md')).toContain(`npx --yes ${manifest.packageManager} run test`);
});

const LEAVES = await leavesOf(COMMANDS, '');

test.each(LEAVES)('%s has help, examples, and flags of its own', async (path, leaf) => {
  const command = await leaf.load();
  expect(leaf.summary).toMatch(/^[A-Z][^.]*$/);
  expect(command.examples.length).toBeGreaterThan(0);
  expect(command.examples.join('\n')).toContain(`kscli ${path}`);
  const flags = Object.entries(command.flags);
  for (const [name, field] of [...flags, ...Object.entries(command.args)])
    expect(`${name}: ${field.summary}`).toMatch(/: [A-Z]/);
  expect(shadowed(command)).toEqual(OWN_MEANING[path] ?? []);
});

test("a file's path in commands is the command's name", () => {
  const written = [...new Bun.Glob('**/*.ts').scanSync(join(ROOT, 'src/commands'))].filter(
    (path) => !path.endsWith('index.ts'),
  );
  const names = LEAVES.map(([path]) => `${path.replaceAll(' ', '/')}.ts`);
  expect(written.filter((path) => !names.includes(path))).toEqual([]);
});

/** Behind the name of these commands a global flag has a meaning of its own, as in the Python kscli, in install.sh, or for a wait. */
const OWN_MEANING: Readonly<Record<string, string[]>> = {
  'journal show': ['session'],
  'settings environment': ['base-url'],
  upgrade: ['version'],
  'workflows wait': ['timeout'],
  'threads ask': ['timeout'],
};

/** Flags and letters that a command takes twice, or that every command takes already. */
function shadowed({ flags }: Command): string[] {
  const globals = Object.entries(globalFields());
  const names = [...globals, ...Object.entries(flags)].flatMap(([name, { short, kind, aliases = [] }]) => [
    name,
    ...aliases,
    ...(short ? [short] : []),
    ...(kind === 'negatable' ? [`no-${name}`] : []),
  ]);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

async function leavesOf(node: Node, path: string): Promise<[path: string, leaf: Leaf][]> {
  const opened = isBranch(node) ? await node.open() : node;
  if (!isGroup(opened)) return [[path, opened]];
  const children = Object.entries(opened.commands);
  return (await Promise.all(children.map(([name, child]) => leavesOf(child, `${path} ${name}`.trim())))).flat();
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
