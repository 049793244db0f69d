// doctor's checks of this machine: files, settings, variables. Nothing is sent.

import { lstatSync, statSync } from 'node:fs';
import type { Credentials } from '../auth/credentials.ts';
import { requireExpectedKept } from '../auth/expected.ts';
import { describeLease, underLease } from '../auth/lease-end.ts';
import { isForeign } from '../auth/origin.ts';
import { locateCredentials } from '../auth/place.ts';
import { describeEnded, leaseAdvice, signInAdvice } from '../auth/sign-in.ts';
import { loadCredentials, readStanding } from '../auth/store.ts';
import { parseTime } from '../auth/time.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { describeExposure } from '../files/profile.ts';
import { isLoopback } from '../http/proxy.ts';
import type { Config } from '../settings/config-file.ts';
import { ADMIN_KEY } from '../settings/table.ts';
import type { World } from '../world.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';
import type { SignIn } from './server.ts';

/** The config file, and every setting that it or the environment gives. */
export function checkSettings({ settings, problems, config, world }: Context): Check {
  const path = settings.configPath ?? 'no config file';
  const wrong = problems.map(({ message, lines }) => [message, ...lines].join('\n'));
  if (wrong.length > 0) return failed('settings', wrong.join('\n'), 'Correct or unset what is named here.');
  if (!config.isThere) return ok('settings', `${path} (none yet, defaults are used)`);
  return isExposed(path, config, world)
    ? warning('settings', `${path} can be read by other users`, `Run: chmod 600 ${path}`)
    : ok('settings', path);
}

/** Whoever reads the key has it. */
function isExposed(path: string, { values }: Config, { userId }: World): boolean {
  return userId !== undefined && values[ADMIN_KEY.key] !== undefined && (statSync(path).mode & 0o044) !== 0;
}

/** @property refusal why nothing is sent with them */
export type FoundCredentials = {
  readonly check: Check;
  readonly signIn?: SignIn;
  readonly refusal?: Failure;
};

export async function checkCredentials(context: Context, baseUrl: string | undefined): Promise<FoundCredentials> {
  const { settings, world } = context;
  const warnings: string[] = [];
  try {
    const place = locateCredentials(context);
    const { path } = place;
    const read = () => loadCredentials(place, world, (message) => warnings.push(message));
    const credentials = await underLease(place, context, read);
    const exposure = describeExposure(path, world);
    const detail = [
      `${path}${exposure ? ` is ${exposure}` : describeMode(path, world)}`,
      ...warnings,
      describeIdentity(credentials, world),
      ...describeLease(credentials.lease),
    ].join('\n');
    if (baseUrl !== undefined && isForeign(credentials, baseUrl)) {
      const foreign = `for ${credentials.baseUrl}, not for ${baseUrl}`;
      return { check: failed('credentials', `${detail}\n${foreign}`, signInAdvice(credentials)) };
    }
    const refusal = await catchFailure(() => requireExpectedKept(credentials, settings));
    if (refusal) {
      // The refusal ends with the command where its ids are known.
      const command = refusal.lines.find((line) => line.startsWith('Run: '));
      const remedy = command ?? signInAdvice({ session: credentials.session });
      return { check: failed('credentials', [detail, refusal.message, ...refusal.lines].join('\n'), remedy), refusal };
    }
    if (exposure) {
      const remedy =
        'Other users of this machine may be able to read it. Unset KSCLI_CREDENTIALS_PATH, and sign in anew.';
      return { check: warning('credentials', detail, remedy), signIn: { credentials, place } };
    }
    const isMended = warnings.length > 0;
    return {
      check: isMended ? warning('credentials', detail, 'Nothing: it is mended.') : ok('credentials', detail),
      signIn: { credentials, place },
    };
  } catch (error) {
    const failure = failureFrom(error);
    if (failure.kind === 'lease-ended') return { check: explainEnd(context) };
    const [remedy = signInAdvice({ session: settings.session })] = failure.kind === 'directory' ? failure.lines : [];
    const detail = failure.kind === 'not-authenticated' ? failure.lines.join('\n') : failure.message;
    return { check: failed('credentials', detail, remedy) };
  }
}

function explainEnd(context: Context): Check {
  const { session } = context.settings;
  const { lease, binding } = readStanding(locateCredentials(context), context.world) ?? {};
  if (lease === undefined) return failed('credentials', 'The lease has ended.', signInAdvice({ session }));
  const detail = describeEnded(session, lease, context.world.now()).join('\n');
  return failed('credentials', detail, leaseAdvice({ ...binding, session }, lease));
}

export function checkBaseUrl({ settings, sources, problems }: Context): Check & { readonly url?: string } {
  const { name } = sources.baseUrl;
  const problem = problems.find(({ message }) => message.startsWith(`${name}:`));
  if (problem) return skipped('base URL', problem.message);
  const whose = isLoopback(new URL(settings.baseUrl).hostname) ? ': this machine' : '';
  return { ...ok('base URL', `${settings.baseUrl} (${name})${whose}`), url: settings.baseUrl };
}

const INFLUENCES: Readonly<Record<string, string>> = {
  BUN_OPTIONS: 'adds options to the runtime, which can run other code',
  BUN_BE_BUN: 'turns kscli into plain bun',
  BUN_INSPECT: 'opens kscli to a debugger, which can read and change everything',
  BUN_CRASH_REPORT_URL: 'sends reports of crashes to another host',
  BUN_ENABLE_CRASH_REPORTING: 'sends reports of crashes to another host',
  NODE_TLS_REJECT_UNAUTHORIZED: 'has no effect on kscli',
  NODE_EXTRA_CA_CERTS: 'adds certificates to the trusted ones',
  SSL_CERT_FILE: 'adds certificates to the trusted ones',
  SSL_CERT_DIR: 'adds certificates to the trusted ones',
  HTTPS_PROXY: 'names a proxy',
  https_proxy: 'names a proxy',
  HTTP_PROXY: 'names a proxy',
  http_proxy: 'names a proxy',
  ALL_PROXY: 'names a proxy',
  all_proxy: 'names a proxy',
  NO_PROXY: 'names what goes without a proxy',
  no_proxy: 'names what goes without a proxy',
};
const DANGEROUS = /^BUN_/;
/** There are hundreds of these. */
const JSC = /^BUN_JSC_/;

/** Names only: a value may hold a password. */
export function checkEnvironment({ env, platform }: World): Check {
  const known = Object.entries(INFLUENCES).filter(([name]) => env[name] && !isOtherCase(name, platform));
  const tuned = Object.keys(env).filter((name) => env[name] && JSC.test(name));
  const found = [...known, ...tuned.sort().map((name) => [name, 'changes how the runtime runs'] as const)];
  const detail = found.map(([name, effect]) => `${name} ${effect}`).join('\n') || 'nothing that changes how kscli runs';
  const dangerous = found.map(([name]) => name).filter((name) => DANGEROUS.test(name));
  if (dangerous.length === 0) return ok('environment', detail);
  return warning('environment', detail, `Unless you set them yourself: unset ${dangerous.join(' ')}`);
}

/** Windows answers to a name in any case: the two spellings of a proxy variable are one there. */
function isOtherCase(name: string, platform: World['platform']): boolean {
  return platform === 'win32' && name !== name.toUpperCase();
}

function describeIdentity(credentials: Credentials, { now }: World): string {
  const { userId, tenantId } = credentials;
  const who = `user ${userId ?? 'whose key it is'}\ntenant ${tenantId ?? 'of that user'}`;
  if (credentials.isLogin) return `${who}\nan API key, which has no end`;
  const { expiresAt } = credentials;
  const left = Math.round((parseTime(expiresAt) ?? 0) - now() / 1000);
  const time = left > 0 ? `${left} seconds left` : 'expired, the next command renews it';
  return `${who}\nuntil ${expiresAt}, ${time}`;
}

/** Nothing on Windows, where they mean nothing. */
function describeMode(path: string, { platform }: World): string {
  if (platform === 'win32') return '';
  const { mode, uid } = lstatSync(path);
  return ` (mode ${(mode & 0o777).toString(8).padStart(4, '0')}, owner ${uid})`;
}

async function catchFailure(work: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return failureFrom(error);
  }
}

function failureFrom(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
