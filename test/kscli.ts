// Runs main in process, in a world of its own, and gives back what happened as one transcript.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../src/main.ts';
import type { Probe, Sink, World } from '../src/world.ts';
import { TENANT, USER } from './backend/server.ts';
import { describeBody, describeForm, respond, type Stub, type Stubs } from './stubs.ts';
import { describeRequest, splitWords, writeTranscript } from './transcript.ts';

export type { Stub, Stubs };

export type Options = {
  readonly env?: Record<string, string | undefined>;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  /** What the clock for waits shows at the start, in milliseconds. */
  readonly elapsed?: number;
  /** Milliseconds by which somebody sets the system's clock forward at each request and each wait; back where negative. */
  readonly clockStep?: number;
  readonly width?: number;
  readonly isTerminal?: boolean;
  readonly platform?: 'linux' | 'win32';
  /** What is typed or piped in. */
  readonly stdin?: string;
  /** What another program prints. */
  readonly capture?: World['capture'];
  /** A server in place of stubs. */
  readonly serve?: (url: string, init: RequestInit) => Promise<Response>;
  /** What is found on the way to a server. */
  readonly probe?: Probe;
};

export const NOW = Date.parse('2026-02-23T11:00:00Z');
export const TOKEN_END = '2026-02-23T12:00:00+00:00';

export type Home = {
  readonly directory: string;
  readonly credentials: string;
  /** The directory of the named sessions. */
  readonly sessions: string;
  readonly config: string;
  kscli(line: string, stubs?: Stubs, options?: Options): Promise<string>;
  /** Puts credentials where kscli looks for them, of a named session too; good ones, where no others are given. */
  keep(contents?: string | Uint8Array, session?: string): void;
  /** Good credentials of a named session, but for what is changed. */
  keepSession(name: string, changes?: object): void;
  /** The fields that a named session holds now; the unnamed one, where none is named. */
  kept(session?: string): Record<string, unknown>;
  /** Puts a config file where kscli looks for it. */
  configure(contents: string | object): void;
  remove(): void;
};

/** A home directory whose files live through several command lines. */
export function createHome(): Home {
  const directory = mkdtempSync(join(tmpdir(), 'kscli-home-'));
  const credentials = join(directory, 'state', '.credentials');
  const sessions = `${credentials}.sessions`;
  const config = join(directory, '.config/kscli/config.json');
  const pathOf = (session?: string) => (session === undefined ? credentials : join(sessions, session));
  const put = (path: string, contents: string | Uint8Array) => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, contents, { mode: 0o600 });
  };
  return {
    directory,
    credentials,
    sessions,
    config,
    keep: (contents = credentialsFields(), session) => put(pathOf(session), contents),
    keepSession: (name, changes) => put(pathOf(name), credentialsFields(changes)),
    kept: (session) => JSON.parse(readFileSync(pathOf(session), 'utf8')),
    configure: (contents) => put(config, typeof contents === 'string' ? contents : JSON.stringify(contents)),
    kscli: (line, stubs = {}, options = {}) => transcribe(line, stubs, options, { directory, credentials }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A token as the server would sign it; kscli does not look at the signature. */
export function token(claims: object = { exp: Date.parse(TOKEN_END) / 1000, iat: NOW / 1000 }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** Another one than `token()`, which it gives way to. */
export const OLD_TOKEN = token({ exp: 1, sub: 'old' });

export function credentialsFields(changes: object = {}): string {
  return JSON.stringify({
    token: token(),
    user_id: USER,
    tenant_id: TENANT,
    expires_at: TOKEN_END,
    admin_api_key: 'cached-key',
    base_url: 'https://api.knowledgestack.ai',
    ...changes,
  });
}

type Place = { readonly directory: string; readonly credentials: string };

async function transcribe(line: string, stubs: Stubs, options: Options, place: Place): Promise<string> {
  const requests: string[] = [];
  const left = new Map(Object.entries(stubs).map(([route, stub]) => [route, [stub].flat()]));
  const printed = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr'): Sink => ({
    isTerminal: options.isTerminal ?? false,
    columns: options.width,
    write: async (data) => {
      printed[name] += typeof data === 'string' ? data : new TextDecoder().decode(data);
    },
  });
  const missing: string[] = [];
  let now = options.now ?? NOW;
  let elapsed = options.elapsed ?? 0;
  const pass = (milliseconds: number) => {
    elapsed += milliseconds;
    now += milliseconds + (options.clockStep ?? 0);
  };
  const world: World = {
    env: { KSCLI_CREDENTIALS_PATH: place.credentials, ...options.env },
    home: place.directory,
    platform: options.platform ?? 'linux',
    userId: options.platform === 'win32' ? undefined : process.geteuid?.(),
    machine: async () => ({ user: 'jane', host: 'desk-17' }),
    fetch: async (url, init) => {
      if (options.serve) return options.serve(url, init);
      const route = `${init.method} ${url.replace('https://api.knowledgestack.ai', '')}`;
      const headers = new Headers(init.headers);
      const place = requests.push(describeRequest(route, headers, describeBody(init.body))) - 1;
      pass(0);
      const stub = left.get(route)?.shift();
      if (stub === undefined) {
        missing.push(route);
        throw new Error(`no stub for ${route}`);
      }
      if (stub instanceof Error) throw stub;
      // A server takes the whole of an upload before it answers.
      if (init.body instanceof ReadableStream)
        requests[place] = describeRequest(route, headers, await describeForm(init.body, headers));
      return respond(stub);
    },
    probe: async () => {
      if (options.probe === undefined) throw new Error('no sockets in process');
      return options.probe;
    },
    now: () => now,
    elapsed: () => elapsed,
    sleep: async (milliseconds) => {
      pass(milliseconds);
    },
    onInterrupt: () => undefined,
    become: async ({ words, env }) => {
      // Only what differs from the environment outside.
      const set = Object.entries(env).filter(([name, value]) => world.env[name] !== value);
      const removed = Object.keys(world.env).filter((name) => !Object.hasOwn(env, name));
      const changes = [...set.map(([name, value]) => `${name}=${value}`), ...removed.map((name) => `without ${name}`)];
      printed.stdout += [`runs ${words.join(' ')}`, ...changes.sort(), ''].join('\n');
      return 0;
    },
    capture: async (program, bounds) => {
      if (options.capture === undefined) throw new Error('no programs in process');
      return options.capture(program, bounds);
    },
    leaveBehind: () => undefined,
    executable: '/usr/local/bin/kscli',
    stdin: {
      isTerminal: options.isTerminal ?? false,
      pieces: async function* () {
        yield Buffer.from(options.stdin ?? '');
      },
      line: async () => options.stdin?.split('\n')[0] ?? '',
      secret: async (ask) => {
        await ask();
        return options.stdin?.split('\n')[0] ?? '';
      },
    },
    stdout: sink('stdout'),
    stderr: sink('stderr'),
  };
  const exit = await main(splitWords(line), world);
  // main takes the error above for a connection that failed.
  if (missing.length > 0) throw new Error(`no stub for ${missing.join(', ')}\n${printed.stderr}`);
  const unused = [...left].filter(([, answers]) => answers.length > 0).map(([route]) => route);
  if (unused.length > 0) throw new Error(`never requested: ${unused.join(', ')}\n${printed.stderr}`);
  return writeTranscript({ command: `kscli ${line}`, requests, ...printed, exit }, [
    [place.directory, '~'],
    [token(), '<token>'],
    [OLD_TOKEN, '<old token>'],
  ]);
}
