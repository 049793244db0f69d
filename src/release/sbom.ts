// The CycloneDX 1.6 bill of materials: kscli, the packages bundled into it, and the Bun runtimes. No time and no serial
// number, so that the same sources give the same bytes.

import type { Identity } from './compile.ts';
import type { Bundle, BundledPackage } from './packages.ts';
import { RUNTIME_VERSION, type Target } from './targets.ts';

type Edge = { readonly ref: string; readonly dependsOn: readonly string[] };

export function writeSbom(
  { direct, packages }: Bundle,
  targets: readonly Target[],
  { version, commit }: Identity,
): string {
  const runtimes = targets.map(toRuntimeComponent);
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
    components: [...packages.map(toPackageComponent), ...runtimes],
    dependencies: [
      toEdge(kscli, [...direct.map(toPackageUrl), ...runtimes.map((runtime) => runtime['bom-ref'])]),
      ...packages.map(({ specifier, dependencies }) => toEdge(toPackageUrl(specifier), dependencies.map(toPackageUrl))),
    ],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function toPackageComponent({ name, version, license, integrity }: BundledPackage) {
  return toComponent({ type: 'library', name, version, license, hashes: [toSha512(integrity)] });
}

/** The licence is that of Bun's own code. Its notice lists the libraries linked into it, with theirs. */
function toRuntimeComponent({ runtime, integrity, sha256 }: Target) {
  const hashes = [{ alg: 'SHA-256', content: sha256 }, toSha512(integrity)];
  return toComponent({ type: 'platform', name: runtime, version: RUNTIME_VERSION, license: 'MIT', hashes });
}

type Hash = { readonly alg: string; readonly content: string };
type Facts = { type: string; name: string; version: string; license: string; hashes: readonly Hash[] };

function toComponent({ type, name, version, license, hashes }: Facts) {
  const purl = toPackageUrl(`${name}@${version}`);
  // An SPDX identifier is one word; what joins several is an expression.
  const licenses = [license.includes(' ') ? { expression: license } : { license: { id: license } }];
  return { type, 'bom-ref': purl, name, version, hashes, licenses, purl };
}

/** A scope's @ is escaped in a package URL, and the one before the version is not. */
function toPackageUrl(specifier: string): string {
  return `pkg:npm/${specifier.replace(/^@/, '%40')}`;
}

function toEdge(ref: string, dependsOn: readonly string[]): Edge {
  return { ref, dependsOn: [...dependsOn].sort() };
}

/** From the registry's base64 to CycloneDX's hex. */
function toSha512(integrity: string): Hash {
  return { alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') };
}
