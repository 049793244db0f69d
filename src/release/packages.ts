// Which packages the binary bundles: those that package.json asks for and all that these depend on, as bun.lock pins
// them and as they lie in node_modules. Neither the SBOM nor the notices know how they are found.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type BundledPackage = {
  /** `name@version` */
  readonly specifier: string;
  readonly name: string;
  readonly version: string;
  /** An SPDX identifier or expression. */
  readonly license: string;
  readonly directory: string;
  /** The registry's own value: `sha512-` and base64. */
  readonly integrity: string;
  /** The specifiers of what it depends on. */
  readonly dependencies: readonly string[];
};

export type Bundle = {
  /** The specifiers of what kscli itself depends on. */
  readonly direct: readonly string[];
  readonly packages: readonly BundledPackage[];
};

type LockedPackage = readonly [specifier: string, registry: string, info: PackageInfo, integrity: string];
type PackageInfo = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Lock = { readonly packages: Readonly<Record<string, LockedPackage>> };
type Manifest = { readonly name: string; readonly version: string; readonly license?: unknown };

/**
 * @param dependencies as in package.json
 * @throws Error when node_modules does not hold what bun.lock says (then that is not what was bundled), or when a
 * package does not name its licence
 */
export function findBundle(root: string, dependencies: Readonly<Record<string, string>>): Bundle {
  const lock = Bun.JSONC.parse(readFileSync(join(root, 'bun.lock'), 'utf8')) as Lock;
  const direct = Object.keys(dependencies).sort();
  return {
    direct: direct.map((key) => findLocked(lock, key)[0]),
    packages: [...walk(lock, direct)].sort().map((key) => readPackage(root, lock, key)),
  };
}

function walk(lock: Lock, direct: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...direct];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    waiting.push(...listChildren(lock, key));
  }
  return seen;
}

/** The keys of what a package depends on. An optional one that is not in the lock is not there. */
function listChildren(lock: Lock, key: string): string[] {
  const { dependencies, optionalDependencies } = findLocked(lock, key)[2];
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .map((name) => resolve(lock, key, name))
    .filter((child) => child in lock.packages);
}

/** A package nested under its dependent is locked as `dependent/name`, others as `name`: the nearest one counts. */
function resolve(lock: Lock, from: string, name: string): string {
  const path = splitKey(from);
  for (let depth = path.length; depth > 0; depth -= 1) {
    const nested = [...path.slice(0, depth), name].join('/');
    if (nested in lock.packages) return nested;
  }
  return name;
}

/** The names in a key: `a/@b/c` is @b/c under a. */
function splitKey(key: string): string[] {
  return key.match(/(?:@[^/]+\/)?[^/]+/g) ?? [];
}

function readPackage(root: string, lock: Lock, key: string): BundledPackage {
  const [specifier, , , integrity] = findLocked(lock, key);
  const directory = join(root, ...splitKey(key).flatMap((part) => ['node_modules', part]));
  const path = join(directory, 'package.json');
  if (!existsSync(path)) throw new Error(`${specifier} is not installed. Run: bun install --frozen-lockfile`);
  const { name, version, license } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  if (specifier !== `${name}@${version}`) throw new Error(`${path} is ${name}@${version}, bun.lock says ${specifier}`);
  if (typeof license !== 'string') throw new Error(`${specifier} names no licence in ${path}`);
  const dependencies = listChildren(lock, key).map((child) => findLocked(lock, child)[0]);
  return { specifier, name, version, license, directory, integrity, dependencies };
}

function findLocked(lock: Lock, key: string): LockedPackage {
  const found = lock.packages[key];
  if (found === undefined) throw new Error(`${key} is not in bun.lock`);
  return found;
}
