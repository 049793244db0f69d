// Every setting in one row: its flag, variable, config key, default and meaning. Flags, help, `settings show` and the
// resolution all come from here.

import {
  boolean,
  choice,
  duration,
  type Field,
  flag,
  path,
  period,
  session,
  text,
  url,
  uuid,
  type ValueOf,
  words,
} from '../schema/fields.ts';
import { FORMATS } from '../schema/formats.ts';
import type { World } from '../world.ts';
import { defaultConfigPath, defaultCredentialsPath, defaultJournalPath } from './default-paths.ts';

export type SettingRow = {
  /** The kind of value, and its words in help and completion, also where there is no flag. */
  readonly field: Field;
  readonly flag?: string;
  readonly variable?: string;
  readonly key?: string;
  /** A text as a user would write it; undefined where there is none. */
  readonly default?: string | ((world: World) => string | undefined);
  /** Another default, where the config file holds that key too. */
  readonly defaultBeside?: { readonly key: string; readonly default: string };
  /** The config file's value is a bound, which a variable or a flag can only tighten. From the loosest value to the strictest. */
  readonly isStricter?: (value: never, than: never) => boolean;
};

const LONGEST_TIMEOUT = 86_400;
/** Seconds. */
export const LEASE = { min: 60, max: 86_400 } as const;

export const SETTINGS = {
  baseUrl: {
    field: url('Address of the API'),
    flag: 'base-url',
    variable: 'KSCLI_BASE_URL',
    key: 'base_url',
    default: 'https://api.knowledgestack.ai',
  },
  format: {
    field: choice('Output format', FORMATS, { short: 'f' }),
    flag: 'format',
    variable: 'KSCLI_FORMAT',
    key: 'format',
    default: 'table',
  },
  noHeader: {
    field: flag('Print tables without their header', { short: 'H' }),
    flag: 'no-header',
    default: 'false',
  },
  timeout: {
    field: duration('Time limit of one request', { min: 0.001, max: LONGEST_TIMEOUT }),
    flag: 'timeout',
    variable: 'KSCLI_TIMEOUT',
    key: 'timeout',
    default: '30',
  },
  debug: {
    field: flag('Trace each request on stderr, without secrets'),
    flag: 'debug',
    variable: 'KSCLI_DEBUG',
    default: 'false',
  },
  session: {
    field: session('Act in a named session, in place of the unnamed one'),
    flag: 'session',
    variable: 'KSCLI_SESSION',
  },
  readOnly: {
    field: flag('Refuse every request that could change something'),
    flag: 'read-only',
    variable: 'KSCLI_READ_ONLY',
    key: 'read_only',
    default: 'false',
  },
  expectTenant: {
    field: uuid('Stop unless acting in this tenant'),
    flag: 'expect-tenant',
    variable: 'KSCLI_EXPECT_TENANT',
  },
  expectUser: {
    field: uuid('Stop unless acting as this user'),
    flag: 'expect-user',
    variable: 'KSCLI_EXPECT_USER',
  },
  tenantId: { field: uuid('Tenant for assume-user'), variable: 'KSCLI_TENANT_ID' },
  userId: { field: uuid('User for assume-user'), variable: 'KSCLI_USER_ID' },
  confirm: {
    field: boolean('Ask before something is lost: auto asks at a terminal alone', { or: ['auto'] }),
    variable: 'KSCLI_CONFIRM',
    key: 'confirm',
    default: 'auto',
  },
  verifySsl: {
    field: boolean('Verify the certificate of the server'),
    variable: 'KSCLI_VERIFY_SSL',
    key: 'verify_ssl',
    default: 'true',
  },
  caBundle: {
    field: path('PEM file with the only certificates to trust'),
    variable: 'KSCLI_CA_BUNDLE',
    key: 'ca_bundle',
  },
  lease: { field: period('Time that assume-user lasts', LEASE), variable: 'KSCLI_LEASE', key: 'lease' },
  maxLease: {
    field: period('Longest time that assume-user may last', LEASE),
    variable: 'KSCLI_MAX_LEASE',
    key: 'max_lease',
    isStricter: (value: number, than: number) => value < than,
  },
  requireReason: {
    field: boolean('Refuse assume-user without a reason'),
    variable: 'KSCLI_REQUIRE_REASON',
    key: 'require_reason',
    default: 'false',
    isStricter: (value: boolean, than: boolean) => value && !than,
  },
  adminKeyCommand: { field: words('Command that prints the admin key'), key: 'admin_api_key_command' },
  storeAdminKey: {
    field: boolean('Keep the admin key beside the token, for refreshes'),
    variable: 'KSCLI_STORE_ADMIN_KEY',
    key: 'store_admin_key',
    default: 'true',
    defaultBeside: { key: 'admin_api_key_command', default: 'false' },
  },
  journal: {
    field: choice('Write down what is done: auto does so for sessions with a reason', [
      'auto',
      'off',
      'on',
      'required',
    ]),
    variable: 'KSCLI_JOURNAL',
    key: 'journal',
    default: 'auto',
    isStricter: (value: string, than: string) => value === 'required' && than !== 'required',
  },
  journalPath: {
    field: path('Directory of the journal'),
    variable: 'KSCLI_JOURNAL_PATH',
    key: 'journal_path',
    default: defaultJournalPath,
  },
  operator: {
    field: text('Who works here, for the journal; else the name of the system'),
    variable: 'KSCLI_OPERATOR',
    key: 'operator',
  },
  configPath: {
    field: path('Config file'),
    variable: 'KSCLI_CONFIG',
    default: defaultConfigPath,
  },
  credentialsPath: {
    field: path('Credentials file'),
    variable: 'KSCLI_CREDENTIALS_PATH',
    default: defaultCredentialsPath,
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

/** The admin key stands apart: it is read only when it is needed, and never shown. */
export const ADMIN_KEY = {
  summary: 'Admin API key, which is exchanged for a token',
  variable: 'ADMIN_API_KEY',
  fileVariable: 'ADMIN_API_KEY_FILE',
  key: 'admin_api_key',
} as const;

/** So does the user's own key: `login` alone takes it from here. */
export const API_KEY = {
  summary: 'API key of a user, for login',
  variable: 'KSCLI_API_KEY',
  fileVariable: 'KSCLI_API_KEY_FILE',
} as const;

export type SettingName = keyof typeof SETTINGS;

type Row<N extends SettingName> = (typeof SETTINGS)[N];

/** Always there where the default is a text; a default that depends on the machine may be missing. */
export type SettingValue<N extends SettingName> =
  Row<N> extends { default: string } ? ValueOf<Row<N>['field']> : ValueOf<Row<N>['field']> | undefined;

/** By name, in the order of the table. */
export function listSettings(): [name: SettingName, row: SettingRow][] {
  return Object.entries(SETTINGS) as [SettingName, SettingRow][];
}
