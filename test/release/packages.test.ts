// Which packages are bundled, in a made-up repository.

import { afterAll, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBundle } from '../../src/release/packages.ts';

const root = mkdtempSync(join(tmpdir(), 'kscli-packages-'));
afterAll(() => rmSync(root, { recursive: true }));

lock({
  top: [
    'top@1.0.0',
    '',
    { dependencies: { '@scope/shared': '^2.0.0' }, optionalDependencies: { absent: '1' } },
    'sha512-AA==',
  ],
  '@scope/shared': ['@scope/shared@1.0.0', '', {}, 'sha512-AQ=='],
  'top/@scope/shared': ['@scope/shared@2.0.0', '', {}, 'sha512-Ag=='],
  unused: ['unused@1.0.0', '', {}, 'sha512-Aw=='],
});
install('top', { name: 'top', version: '1.0.0', license: 'MIT' });
const NESTED = 'top/node_modules/@scope/shared';
install(NESTED, { name: '@scope/shared', version: '2.0.0', license: '(MIT OR ISC)' });

test('the nearest copy of a dependency is bundled, an optional one that is not locked is not', () => {
  expect(findBundle(root, { top: '1.0.0' })).toEqual({
    direct: ['top@1.0.0'],
    packages: [
      {
        specifier: 'top@1.0.0',
        name: 'top',
        version: '1.0.0',
        license: 'MIT',
        directory: join(root, 'node_modules/top'),
        integrity: 'sha512-AA==',
        dependencies: ['@scope/shared@2.0.0'],
      },
      {
        specifier: '@scope/shared@2.0.0',
        name: '@scope/shared',
        version: '2.0.0',
        license: '(MIT OR ISC)',
        directory: join(root, 'node_modules', NESTED),
        integrity: 'sha512-Ag==',
        dependencies: [],
      },
    ],
  });
});

test('a package that bun.lock does not hold, or holds in another version, is refused by name', () => {
  expect(() => findBundle(root, { elsewhere: '1.0.0' })).toThrow(new Error('elsewhere is not in bun.lock'));
  install(NESTED, { name: '@scope/shared', version: '2.0.1', license: 'MIT' });
  const path = join(root, 'node_modules', NESTED, 'package.json');
  expect(() => findBundle(root, { top: '1.0.0' })).toThrow(
    new Error(`${path} is @scope/shared@2.0.1, bun.lock says @scope/shared@2.0.0`),
  );
});

test('a package that is not installed is refused by name, with what installs it', () => {
  rmSync(join(root, 'node_modules', NESTED), { recursive: true });
  expect(() => findBundle(root, { top: '1.0.0' })).toThrow(
    new Error('@scope/shared@2.0.0 is not installed. Run: bun install --frozen-lockfile'),
  );
});

test('a package that does not name its licence is refused by name', () => {
  install(NESTED, { name: '@scope/shared', version: '2.0.0' });
  const path = join(root, 'node_modules', NESTED, 'package.json');
  expect(() => findBundle(root, { top: '1.0.0' })).toThrow(
    new Error(`@scope/shared@2.0.0 names no licence in ${path}`),
  );
});

function lock(packages: object): void {
  writeFileSync(join(root, 'bun.lock'), JSON.stringify({ lockfileVersion: 1, packages }));
}

function install(path: string, manifest: object): void {
  const directory = join(root, 'node_modules', path);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
}
