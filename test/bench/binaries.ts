// The binaries that are compared: compiled the same way, and settled the same way on the disk. How a file lies in the page
// cache is worth a millisecond at each start, so each is copied afresh, flushed, dropped from the cache and read once.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINARY } from '../binary.ts';

export type Binaries = { readonly kscli: string; readonly hello: string; readonly bare: string };

const HELLO = "console.log('hello');";
/** The least that a command with one request can be: no settings, no checks, no retries. */
const BARE_FETCH = `import { readFileSync } from 'node:fs';
const { URL: url, COOKIE: cookie, CA: ca } = process.env;
const answer = await fetch(url, { headers: { cookie }, tls: ca && { ca: readFileSync(ca, 'utf8') } });
console.log(JSON.stringify(await answer.json(), null, 2));`;

export async function prepareBinaries(directory: string): Promise<Binaries> {
  const built = {
    kscli: BINARY,
    hello: await compile(directory, 'hello', HELLO),
    bare: await compile(directory, 'bare', BARE_FETCH),
  };
  const settled = Object.entries(built).map(([name, path]) => [name, copy(path, join(directory, `settled-${name}`))]);
  // Root may; for anybody else the copies are alike all the same. Once for all: it would unsettle those before it.
  Bun.spawnSync(['sh', '-c', 'sync; echo 1 > /proc/sys/vm/drop_caches'], { stderr: 'ignore' });
  for (const [, path] of settled) readFileSync(path ?? '');
  return Object.fromEntries(settled);
}

function copy(path: string, to: string): string {
  Bun.spawnSync(['cp', path, to]);
  return to;
}

/** The same way as kscli itself, but for the policy of the compiler: that gain is its own. */
async function compile(directory: string, name: string, source: string): Promise<string> {
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
