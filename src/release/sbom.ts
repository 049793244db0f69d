// What is inside, as a CycloneDX 1.6 bill of materials: kscli, the packages bundled into it as bun.lock pins them, and
// the Bun runtimes. No time and no serial number, so that the same sources give the same bytes.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from './compile.ts';
import { RUNTIME_VERSION, type Target } from './targets.ts';

type LockedPackage = readonly [specifier: string, registry: string, info: PackageInfo, integrity: string];
type PackageInfo = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Lock = { readonly packages: Readonly<Record<string, LockedPackage>> };
type Manifest = { readonly name: string; readonly version: string; readonly license?: string };
type Edge = { readonly ref: string; readonly dependsOn: readonly string[] };

/** @throws Error when node_modules does not hold what bun.lock says: then it is not what was bundled. */
export function writeSbom(
  root: string,
  dependencies: Readonly<Record<string, string>>,
  targets: readonly Target[],
  { version, commit }: Identity,
): string {
  const lock = Bun.JSONC.parse(readFileSync(join(root, 'bun.lock'), 'utf8')) as Lock;
  const direct = Object.keys(dependencies).sort();
  const keys = [...bundledKeys(lock, direct)].sort();
  const runtimes = targets.map(runtimeComponent);
  const kscli = `pkg:generic/kscli@${version}`;
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': kscli,
        name: 'kscli',
        version,
        purl: kscli,
        properties: [{ name: 'kscli:commit', value: commit }],
      },
    },
    components: [...keys.map((key) => packageComponent(root, lock, key)), ...runtimes],
    dependencies: [
      edge(kscli, [...direct.map((key) => reference(lock, key)), ...runtimes.map((runtime) => runtime['bom-ref'])]),
      ...keys.map((key) =>
        edge(
          reference(lock, key),
          children(lock, key).map((child) => reference(lock, child)),
        ),
      ),
    ],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function bundledKeys(lock: Lock, direct: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...direct];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    waiting.push(...children(lock, key));
  }
  return seen;
}

/** The keys of what a package depends on. An optional one that is not in the lock is not there. */
function children(lock: Lock, key: string): string[] {
  const { dependencies, optionalDependencies } = locked(lock, key)[2];
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .map((name) => resolve(lock, key, name))
    .filter((child) => child in lock.packages);
}

/** A package nested under its dependent is locked as `dependent/name`, others as `name`: the nearest one counts. */
function resolve(lock: Lock, from: string, name: string): string {
  const path = names(from);
  for (let depth = path.length; depth > 0; depth -= 1) {
    const nested = [...path.slice(0, depth), name].join('/');
    if (nested in lock.packages) return nested;
  }
  return name;
}

/** The names in a key: `a/@b/c` is @b/c under a. */
function names(key: string): string[] {
  return key.match(/(?:@[^/]+\/)?[^/]+/g) ?? [];
}

function packageComponent(root: string, lock: Lock, key: string) {
  const [specifier, , , integrity] = locked(lock, key);
  const path = join(root, ...names(key).flatMap((part) => ['node_modules', part]), 'package.json');
  const { name, version, license } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  if (specifier !== `${name}@${version}`) throw new Error(`${path} is ${name}@${version}, bun.lock says ${specifier}`);
  return component({ type: 'library', name, version, license: license ?? 'NOASSERTION', hashes: [sha512(integrity)] });
}

/** Bun's package says MIT; the libraries linked into it are listed by the Bun project. */
function runtimeComponent({ runtime, integrity, sha256 }: Target) {
  const hashes = [{ alg: 'SHA-256', content: sha256 }, sha512(integrity)];
  return component({ type: 'platform', name: runtime, version: RUNTIME_VERSION, license: 'MIT', hashes });
}

type Hash = { readonly alg: string; readonly content: string };
type Facts = { type: string; name: string; version: string; license: string; hashes: readonly Hash[] };

function component({ type, name, version, license, hashes }: Facts) {
  const purl = packageUrl(name, version);
  // An SPDX identifier is one word; what joins several is an expression.
  const licenses = [license.includes(' ') ? { expression: license } : { license: { id: license } }];
  return { type, 'bom-ref': purl, name, version, hashes, licenses, purl };
}

function reference(lock: Lock, key: string): string {
  const [specifier] = locked(lock, key);
  const at = specifier.lastIndexOf('@');
  return packageUrl(specifier.slice(0, at), specifier.slice(at + 1));
}

function packageUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function edge(ref: string, dependsOn: readonly string[]): Edge {
  return { ref, dependsOn: [...dependsOn].sort() };
}

/** From the registry's base64 to CycloneDX's hex. */
function sha512(integrity: string): Hash {
  return { alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') };
}

function locked(lock: Lock, key: string): LockedPackage {
  const found = lock.packages[key];
  if (found === undefined) throw new Error(`${key} is not in bun.lock`);
  return found;
}
