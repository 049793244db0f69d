// Flag, then environment, then config file, then default: the one place where that order is decided.

import { Failure } from '../errors.ts';
import type { World } from '../world.ts';
import { type Config, readConfig, textInConfig } from './config-file.ts';
import { BadValue } from './parse.ts';
import { SETTINGS, type SettingName, type SettingRow, type ValueOf } from './table.ts';

/** The flags as typed, by their long name. A switch that was given is 'true'. */
export type Flags = Readonly<Record<string, string | undefined>>;

export type Source = { readonly kind: 'flag' | 'variable' | 'file' | 'default'; readonly name: string };

export type Resolved<T> = { readonly value: T; readonly source: Source };

export type Settings = { readonly [N in SettingName]: ValueOf<N> };

/** Finds settings one by one. The config file is read when first asked for, once. */
export type SettingsReader = {
  readonly world: World;
  readonly flags: Flags;
  /** @throws Failure 'settings' when the file is corrupt */
  readonly config: () => Config;
};

export function createSettingsReader(flags: Flags, world: World): SettingsReader {
  let config: Config | undefined;
  const reader: SettingsReader = {
    world,
    flags,
    config: () => {
      config ??= readConfig(resolve('configPath', reader).value);
      return config;
    },
  };
  return reader;
}

/** @throws Failure 'usage' for a bad flag, 'settings' for a bad variable or config value */
export function resolve<N extends SettingName>(name: N, reader: SettingsReader): Resolved<ValueOf<N>> {
  // The row and the name belong together, which the type of an indexed table cannot say.
  const row = SETTINGS[name] as SettingRow<ValueOf<N>>;
  const found = findText(row, reader);
  if (found === undefined) return { value: undefined as ValueOf<N>, source: { kind: 'default', name: 'default' } };
  try {
    return { value: row.parse(found.value), source: found.source };
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    const shown = error.shown ?? found.value;
    throw new Failure(
      found.source.kind === 'flag' ? 'usage' : 'settings',
      `${row.label} is set to '${shown}' by ${found.source.name}, but ${error.message}`,
    );
  }
}

/** @throws Failure as resolve does, for the first setting that is wrong */
export function resolveAll(reader: SettingsReader): Settings {
  const entries = settingNames().map((name) => [name, resolve(name, reader).value]);
  return Object.fromEntries(entries) as Settings;
}

export function settingNames(): SettingName[] {
  return Object.keys(SETTINGS) as SettingName[];
}

function findText<T>(row: SettingRow<T>, reader: SettingsReader): Resolved<string> | undefined {
  const { flags, world } = reader;
  const flag = row.flag && flags[row.flag];
  if (row.flag && flag !== undefined) return { value: flag, source: { kind: 'flag', name: `--${row.flag}` } };

  const variable = row.variable && world.env[row.variable];
  if (row.variable && variable) return { value: variable, source: { kind: 'variable', name: row.variable } };

  if (row.key !== undefined) {
    const config = reader.config();
    const value = textInConfig(config, row.key);
    if (value !== undefined) return { value, source: { kind: 'file', name: `${row.key} in ${config.path}` } };
  }

  const fallback = typeof row.default === 'function' ? row.default(world) : row.default;
  return fallback === undefined ? undefined : { value: fallback, source: { kind: 'default', name: 'default' } };
}
