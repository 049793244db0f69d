// bun run bench: kscli against a hello-world, a bare fetch and curl, in one run, as ratios.

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../backend/certificates.ts';
import { ADMIN_KEY, startBackend } from '../backend/server.ts';
import { BINARY, createMachine } from '../binary.ts';
import { benchInstall } from './install.ts';
import { benchLists } from './lists.ts';
import { measureMemory, measureTimes, type Subject } from './measure.ts';
import { benchRefresh } from './refresh.ts';
import { benchUpload } from './upload.ts';

const ROUNDS = 41;

type Target = { readonly what: string; readonly of: string; readonly against: string; readonly limit: number };

const TARGETS: readonly Target[] = [
  { what: '`--version`', of: 'version', against: 'hello', limit: 1.25 },
  { what: '`--help`', of: 'help', against: 'hello', limit: 1.6 },
  { what: '`whoami`, TLS with a CA bundle', of: 'whoami', against: 'bare fetch', limit: 1.2 },
  { what: '`whoami`, TLS with a CA bundle', of: 'whoami', against: 'curl', limit: 1 },
];

const directory = mkdtempSync(join(tmpdir(), 'kscli-bench-'));
const authority = makeCertificate({ name: 'Bench Authority' });
const backend = startBackend({ tls: makeCertificate({ name: 'server', issuer: authority, hosts: ['localhost'] }) });
const bundle = join(directory, 'ca.pem');
writeFileSync(bundle, authority.certificate);
const machine = createMachine({ KSCLI_BASE_URL: backend.url, KSCLI_CA_BUNDLE: bundle, ADMIN_API_KEY: ADMIN_KEY });

try {
  await machine.signIn();
  const { token } = await Bun.file(machine.credentials).json();
  // How a file came to the disk shows in how fast it is mapped: all of them are written here and now.
  const kscli = join(directory, 'kscli');
  copyFileSync(BINARY, kscli);
  const hello = await compile('hello', "console.log('hello');");
  const bare = await compile(
    'bare-fetch',
    `import { readFileSync } from 'node:fs';
     const answer = await fetch(process.env.URL, { headers: { cookie: process.env.COOKIE }, tls: process.env.CA && { ca: readFileSync(process.env.CA, 'utf8') } });
     console.log(JSON.stringify(await answer.json(), null, 2));`,
  );
  const url = `${backend.url}/v1/users/me`;
  const cookie = `ks_uat=${token}`;
  const curl = Bun.which('curl');
  const subjects: Subject[] = [
    { name: 'hello', command: [hello], env: machine.env },
    { name: 'version', command: [kscli, '--version'], env: machine.env },
    { name: 'help', command: [kscli, '--help'], env: machine.env },
    { name: 'bare fetch', command: [bare], env: { ...machine.env, URL: url, COOKIE: cookie, CA: bundle } },
    { name: 'whoami', command: [kscli, 'whoami'], env: machine.env },
    ...(curl
      ? [{ name: 'curl', command: [curl, '-sf', '--cacert', bundle, '-b', cookie, url], env: machine.env }]
      : []),
  ];
  report(await measureTimes(subjects, ROUNDS));
  for (const subject of subjects.filter(({ name }) => ['whoami', 'bare fetch'].includes(name))) {
    console.log(
      `Peak memory of ${subject.name}: ${(await measureMemory(subject)).toFixed(0)} MiB (limit for whoami: 64)`,
    );
  }
  await benchRefresh();
  await benchLists(bare);
  await benchUpload();
  await benchInstall();
} finally {
  machine.remove();
  rmSync(directory, { recursive: true });
  await backend.stop();
}

function report(results: ReadonlyMap<string, number>): void {
  console.log(
    `${process.platform} ${process.arch}, ${cpus().length} cores, ${cpus()[0]?.model.trim()}, Bun ${Bun.version}, median of ${ROUNDS}\n`,
  );
  console.log('| command | time | against | time | ratio | limit |\n| --- | --- | --- | --- | --- | --- |');
  for (const { what, of, against, limit } of TARGETS) {
    const [mine, other] = [results.get(of), results.get(against)];
    if (mine === undefined || other === undefined) {
      console.log(`| ${what} | not run: ${against} is missing here | | | | ${limit} |`);
      continue;
    }
    console.log(
      `| ${what} | ${mine.toFixed(1)} ms | ${against} | ${other.toFixed(1)} ms | ${(mine / other).toFixed(2)} | ${limit} |`,
    );
  }
  console.log();
}

/** The same way as kscli itself. */
async function compile(name: string, source: string): Promise<string> {
  const entry = join(directory, `${name}.ts`);
  const outfile = join(directory, name);
  writeFileSync(entry, source);
  const { success, logs } = await Bun.build({
    entrypoints: [entry],
    format: 'esm',
    splitting: true,
    minify: true,
    bytecode: true,
    compile: {
      outfile,
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadPackageJson: false,
      autoloadTsconfig: false,
    },
  });
  if (!success) throw new Error(logs.join('\n'));
  return outfile;
}
