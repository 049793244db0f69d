// What doctor finds on this machine: files, settings, variables. Nothing is sent.

import { lstatSync, statSync } from 'node:fs';
import type { Credentials } from '../auth/credentials.ts';
import { requireExpected } from '../auth/expected.ts';
import { isForeign } from '../auth/refresh.ts';
import { signInAdvice } from '../auth/sign-in.ts';
import { credentialsFile, loadCredentials } from '../auth/store.ts';
import { parseTime } from '../auth/token.ts';
import { Failure } from '../errors.ts';
import { textInConfig } from '../settings/config-file.ts';
import { resolve, type SettingsReader, settingNames } from '../settings/resolve.ts';
import { ADMIN_KEY } from '../settings/table.ts';
import type { World } from '../world.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';

/** The config file, and every setting that it or the environment gives. */
export function checkSettings(reader: SettingsReader): Check {
  const wrong = settingNames().flatMap((name) => catchFailure(() => resolve(name, reader))?.message ?? []);
  const path = resolve('configPath', reader).value ?? 'no config file';
  if (wrong.length > 0)
    return failed('settings', [...new Set(wrong)].join('\n'), 'Correct or unset what is named here.');
  if (!reader.config().isThere) return ok('settings', `${path} (none yet, defaults are used)`);
  const exposed = findExposure(path, reader);
  return exposed === undefined
    ? ok('settings', path)
    : warning('settings', `${path} can be ${exposed} by other users`, `Run: chmod 600 ${path}`);
}

/** Whoever writes the base URL chooses where the key is sent; whoever reads the key has it. */
function findExposure(path: string, { config, world }: SettingsReader): 'written' | 'read' | undefined {
  const { mode } = statSync(path);
  if (world.userId === undefined) return undefined;
  if (mode & 0o022) return 'written';
  return textInConfig(config(), ADMIN_KEY.key) !== undefined && mode & 0o044 ? 'read' : undefined;
}

/** @property refusal why nothing is sent with them */
export type FoundCredentials = {
  readonly check: Check;
  readonly credentials?: Credentials;
  readonly refusal?: Failure;
};

export function checkCredentials(reader: SettingsReader, baseUrl: string | undefined): FoundCredentials {
  const { world } = reader;
  const warnings: string[] = [];
  try {
    const path = credentialsFile(resolve('credentialsPath', reader).value);
    const credentials = loadCredentials(path, world, (message) => warnings.push(message));
    const detail = [`${path} (${describeMode(path)})`, ...warnings, describeIdentity(credentials, world)].join('\n');
    if (baseUrl !== undefined && isForeign(credentials, baseUrl)) {
      return {
        check: failed(
          'credentials',
          `${detail}\nfor ${credentials.baseUrl}, not for ${baseUrl}`,
          signInAdvice(credentials),
        ),
      };
    }
    const refusal = catchFailure(() => requireExpected(credentials, readExpectations(reader)));
    if (refusal) {
      const wanted = readExpectations(reader);
      const remedy = signInAdvice({
        tenantId: wanted.expectTenant ?? credentials.tenantId,
        userId: wanted.expectUser ?? credentials.userId,
      });
      return { check: failed('credentials', [detail, ...refusal.lines].join('\n'), remedy), refusal };
    }
    return {
      check: warnings.length > 0 ? warning('credentials', detail, 'Nothing: it is mended.') : ok('credentials', detail),
      credentials,
    };
  } catch (error) {
    const failure = failureFrom(error);
    const [remedy = signInAdvice(undefined)] = failure.kind === 'directory' ? failure.lines : [];
    const detail = failure.kind === 'not-authenticated' ? failure.lines.join('\n') : failure.message;
    return { check: failed('credentials', detail, remedy) };
  }
}

export function checkBaseUrl(reader: SettingsReader): Check & { readonly url?: string } {
  const message = catchFailure(() => resolve('baseUrl', reader))?.message;
  if (message !== undefined) return skipped('base URL', message);
  const { value, source } = resolve('baseUrl', reader);
  return { ...ok('base URL', `${value} (${source.name})`), url: value };
}

const INFLUENCES: Readonly<Record<string, string>> = {
  BUN_OPTIONS: 'adds options to the runtime, which can run other code',
  BUN_BE_BUN: 'turns kscli into plain bun',
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
const DANGEROUS = ['BUN_OPTIONS', 'BUN_BE_BUN'];

/** Names only: a value may hold a password. */
export function checkEnvironment({ env }: World): Check {
  const found = Object.entries(INFLUENCES).filter(([name]) => env[name]);
  const detail = found.map(([name, effect]) => `${name} ${effect}`).join('\n') || 'nothing that changes how kscli runs';
  if (!found.some(([name]) => DANGEROUS.includes(name))) return ok('environment', detail);
  return warning('environment', detail, `Unset ${DANGEROUS.join(' and ')}, unless you set them yourself.`);
}

function describeIdentity({ userId, tenantId, expiresAt }: Credentials, { now }: World): string {
  const left = Math.round((parseTime(expiresAt) ?? 0) - now() / 1000);
  const time = left > 0 ? `${left} seconds left` : 'expired, the next command renews it';
  return `user ${userId}\ntenant ${tenantId}\nuntil ${expiresAt}, ${time}`;
}

function describeMode(path: string): string {
  const { mode, uid } = lstatSync(path);
  return `mode ${(mode & 0o777).toString(8).padStart(4, '0')}, owner ${uid}`;
}

/** What is wrong with them is told by the check of the settings. */
function readExpectations(reader: SettingsReader) {
  const expected = (name: 'expectTenant' | 'expectUser') =>
    catchFailure(() => resolve(name, reader)) ? undefined : resolve(name, reader).value;
  return { expectTenant: expected('expectTenant'), expectUser: expected('expectUser') };
}

function catchFailure(work: () => unknown): Failure | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return failureFrom(error);
  }
}

function failureFrom(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
