// Flag, then environment, then config file, then default: the one place where that order is decided, once a run.

import { Failure } from '../errors.ts';
import { expandHome } from '../files/home.ts';
import { adviseOn, decode, formatComplaint } from '../schema/decode.ts';
import type { Complaint } from '../schema/decoded.ts';
import type { World } from '../world.ts';
import { type Config, readConfig, textInConfig } from './config-file.ts';
import { findMistyped } from './mistyped.ts';
import { listSettings, SETTINGS, type SettingName, type SettingRow, type SettingValue } from './table.ts';

/** The flags as typed, by their long name; one that takes no value is 'true'. */
export type Flags = Readonly<Record<string, string | undefined>>;

export type Source = {
  readonly kind: 'flag' | 'variable' | 'file' | 'default';
  /** As a message names it: `--timeout`, `KSCLI_TIMEOUT`, `timeout in <path>`, `default`. */
  readonly name: string;
};

/** The source of each. */
export type Sources = Readonly<Record<SettingName, Source>>;

export type Settings = { readonly [N in SettingName]: SettingValue<N> };

export type Resolution = {
  /** A wrong setting stands here with its default. */
  readonly settings: Settings;
  readonly sources: Sources;
  /** Of kind 'usage' for a flag, 'settings' for a variable or config value; in the order of the table. */
  readonly problems: readonly Failure[];
  /** The one of them that is about the session: then nobody knows which one is meant. */
  readonly sessionProblem: Failure | undefined;
  /** Names that mean nothing, and do no harm. */
  readonly warnings: readonly string[];
  readonly config: Config;
};

const DEFAULT: Source = { kind: 'default', name: 'default' };

export function resolveAll(flags: Flags, world: World): Resolution {
  const problems: Failure[] = [];
  let sessionProblem: Failure | undefined;
  const settings: Record<string, unknown> = {};
  const sources: Record<string, Source> = {};
  // First, because the others look into that file.
  const config = readConfigInto(problems, resolveOne(SETTINGS.configPath, flags, world, undefined), world);
  for (const [name, row] of listSettings()) {
    const { value, source, problem } = resolveOne(row, flags, world, config);
    settings[name] = value;
    sources[name] = source;
    if (problem) problems.push(problem);
    if (name === 'session') sessionProblem = problem;
  }
  const mistyped = findMistyped(world, config);
  return {
    settings: settings as Settings,
    sources: sources as Sources,
    problems: [...problems, ...mistyped.problems],
    sessionProblem,
    warnings: mistyped.warnings,
    config,
  };
}

type Resolved = { readonly value: unknown; readonly source: Source; readonly problem?: Failure };

function readConfigInto(problems: Failure[], { value }: Resolved, world: World): Config {
  const path = value as string | undefined;
  try {
    return readConfig(path, world);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    problems.push(error);
    return { path, values: {}, isThere: false };
  }
}

function resolveOne(row: SettingRow, flags: Flags, world: World, config: Config | undefined): Resolved {
  const found = findText(row, flags, world, config);
  const given = resolveFound(found, row, world, config);
  const kept = row.isStricter && found && found.source.kind !== 'file' ? findKept(row, config) : undefined;
  if (kept === undefined) return given;
  const bound = resolveFound(kept, row, world, config);
  // A bound that nobody can read is not open.
  const isLoosened = !given.problem && row.isStricter?.(bound.value as never, given.value as never);
  return bound.problem || isLoosened ? bound : given;
}

function resolveFound(found: Found | undefined, row: SettingRow, world: World, config: Config | undefined): Resolved {
  const given = found && read(found, row, world);
  if (given && 'value' in given) return given;
  const text = chooseDefault(row, world, config);
  const fallback = text === undefined ? undefined : read({ text, source: DEFAULT }, row, world);
  const value = fallback && 'value' in fallback ? fallback.value : undefined;
  return { value, source: found?.source ?? DEFAULT, ...(given && { problem: given.problem }) };
}

function chooseDefault({ default: usual, defaultBeside }: SettingRow, world: World, config: Config | undefined) {
  if (defaultBeside && (config?.values[defaultBeside.key] ?? '') !== '') return defaultBeside.default;
  return typeof usual === 'function' ? usual(world) : usual;
}

type Found = { readonly source: Source; readonly text: string; readonly complaint?: Complaint };

function read(found: Found, { field }: SettingRow, { home }: World): Resolved | { readonly problem: Failure } {
  const { source, text } = found;
  const decoded = found.complaint ?? decode(text, field);
  if ('value' in decoded) {
    const { value } = decoded;
    return { value: field.kind === 'path' ? expandHome(String(value), home) : value, source };
  }
  const lines = adviseOn(text, decoded);
  const kind = source.kind === 'flag' ? 'usage' : 'settings';
  return { problem: new Failure(kind, formatComplaint(source.name, text, decoded), { lines }) };
}

function findText(row: SettingRow, flags: Flags, { env }: World, config: Config | undefined): Found | undefined {
  const { flag, variable } = row;
  const typed = flag === undefined ? undefined : flags[flag];
  if (typed !== undefined) return { text: typed, source: { kind: 'flag', name: `--${flag}` } };

  const set = variable === undefined ? undefined : env[variable];
  if (variable && set) return { text: set, source: { kind: 'variable', name: variable } };

  return findKept(row, config);
}

function findKept({ key, field }: SettingRow, config: Config | undefined): Found | undefined {
  const kept = key === undefined || config === undefined ? undefined : textInConfig(config, key, field);
  return kept && { ...kept, source: { kind: 'file', name: `${key} in ${config?.path}` } };
}
