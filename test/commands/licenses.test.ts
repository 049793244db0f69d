// kscli licenses, run from the sources. What the build puts in is shown by the compiled binary.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { formatNotices } from '../../src/commands/licenses.ts';
import { createHome, type Home } from '../kscli.ts';

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

test('without a build there are no notices, and the command says so', async () => {
  expect(await home.kscli('licenses')).toMatchInlineSnapshot(`
    "$ kscli licenses
    kscli runs from its sources here. The build puts the notices into the binary: bun build.ts
    exit 0"
  `);
  expect(await home.kscli('licenses -f json')).toMatchInlineSnapshot(`
    "$ kscli licenses -f json
    []
    exit 0"
  `);
});

test('a notice is a title with name, version and licence, and the text as it is', () => {
  const one = { name: 'one', version: '1.0.0', license: 'MIT', text: 'First line\n\n  second' };
  const two = { name: '@scope/two', version: '2.0.0', license: '(MIT OR ISC)', text: 'Text' };
  expect(formatNotices([one, two])).toMatchInlineSnapshot(`
    "one 1.0.0 (MIT)
    ===============

    First line

      second


    @scope/two 2.0.0 ((MIT OR ISC))
    ===============================

    Text
    "
  `);
});
