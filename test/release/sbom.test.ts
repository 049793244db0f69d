// The bill of materials, of the packages that are really installed.

import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { writeSbom } from '../../src/release/sbom.ts';
import { TARGETS } from '../../src/release/targets.ts';

const ROOT = join(import.meta.dir, '../..');
const IDENTITY = { version: '1.2.3', commit: 'abcdef012345' };
const { dependencies } = await Bun.file(join(ROOT, 'package.json')).json();
const text = writeSbom(ROOT, dependencies, TARGETS, IDENTITY);
const bom = JSON.parse(text);

type Component = { name: string; version: string; purl: string; hashes: { alg: string; content: string }[] };
const components: Component[] = bom.components;

test('it is a CycloneDX document about kscli, without a time or a random number', () => {
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { name: 'kscli', version: '1.2.3', properties: [{ value: 'abcdef012345' }] } },
  });
  expect(bom).not.toHaveProperty('serialNumber');
  expect(bom.metadata).not.toHaveProperty('timestamp');
  expect(writeSbom(ROOT, dependencies, TARGETS, IDENTITY)).toBe(text);
});

test('it names every runtime package, what those depend on, and the runtime of every target', () => {
  const names = components.map(({ name }) => name);
  for (const name of Object.keys(dependencies)) expect(names).toContain(name);
  for (const { runtime } of TARGETS) expect(names).toContain(runtime);
  // Of ofetch, and of cli-table3 two steps away.
  for (const name of ['destr', 'ufo', 'string-width', 'emoji-regex']) expect(names).toContain(name);
  expect(names).not.toContain('typescript');
});

test('every component has its version, a whole hash and a licence', () => {
  for (const component of components) {
    expect(component).toMatchObject({ licenses: [{ license: { id: expect.stringMatching(/^(MIT|ISC|BSD)/) } }] });
    expect(component.purl).toEndWith(`@${component.version}`);
    const sha512 = component.hashes.find(({ alg }) => alg === 'SHA-512');
    expect(sha512?.content).toMatch(/^[0-9a-f]{128}$/);
  }
});

test('the dependencies name only what is listed', () => {
  const known = new Set([bom.metadata.component['bom-ref'], ...components.map(({ purl }) => purl)]);
  for (const { ref, dependsOn } of bom.dependencies) {
    for (const name of [ref, ...dependsOn]) expect(known).toContain(name);
  }
});
