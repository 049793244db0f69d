// Mistyped settings: KSCLI_ variables and config keys that kscli does not know. A name that is nearly a setting must not
// fail open: settings decide the identity, the server and the guards.

import { Failure } from '../errors.ts';
import type { World } from '../world.ts';
import type { Config } from './config-file.ts';
import { nearestSetting, plain } from './near.ts';
import { ADMIN_KEY, API_KEY, listSettings } from './table.ts';

export type Mistyped = { readonly problems: readonly Failure[]; readonly warnings: readonly string[] };

/** @property remedy what to type, where that is known */
type Found = { readonly shown: string; readonly near: string | undefined; readonly remedy?: string };

const PREFIX = 'KSCLI_';
/** Of install.sh, and set by it for its own use. */
const INSTALLER = ['KSCLI_VERSION', 'KSCLI_DOWNLOAD_URL', 'KSCLI_INSTALL_DIR'];
/** Set by `exec` for the command that it runs, beside settings. */
const INSIDE = ['KSCLI_EXEC', 'KSCLI_SESSION_EXPIRES_AT'];
/** Of `login`. */
const KEYS = [API_KEY.variable, API_KEY.fileVariable];
/** Never with the prefix. */
const ADMIN_KEYS = [ADMIN_KEY.variable, ADMIN_KEY.fileVariable];
/** Written by `settings environment`. */
const OTHER_KEYS = ['environment', ADMIN_KEY.key];
/** Mistyping one of these changes neither the identity nor a guard. */
const HARMLESS = ['format', 'timeout', 'debug', 'operator'];

export function findMistyped({ env, platform }: World, { path, values }: Config): Mistyped {
  const rows = listSettings().map(([, row]) => row);
  const settings = rows.flatMap(({ variable }) => variable ?? []);
  const variables = [...settings, ...INSTALLER, ...INSIDE, ...KEYS];
  const keys = [...rows.flatMap(({ key }) => key ?? []), ...OTHER_KEYS];
  // By the variable where there is no key: in the config file it would choose nothing.
  const meant = rows.flatMap(({ key, variable }) => key ?? variable ?? []);
  // Windows takes names in any case.
  const given = Object.keys(env).map((name) => ({ name, shown: platform === 'win32' ? name.toUpperCase() : name }));
  const found: readonly Found[] = [
    ...given
      .filter(({ name, shown }) => shown.startsWith(PREFIX) && env[name] && !variables.includes(shown))
      .map(({ shown }) => ({
        shown,
        near: nearestSetting(shown, [...variables, ...ADMIN_KEYS], settings),
      })),
    ...Object.keys(values)
      .filter((key) => !keys.includes(key))
      .map((key) => ({
        shown: `${key} in ${path}`,
        near: nearestSetting(key, [...meant, ...OTHER_KEYS], meant),
        // Others would need a shell's quotes.
        ...(/^\w+$/.test(key) && { remedy: `To remove it: kscli settings unset ${key}` }),
      })),
  ];
  const isProblem = ({ near }: Found) => near !== undefined && !HARMLESS.includes(plain(near));
  return {
    problems: found.filter(isProblem).map(
      ({ shown, near, remedy = 'Correct or remove it.' }) =>
        new Failure('settings', `${shown} is no setting of kscli`, {
          lines: [`Did you mean ${near}? ${remedy}`],
        }),
    ),
    warnings: found
      .filter((name) => !isProblem(name))
      .map(({ shown, near }) => `${shown} is no setting of kscli${near ? `. Did you mean ${near}?` : ''}`),
  };
}
