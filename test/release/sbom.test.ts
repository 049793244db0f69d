// The bill of materials, of the packages that are really installed. The schema is CycloneDX's own, in a package of theirs.

import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { findBundle } from '../../src/release/packages.ts';
import { writeSbom } from '../../src/release/sbom.ts';
import { TARGETS } from '../../src/release/targets.ts';

const ROOT = join(import.meta.dir, '../..');
const IDENTITY = { version: '1.2.3', commit: 'abcdef012345' };
const { dependencies } = await Bun.file(join(ROOT, 'package.json')).json();
const BUNDLE = findBundle(ROOT, dependencies);
const text = writeSbom(BUNDLE, TARGETS, IDENTITY);
const bom = JSON.parse(text);

type Component = {
  name: string;
  version: string;
  purl: string;
  hashes: { alg: string; content: string }[];
  licenses: unknown;
};
const components: Component[] = bom.components;

test('the SBOM is a CycloneDX document about kscli, without a time or a random number', () => {
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { name: 'kscli', version: '1.2.3', properties: [{ value: 'abcdef012345' }] } },
  });
  expect(bom).not.toHaveProperty('serialNumber');
  expect(bom.metadata).not.toHaveProperty('timestamp');
  expect(writeSbom(BUNDLE, TARGETS, IDENTITY)).toBe(text);
});

test('the SBOM names every runtime package, their dependencies, and the runtime of every target', () => {
  const names = components.map(({ name }) => name);
  for (const name of Object.keys(dependencies)) expect(names).toContain(name);
  for (const { runtime } of TARGETS) expect(names).toContain(runtime);
  // Of ofetch, and of cli-table3 two steps away.
  for (const name of ['destr', 'ufo', 'string-width', 'emoji-regex']) expect(names).toContain(name);
  expect(names).not.toContain('typescript');
});

test('every component has its version, a whole hash and a licence', () => {
  for (const { name, version, purl, hashes, licenses } of components) {
    expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
    const sha512 = hashes.find(({ alg }) => alg === 'SHA-512');
    expect(sha512?.content).toMatch(/^[0-9a-f]{128}$/);
    expect(licenses).toEqual([{ license: { id: 'MIT' } }]);
  }
});

test('the dependencies name only listed components', () => {
  const known = new Set([bom.metadata.component['bom-ref'], ...components.map(({ purl }) => purl)]);
  for (const { ref, dependsOn } of bom.dependencies) {
    for (const name of [ref, ...dependsOn]) expect(known).toContain(name);
  }
});

test('the CycloneDX 1.6 schema has nothing against it', async () => {
  expect(await findFault(bom)).toBeUndefined();
});

const VALIDATOR = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
const [first, ...others] = components;
/** The list of licences may also be one expression, which it is not either. */
const ID_FAULT =
  '/components/0/licenses/0/license/id enum, /components/0/licenses/0 required, /components/0/licenses oneOf';
const CHANGES: readonly (readonly [what: string, change: object, fault: string])[] = [
  ['a document of another format', { bomFormat: 'SPDX' }, '/bomFormat enum'],
  ['an unknown key', { author: 'nobody' }, ' additionalProperties'],
  ['a licence that SPDX does not list', replaceFirst({ licenses: [{ license: { id: 'MTI' } }] }), ID_FAULT],
  [
    'an expression in place of an identifier',
    replaceFirst({ licenses: [{ license: { id: 'MIT OR ISC' } }] }),
    ID_FAULT,
  ],
  [
    'a hash that is too short',
    replaceFirst({ hashes: [{ alg: 'SHA-512', content: 'abc' }] }),
    '/components/0/hashes/0/content pattern',
  ],
  [
    'a hash by an unknown name',
    replaceFirst({ hashes: [{ alg: 'sha512', content: 'a'.repeat(128) }] }),
    '/components/0/hashes/0/alg enum',
  ],
  ['a component of no known type', replaceFirst({ type: 'package' }), '/components/0/type enum'],
  ['a component without a name', replaceFirst({ name: undefined }), '/components/0 required'],
  ['the same component twice', { components: [first, first] }, '/components uniqueItems'],
  ['a dependency that names nobody', { dependencies: [{ dependsOn: [] }] }, '/dependencies/0 required'],
];

test.each(CHANGES)('the schema finds %s', async (_what, change, fault) => {
  expect(await findFault({ ...bom, ...change })).toBe(fault);
});

function replaceFirst(change: object): object {
  return { components: [{ ...first, ...change }, ...others] };
}

type Fault = { readonly instancePath: string; readonly keyword: string };

/** Where the first fault is and the schema's word for it, then what else is wrong because of it. */
async function findFault(document: object): Promise<string | undefined> {
  const faults: Fault[] | null = await VALIDATOR.validate(JSON.stringify(document));
  return faults?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`).join(', ');
}
