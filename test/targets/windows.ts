// What only Windows has, here or under Wine: files that cannot be replaced while they are open, its paths, its places for files.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { USER } from '../backend/server.ts';
import { CONSOLE_CHECKS } from './console.ts';
import type { Opened } from './runners.ts';
import { type Check, NAME, openSite } from './site.ts';
import { expire, type Ran } from './walk.ts';

/** What is wrong, one line each; none where all is well. @param hasConsole whether one can be had for the program */
export async function checkWindows(opened: Opened, hasConsole: boolean): Promise<string[]> {
  const site = openSite(opened);
  try {
    const wrong: string[] = [];
    for (const [name, check] of Object.entries({ ...CHECKS, ...(hasConsole && CONSOLE_CHECKS) })) {
      await site.kscli('assume-user');
      const fault = await check(site);
      if (fault !== undefined) wrong.push(`${name}: ${fault}`);
    }
    return wrong;
  } finally {
    await site.backend.stop();
  }
}

const describe = ({ exit, stdout, stderr }: Ran) => `exit ${exit}: ${stdout}${stderr}`.trim();

const CHECKS: Readonly<Record<string, Check>> = {
  'many read the file while others replace it': async ({ credentials, kscli }) => {
    const readers = Array.from({ length: 10 }, () => kscli('sessions', 'list', '-f', 'json'));
    const writers = Array.from({ length: 4 }, () => kscli('assume-user'));
    const failed = (await Promise.all([...readers, ...writers])).find(({ exit }) => exit !== 0);
    JSON.parse(readFileSync(credentials, 'utf8'));
    return failed && describe(failed);
  },
  'a file that another process holds open is replaced whole, or not at all': async (site) => {
    const { backend, credentials, opened, kscli } = site;
    await kscli('assume-user', '--session', 'reader');
    expire(credentials);
    const before = readFileSync(credentials, 'utf8');
    const held = backend.hold('GET /v1/users/me');
    const holder = site.cmd(`KSCLI whoami --session reader -f id-only <${opened.locate(credentials)}`);
    await Promise.race([held.reached, holder]);
    const during = [await kscli('whoami', '-f', 'id-only'), await kscli('assume-user'), await kscli('logout')];
    const after = existsSync(credentials) ? readFileSync(credentials, 'utf8') : undefined;
    held.release();
    const [end, ...last] = [await holder, await kscli('whoami', '-f', 'id-only'), await kscli('logout')];
    return judge({ before, after, during, end, last, left: readdirSync(dirname(credentials)) });
  },
  'a drive, the system itself, and a share lead to the same file': async ({ opened, credentials, env }) => {
    const [drive = '', ...rest] = opened.locate(credentials).split('\\');
    const share = ['localhost', `${drive[0]?.toLowerCase()}$`, ...rest].join('\\');
    for (const path of [`\\\\?\\${drive}\\${rest.join('\\')}`, `\\\\${share}`, `\\\\?\\UNC\\${share}`]) {
      for (const words of [
        ['whoami', '-f', 'id-only'],
        ['assume-user', '-f', 'json'],
        ['sessions', 'list'],
      ]) {
        const ran = await opened.run(words, { ...env, KSCLI_CREDENTIALS_PATH: path });
        if (ran.exit !== 0 || (words[0] === 'whoami' && ran.stdout.trim() !== USER))
          return `${path}: ${words.join(' ')}: ${describe(ran)}`;
      }
    }
    return undefined;
  },
  'documents of a share are uploaded': async ({ opened, backend, kscli }) => {
    const [drive = '', ...rest] = opened.locate(join(opened.home, 'documents')).split('\\');
    const share = `\\\\localhost\\${drive[0]?.toLowerCase()}$\\${rest.join('\\')}`;
    const made = await kscli('folders', 'create', '--name', 'Share', '--parent-path-part-id', USER, '-f', 'id-only');
    const ran = await kscli('folders', 'bulk-ingest', share, '--folder-id', made.stdout.trim());
    const count = backend.count('POST /v1/documents/ingest');
    return ran.exit === 0 && count === 3 ? undefined : `${count} uploads, ${describe(ran)}`;
  },
  'sessions and journal lie in the local application data': async ({ opened, env, cmd }) => {
    const { KSCLI_CREDENTIALS_PATH, ...others } = env;
    const where = await cmd('echo %LOCALAPPDATA%');
    const place = join(toHost(where.stdout.trim(), opened), 'kscli');
    rmSync(place, { recursive: true, force: true });
    const ran = await opened.run(['assume-user', '--session', 'acme'], { ...others, KSCLI_JOURNAL: 'on' });
    const missing = ['.credentials.sessions/acme', 'journal/journal.head'].filter(
      (name) => !existsSync(join(place, name)),
    );
    rmSync(place, { recursive: true, force: true });
    if (ran.exit !== 0 || ran.stderr !== '') return describe(ran);
    return missing.length > 0 ? `${missing.join(', ')} is not in ${place}` : undefined;
  },
  'exec runs a batch file, and hands it no argument that it would take for a command': async ({ opened, kscli }) => {
    const batch = join(opened.home, 'a batch.cmd');
    writeFileSync(batch, '@echo [%1] %KSCLI_EXPECT_USER%\r\n@exit /b 9\r\n');
    const run = (argument: string) => kscli('exec', '--', opened.locate(batch), argument);
    const good = await run('two words');
    if (good.exit !== 9 || good.stdout.trim() !== `["two words"] ${USER}`) return describe(good);
    const bad = await run('a&ver');
    return bad.exit === 126 && bad.stderr.includes('cannot be run with these arguments') ? undefined : describe(bad);
  },
  'code page 850 changes no byte of a pipe': async ({ kscli, cmd }) => {
    await kscli('tags', 'create', '--name', NAME, '--color', '#ff0000');
    const { stdout } = await cmd('chcp 850 >nul & KSCLI tags list -f json');
    return stdout.includes(NAME) && !stdout.includes('\r') ? undefined : stdout.slice(0, 200);
  },
};

function toHost(path: string, { home, locate }: Opened): string {
  // The drive, where it is a directory of this machine.
  const drive = locate(home) === home ? '' : home.slice(0, home.length - locate(home).length + 2);
  return drive === '' ? path : join(drive, path.slice(2).replaceAll('\\', '/'));
}

type Held = {
  readonly before: string;
  readonly after: string | undefined;
  readonly during: readonly Ran[];
  readonly end: Ran;
  readonly last: readonly Ran[];
  readonly left: readonly string[];
};

/** Whatever could not be written is said, in words; what is there is whole, and nothing lies beside it. */
function judge({ before, after, during, end, last, left }: Held): string | undefined {
  const [read, signedIn, signedOut] = during;
  if (read?.exit !== 0 || read.stdout.trim() !== USER) return `whoami meanwhile: ${read && describe(read)}`;
  for (const ran of [signedIn, signedOut])
    if (ran && ran.exit !== 0 && !(ran.exit === 1 && ran.stderr.includes('cannot be')))
      return `meanwhile: ${describe(ran)}`;
  if (after !== undefined && after !== before) JSON.parse(after);
  if (signedOut?.exit === 0 && after !== undefined) return 'logout said that it is done, and the file is there';
  const failed = [end, ...last].find(({ exit }) => exit !== 0 && signedOut?.exit !== 0);
  if (failed) return `afterwards: ${describe(failed)}`;
  const beside = left.filter((name) => basename(name).endsWith('.tmp'));
  return beside.length > 0 ? `left behind: ${beside.join(', ')}` : undefined;
}
