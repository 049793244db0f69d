// Every setting in one row: its flag, variable, config key, default and meaning. Flags, help, `settings show` and the
// resolution all come from here.

import type { World } from '../world.ts';
import { FORMATS, parseBaseUrl, parseBoolean, parseFormat, parseText, parseTimeout, parseUuid } from './parse.ts';

export type SettingRow<T> = {
  /** As people call it in a sentence. */
  readonly label: string;
  readonly summary: string;
  readonly parse: (text: string) => T;
  readonly flag?: string;
  readonly short?: string;
  /** The flag takes no value. */
  readonly isSwitch?: true;
  readonly placeholder?: string;
  readonly variable?: string;
  readonly key?: string;
  /** A text as a user would write it; undefined where there is none. */
  readonly fallback?: string | ((world: World) => string | undefined);
};

const row = <T>(setting: SettingRow<T>): SettingRow<T> => setting;

export const SETTINGS = {
  baseUrl: row({
    label: 'base URL',
    summary: 'Address of the API',
    parse: parseBaseUrl,
    flag: 'base-url',
    placeholder: 'url',
    variable: 'KSCLI_BASE_URL',
    key: 'base_url',
    fallback: 'https://api.knowledgestack.ai',
  }),
  format: row({
    label: 'output format',
    summary: 'How results are printed',
    parse: parseFormat,
    flag: 'format',
    short: 'f',
    placeholder: FORMATS.join('|'),
    variable: 'KSCLI_FORMAT',
    key: 'format',
    fallback: 'table',
  }),
  noHeader: row({
    label: 'no table header',
    summary: 'Print tables without their header',
    parse: parseBoolean,
    flag: 'no-header',
    short: 'H',
    isSwitch: true,
    fallback: 'false',
  }),
  timeout: row({
    label: 'request timeout',
    summary: 'Longest time for one request, in seconds',
    parse: parseTimeout,
    flag: 'timeout',
    placeholder: 'seconds',
    variable: 'KSCLI_TIMEOUT',
    key: 'timeout',
    fallback: '30',
  }),
  debug: row({
    label: 'debug trace',
    summary: 'Trace each request on stderr, without secrets',
    parse: parseBoolean,
    flag: 'debug',
    isSwitch: true,
    variable: 'KSCLI_DEBUG',
    fallback: 'false',
  }),
  readOnly: row({
    label: 'read only',
    summary: 'Refuse every request that could change something',
    parse: parseBoolean,
    flag: 'read-only',
    isSwitch: true,
    variable: 'KSCLI_READ_ONLY',
    key: 'read_only',
    fallback: 'false',
  }),
  expectTenant: row<string | undefined>({
    label: 'expected tenant',
    summary: 'Stop unless acting in this tenant',
    parse: parseUuid,
    flag: 'expect-tenant',
    placeholder: 'uuid',
    variable: 'KSCLI_EXPECT_TENANT',
  }),
  expectUser: row<string | undefined>({
    label: 'expected user',
    summary: 'Stop unless acting as this user',
    parse: parseUuid,
    flag: 'expect-user',
    placeholder: 'uuid',
    variable: 'KSCLI_EXPECT_USER',
  }),
  confirm: row({
    label: 'confirm',
    summary: 'Ask before anything is deleted',
    parse: parseBoolean,
    variable: 'KSCLI_CONFIRM',
    key: 'confirm',
    fallback: 'false',
  }),
  verifySsl: row({
    label: 'verify TLS',
    summary: 'Check the certificate of the server',
    parse: parseBoolean,
    variable: 'KSCLI_VERIFY_SSL',
    key: 'verify_ssl',
    fallback: 'true',
  }),
  caBundle: row<string | undefined>({
    label: 'CA bundle',
    summary: 'PEM file with the only certificates to trust',
    parse: parseText,
    placeholder: 'path',
    variable: 'KSCLI_CA_BUNDLE',
    key: 'ca_bundle',
  }),
  storeAdminKey: row({
    label: 'store admin key',
    summary: 'Keep the admin key beside the token, for refreshes',
    parse: parseBoolean,
    variable: 'KSCLI_STORE_ADMIN_KEY',
    key: 'store_admin_key',
    fallback: 'true',
  }),
  configPath: row<string | undefined>({
    label: 'config file',
    summary: 'Where the settings file is',
    parse: parseText,
    placeholder: 'path',
    variable: 'KSCLI_CONFIG',
    fallback: ({ home, platform }) => home && joinPath(platform, home, '.config', 'kscli', 'config.json'),
  }),
  credentialsPath: row<string | undefined>({
    label: 'credentials file',
    summary: 'Where the token is kept',
    parse: parseText,
    placeholder: 'path',
    variable: 'KSCLI_CREDENTIALS_PATH',
    fallback: defaultCredentialsPath,
  }),
} as const;

/** The admin key stands apart: it is read only when it is needed, and never shown. */
export const ADMIN_KEY = {
  label: 'admin API key',
  summary: 'Key that is exchanged for a token',
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
