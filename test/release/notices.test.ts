// The licence notices: of made-up packages, and what the Bun project publishes of its runtime.

import { afterAll, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { readNotices } from '../../src/release/notices.ts';
import { findBundle } from '../../src/release/packages.ts';
import { readRuntimeNotice, toPlainText } from '../../src/release/runtime-notice.ts';
import { RUNTIME_VERSION } from '../../src/release/targets.ts';

const ROOT = join(import.meta.dir, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'kscli-notices-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('every bundled package has a notice with its own text, and the runtime comes last', () => {
  const bundle = findBundle(ROOT, manifest.dependencies);
  const notices = readNotices(ROOT, bundle);
  const names = bundle.packages.map(({ specifier }) => specifier);
  expect(notices.map(({ name, version }) => `${name}@${version}`)).toEqual([...names, `bun@${RUNTIME_VERSION}`]);
  const silent = notices.filter(({ text }) => !/copyright/i.test(text)).map(({ name }) => name);
  expect(silent).toEqual([]);
});

test('all licence files of a package make its notice, however they are called', () => {
  write('both/license', '\r\nFirst line  \r\n\r\n  indented\r\n');
  write('both/NOTICE.md', 'By somebody\n\n');
  write('both/README.md', 'No licence');
  write('both/licenses.js', 'No licence');
  expect(read('both')).toEqual({
    name: 'both',
    version: '1.0.0',
    license: 'MIT',
    text: 'By somebody\n\nFirst line\n\n  indented',
  });
  for (const name of ['LICENCE', 'LICENSE-MIT.txt', 'License.md', 'COPYING']) {
    write(`${name}-package/${name}`, `The text in ${name}\n`);
    expect(read(`${name}-package`).text).toBe(`The text in ${name}`);
  }
});

test('a package without a licence text fails the build, and is named', () => {
  write('none/README.md', 'MIT');
  write('empty/LICENSE', ' \n');
  for (const name of ['none', 'empty']) {
    expect(() => read(name)).toThrow(
      new Error(`${name}@1.0.0 has no licence text: ${join(scratch, name)} holds no LICENSE file with a word in it`),
    );
  }
});

test("the runtime's notice says what is missing in it, lists the linked libraries and holds the LGPL", () => {
  const { text, ...rest } = readRuntimeNotice(ROOT);
  expect(rest).toEqual({ name: 'bun', version: RUNTIME_VERSION, license: 'MIT' });
  const titles = text.split('\n').filter((line) => /^## |^ *(GNU|Apache) .*license$/i.test(line));
  expect(titles).toMatchInlineSnapshot(`
    [
      "## JavaScriptCore",
      "## Linked libraries",
      "## Polyfills",
      "## Additional credits",
      "GNU LIBRARY GENERAL PUBLIC LICENSE",
      "GNU LIBRARY GENERAL PUBLIC LICENSE",
      "GNU LESSER GENERAL PUBLIC LICENSE",
      "GNU LESSER GENERAL PUBLIC LICENSE",
      "Apache License",
    ]
  `);
  expect(text.match(/^- .* \(http.*\).*: .+$/gm)?.length).toBeGreaterThan(40);
  expect(text).toStartWith('The Bun runtime is part of every kscli binary. ');
});

test('a notice of another runtime, or one without the libraries, fails the build', () => {
  const types = join(scratch, 'node_modules/bun-types');
  write('node_modules/bun-types/package.json', '{"version":"1.0.0"}');
  expect(() => readRuntimeNotice(scratch)).toThrow(
    new Error(`${types} is of Bun 1.0.0, the runtime is ${RUNTIME_VERSION}`),
  );
  write('node_modules/bun-types/package.json', JSON.stringify({ version: RUNTIME_VERSION }));
  write('node_modules/bun-types/docs/project/license.mdx', 'Bun itself is MIT-licensed.');
  expect(() => readRuntimeNotice(scratch)).toThrow(
    new Error(`${types}/docs/project/license.mdx does not list the linked libraries as it did`),
  );
});

test('a table of Markdown becomes lines that can be read without a renderer', () => {
  const markdown = `---
title: License
---

## Libraries

| Library                     | License                  |
| --------------------------- | :----------------------: |
| [\`one\`](https://one.test)   | MIT                      |
| A fork of [two](https://b)  | [several](https://b/two) |

Credit to [three](https://c) and \`four\`.
`;
  expect(toPlainText(markdown)).toMatchInlineSnapshot(`
    "## Libraries

    - one (https://one.test): MIT
    - A fork of two (https://b): several (https://b/two)

    Credit to three (https://c) and four."
  `);
});

function write(path: string, text: string): void {
  mkdirSync(join(scratch, path, '..'), { recursive: true });
  writeFileSync(join(scratch, path), text);
}

/** The notice of the package in that directory. */
function read(name: string) {
  const facts = { specifier: `${name}@1.0.0`, name, version: '1.0.0', license: 'MIT', integrity: '', dependencies: [] };
  const [notice] = readNotices(ROOT, { direct: [], packages: [{ ...facts, directory: join(scratch, name) }] });
  if (notice === undefined) throw new Error('no notice');
  return notice;
}
