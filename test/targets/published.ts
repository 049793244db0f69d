// A mirror as the README tells people to make one: an SSH key, signed releases, and a server on loopback, over http and over https
// with an authority that no machine knows. It lies in dist/.targets, and is made from the source each time.

import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../backend/certificates.ts';
import { serveMirror } from '../install/mirror.ts';

const ROOT = join(import.meta.dir, '../..');
const WORK = join(ROOT, 'dist/.targets/mirror');
/** What the mirror serves: a link to a release. */
const SERVED = join(WORK, 'served');
/** What a release is built from. */
const SOURCE = ['src', 'build.ts', 'install.sh', 'package.json', 'bun.lock', 'tsconfig.json', 'README.md'];
const SMALL = ['SHA256SUMS', 'SHA256SUMS.sig', 'install.sh'];

export type Published = {
  readonly http: string;
  readonly https: string;
  /** PEM */
  readonly authority: string;
  /** Of this source, and one more. */
  readonly versions: readonly [first: string, next: string];
  /** The directory of a release. */
  locate(version: string): string;
  /** Serves this one from now on. @param isDamaged its archives are others than were signed */
  show(version: string, isDamaged?: boolean): void;
  close(): void;
};

/** @param targets of both releases @throws Error with what failed */
export function publish(targets: readonly string[]): Published {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const authority = makeCertificate({ name: 'An authority of this mirror alone' });
  const server = makeCertificate({ name: 'mirror', issuer: authority, hosts: ['127.0.0.1'] });
  const plain = serveMirror(SERVED);
  const secure = serveMirror(SERVED, { tls: { key: server.key, cert: server.certificate } });
  const versions = chooseVersions();
  const locate = (version: string) => join(WORK, version, 'dist/release');
  const key = join(WORK, 'kscli-release');
  run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key], WORK);
  for (const version of versions) build(version, targets, key, plain.url);
  return {
    ...{ http: plain.url, https: secure.url, authority: authority.certificate, versions, locate },
    show: (version, isDamaged = false) => link(isDamaged ? damage(locate(version)) : locate(version)),
    close: () => {
      for (const served of [plain, secure]) served[Symbol.dispose]();
      rmSync(WORK, { recursive: true, force: true });
    },
  };
}

function chooseVersions(): readonly [string, string] {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [major, minor, patch] = String(version).split(/[.-]/);
  return [version, `${major}.${minor}.${Number(patch) + 1}`];
}

/** In a copy of the source, where the next version can be written down. */
function build(version: string, targets: readonly string[], key: string, mirror: string): void {
  const tree = join(WORK, version);
  for (const name of SOURCE) cpSync(join(ROOT, name), join(tree, name), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(tree, 'package.json'), JSON.stringify({ ...manifest, version }));
  const runtimes = join(ROOT, 'dist/runtimes');
  for (const directory of [runtimes, join(tree, 'dist')]) mkdirSync(directory, { recursive: true });
  symlinkSync(runtimes, join(tree, 'dist/runtimes'));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  const words = ['--release', '--no-xz', '--only', targets.join(','), '--mirror', mirror];
  const signer = readFileSync(`${key}.pub`, 'utf8').trim();
  run([process.execPath, 'build.ts', ...words, '--sign', key, '--signer', signer], tree);
}

/** The release with other archives than were signed. */
function damage(release: string): string {
  const damaged = join(WORK, 'damaged');
  for (const name of SMALL) cpSync(join(release, name), join(damaged, name));
  for (const name of new Bun.Glob('*.tar.gz').scanSync(release)) writeFileSync(join(damaged, name), 'exchanged\n');
  return damaged;
}

/** In one step, as a mirror should. */
function link(release: string): void {
  const next = `${SERVED}.next`;
  symlinkSync(release, next);
  renameSync(next, SERVED);
}

function run(command: readonly string[], cwd: string): void {
  const { exitCode, stderr } = Bun.spawnSync([...command], { cwd, stdin: 'ignore', stdout: 'ignore', stderr: 'pipe' });
  if (exitCode !== 0) throw new Error(`${command.slice(0, 3).join(' ')} exits ${exitCode}: ${stderr}`);
}
