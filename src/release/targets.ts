// The machines that a release is for, each with the runtime for its binary, pinned by the hashes that the package
// registry publishes.

import { existsSync } from 'node:fs';

export type ArchiveFormat = 'tar.gz' | 'tar.xz' | 'zip';

export type Target = {
  /** `<os>-<arch>[-musl]`, as the archive is called. */
  readonly name: string;
  readonly os: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64';
  /** Bun's name for the target, which stands for the format of the executable. */
  readonly compile: Bun.Build.CompileTarget;
  /** The package that holds the runtime, in version RUNTIME_VERSION. */
  readonly runtime: string;
  /** The hashes of the package's tarball: the registry's own integrity value, and the one that `sha256sum` prints. */
  readonly integrity: string;
  readonly sha256: string;
  readonly binary: 'kscli' | 'kscli.exe';
  readonly archives: readonly ArchiveFormat[];
  /** The dynamic loader without which the binary cannot start. */
  readonly loader?: string;
};

/** The hashes below belong to this version, which `packageManager` in package.json pins. */
export const RUNTIME_VERSION = '1.4.5';

const UNIX = { binary: 'kscli', archives: ['tar.gz', 'tar.xz'] } as const;
const WINDOWS = { binary: 'kscli.exe', archives: ['zip'] } as const;

export const TARGETS: readonly Target[] = [
  {
    name: 'linux-x64',
    os: 'linux',
    arch: 'x64',
    compile: 'bun-linux-x64',
    // The package named baseline holds the same bytes: this runtime starts on every x64 processor from Nehalem on.
    runtime: '@oven/bun-linux-x64',
    integrity: 'sha512-IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==',
    sha256: '0c72edca57b0cbf0a07a242daf0ea8ea96711827f042b80a1c383ce1cc51c771',
    loader: '/lib64/ld-linux-x86-64.so.2',
    ...UNIX,
  },
  {
    name: 'linux-arm64',
    os: 'linux',
    arch: 'arm64',
    compile: 'bun-linux-arm64',
    runtime: '@oven/bun-linux-aarch64',
    integrity: 'sha512-4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==',
    sha256: 'c3cd56594c9d5d025df87f77c68ad4699a49b52551f0f3232be6f727533fe08c',
    loader: '/lib/ld-linux-aarch64.so.1',
    ...UNIX,
  },
  {
    name: 'linux-x64-musl',
    os: 'linux',
    arch: 'x64',
    compile: 'bun-linux-x64-musl',
    runtime: '@oven/bun-linux-x64-musl',
    integrity: 'sha512-10QoW/YfTgnURaGEaHpJCiXjLI2e5iTtfVDaA5JKcyUzaa1cq6cVUY9/Uq5XkYzvtRjHLRe9Oj/lTDIQcxy8HQ==',
    sha256: 'beb11dbdccf65946d08857ee5f68a0bdeac1dd33e9432c753d4f2b038cdee806',
    loader: '/lib/ld-musl-x86_64.so.1',
    ...UNIX,
  },
  {
    name: 'linux-arm64-musl',
    os: 'linux',
    arch: 'arm64',
    compile: 'bun-linux-arm64-musl',
    runtime: '@oven/bun-linux-aarch64-musl',
    integrity: 'sha512-XCNc+WvvMAdNNb+OWTogpy+N9wm62fkVeEVLb6how0RZhW5LPi6c7BlkeVCuWps7XjEl2saFpHFa20/1E+PAHg==',
    sha256: '757b29290cccdd98b0ddf66f765f7371b8696c00cf450b982b35fe004dc82069',
    loader: '/lib/ld-musl-aarch64.so.1',
    ...UNIX,
  },
  {
    name: 'darwin-arm64',
    os: 'darwin',
    arch: 'arm64',
    compile: 'bun-darwin-arm64',
    runtime: '@oven/bun-darwin-aarch64',
    integrity: 'sha512-4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==',
    sha256: '88c398ee13212e8b189119a2bddc7d240ae4f1252c1d0ae2ac1fd44c921fdcb1',
    ...UNIX,
  },
  {
    name: 'darwin-x64',
    os: 'darwin',
    arch: 'x64',
    compile: 'bun-darwin-x64',
    runtime: '@oven/bun-darwin-x64',
    integrity: 'sha512-qkLPMGHZM9NI6CeHTWwVezzmlo6cC4Ta7yUAjYIWXS366qQcOlcp75t2uZyiuVRBMPS0h9qE0tCcvCHGaFqjJg==',
    sha256: '406b8f14f1fd0d528167714df9fe821107ee684e0a2ce2aaac780f7f76e9a551',
    ...UNIX,
  },
  {
    name: 'windows-x64',
    os: 'win32',
    arch: 'x64',
    compile: 'bun-windows-x64',
    runtime: '@oven/bun-windows-x64',
    integrity: 'sha512-FNvply651vcE/GHgNWz6mZvhmkwBuu8Hw54oNzA+CQog+HW+542rXQmZqNHRkFxazD9L3xi+iTtvO3engAgJfw==',
    sha256: '24bd048cece1cebc183c422aaf81aef78cc904ed76f7810d7c1bed2ef85446f0',
    ...WINDOWS,
  },
  {
    name: 'windows-arm64',
    os: 'win32',
    arch: 'arm64',
    compile: 'bun-windows-arm64',
    runtime: '@oven/bun-windows-aarch64',
    integrity: 'sha512-MiPFZnBNDnBXgr1oONc5pizC4fOLjnIOfNkYdFEnWzLmoFTg86naZIG3SvS7d/GglpQSAnCKMAzSjI/TAckiRw==',
    sha256: '716455e0c0b14f499f32a433175a8e0cc931312d51033621f60ed95e0ade3d6b',
    ...WINDOWS,
  },
];

/** The target that this machine is, by the C library that is there. */
export function findOwnTarget(): Target | undefined {
  return TARGETS.find(
    ({ os, arch, loader }) =>
      os === process.platform && arch === process.arch && (loader === undefined || existsSync(loader)),
  );
}
