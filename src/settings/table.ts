// Every setting in one row: its flag, variable, config key, default and meaning. Flags, help, `settings show` and the
// resolution all come from here.

import { choice, type Field, flag, text, uuid } from '../schema/fields.ts';
import { FORMATS } from '../schema/formats.ts';
import type { World } from '../world.ts';
import { parseBaseUrl, parseBoolean, parseFormat, parseText, parseTimeout, parseUuid } from './parse.ts';

export type SettingRow<T> = {
  /** As people call it in a sentence. */
  readonly label: string;
  /** As help and completion show it, also where there is no flag. */
  readonly field: Field;
  readonly parse: (text: string) => T;
  readonly flag?: string;
  readonly variable?: string;
  readonly key?: string;
  /** A text as a user would write it; undefined where there is none. */
  readonly default?: string | ((world: World) => string | undefined);
};

const row = <T>(setting: SettingRow<T>): SettingRow<T> => setting;

export const SETTINGS = {
  baseUrl: row({
    label: 'base URL',
    field: text('Address of the API', { placeholder: 'url' }),
    parse: parseBaseUrl,
    flag: 'base-url',
    variable: 'KSCLI_BASE_URL',
    key: 'base_url',
    default: 'https://api.knowledgestack.ai',
  }),
  format: row({
    label: 'output format',
    field: choice('How results are printed', FORMATS, { short: 'f' }),
    parse: parseFormat,
    flag: 'format',
    variable: 'KSCLI_FORMAT',
    key: 'format',
    default: 'table',
  }),
  noHeader: row({
    label: 'no table header',
    field: flag('Print tables without their header', { short: 'H' }),
    parse: parseBoolean,
    flag: 'no-header',
    default: 'false',
  }),
  timeout: row({
    label: 'request timeout',
    field: text('Time limit for one request, in seconds', { placeholder: 'seconds' }),
    parse: parseTimeout,
    flag: 'timeout',
    variable: 'KSCLI_TIMEOUT',
    key: 'timeout',
    default: '30',
  }),
  debug: row({
    label: 'debug trace',
    field: flag('Trace each request on stderr, without secrets'),
    parse: parseBoolean,
    flag: 'debug',
    variable: 'KSCLI_DEBUG',
    default: 'false',
  }),
  readOnly: row({
    label: 'read only',
    field: flag('Refuse every request that could change something'),
    parse: parseBoolean,
    flag: 'read-only',
    variable: 'KSCLI_READ_ONLY',
    key: 'read_only',
    default: 'false',
  }),
  expectTenant: row<string | undefined>({
    label: 'expected tenant',
    field: uuid('Stop unless acting in this tenant'),
    parse: parseUuid,
    flag: 'expect-tenant',
    variable: 'KSCLI_EXPECT_TENANT',
  }),
  expectUser: row<string | undefined>({
    label: 'expected user',
    field: uuid('Stop unless acting as this user'),
    parse: parseUuid,
    flag: 'expect-user',
    variable: 'KSCLI_EXPECT_USER',
  }),
  confirm: row({
    label: 'confirm',
    field: flag('Ask before anything is deleted'),
    parse: parseBoolean,
    variable: 'KSCLI_CONFIRM',
    key: 'confirm',
    default: 'false',
  }),
  verifySsl: row({
    label: 'verify TLS',
    field: flag('Check the certificate of the server'),
    parse: parseBoolean,
    variable: 'KSCLI_VERIFY_SSL',
    key: 'verify_ssl',
    default: 'true',
  }),
  caBundle: row<string | undefined>({
    label: 'CA bundle',
    field: text('PEM file with the only certificates to trust', { placeholder: 'path' }),
    parse: parseText,
    variable: 'KSCLI_CA_BUNDLE',
    key: 'ca_bundle',
  }),
  storeAdminKey: row({
    label: 'store admin key',
    field: flag('Keep the admin key beside the token, for refreshes'),
    parse: parseBoolean,
    variable: 'KSCLI_STORE_ADMIN_KEY',
    key: 'store_admin_key',
    default: 'true',
  }),
  configPath: row<string | undefined>({
    label: 'config file',
    field: text('Config file', { placeholder: 'path' }),
    parse: parseText,
    variable: 'KSCLI_CONFIG',
    default: ({ home, platform }) => home && joinPath(platform, home, '.config', 'kscli', 'config.json'),
  }),
  credentialsPath: row<string | undefined>({
    label: 'credentials file',
    field: text('Where the token is kept', { placeholder: 'path' }),
    parse: parseText,
    variable: 'KSCLI_CREDENTIALS_PATH',
    default: defaultCredentialsPath,
  }),
} as const;

/** The admin key stands apart: it is read only when it is needed, and never shown. */
export const ADMIN_KEY = {
  label: 'admin API key',
  summary: 'Admin API key, which is exchanged for a token',
  variable: 'ADMIN_API_KEY',
  fileVariable: 'ADMIN_API_KEY_FILE',
  key: 'admin_api_key',
} as const;

export type SettingName = keyof typeof SETTINGS;
export type ValueOf<N extends SettingName> = (typeof SETTINGS)[N] extends SettingRow<infer T> ? T : never;

function defaultCredentialsPath({ env, home, platform }: World): string | undefined {
  if (platform !== 'win32') return '/tmp/kscli/.credentials';
  // %TEMP% is per user there, but cleaned; local application data is per user and stays.
  const local = env['LOCALAPPDATA'] || (home && joinPath(platform, home, 'AppData', 'Local'));
  return local && joinPath(platform, local, 'kscli', '.credentials');
}

function joinPath(platform: NodeJS.Platform, ...parts: string[]): string {
  return parts.join(platform === 'win32' ? '\\' : '/');
}
