// kscli upgrade: another release in the place of this one, only where install.sh placed it, and only when asked.

import { realpathSync } from 'node:fs';
import { defineCommand } from '../argv/command.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import type { CommandResult } from '../output/result.ts';
import { flag, path, text } from '../schema/fields.ts';
import { type Chosen, chooseSource } from '../upgrade/choose-source.ts';
import {
  findPrevious,
  replaceProgram,
  requireWritable,
  sha256Of,
  swapWithPrevious,
  watchProgram,
} from '../upgrade/place.ts';
import { locateReceipt, type Receipt, readReceipt, updateReceipt } from '../upgrade/receipt.ts';
import { chooseArchive, fetchProgram, listReleases } from '../upgrade/release.ts';
import { compareVersions, type Listed } from '../upgrade/sums.ts';
import { ownTarget, ownVersion } from '../version.ts';

export const upgrade = defineCommand({
  effect: 'write',
  flags: {
    version: text('Version to install; the newest release without it', { placeholder: 'version' }),
    from: path('Directory with SHA256SUMS and archives, or one archive there: without a network', {
      conflictsWith: ['url'],
    }),
    url: text('URL of the directory with SHA256SUMS and archives; the one of install.sh without it', {
      placeholder: 'url',
    }),
    'allow-downgrade': flag('Replace this kscli by an older one'),
    'dry-run': flag('Say what would be done, and change nothing'),
    rollback: flag('Go back to the kscli before the last upgrade', { conflictsWith: ['version', 'from', 'url'] }),
  },
  args: {},
  examples: [
    'kscli upgrade --dry-run',
    'kscli upgrade',
    'kscli upgrade --rollback',
    'kscli upgrade --from /media/kscli',
  ],
  run: async (input, context) => {
    const placed = requirePlaced(context);
    if (input.rollback) return rollBack(placed, input['dry-run'], context);
    if (!input['dry-run']) requireWritable(placed.path);
    const requireSame = watchProgram(placed.path);
    const target = ownTarget() ?? 'unknown';
    const chosen = await chooseSource(input, placed, context);
    const { source } = chosen;
    const listed = await listReleases(source, target, placed.signers, context.world.now());
    const archive = chooseArchive(listed, chosen.version, { source, target });
    const order = compareVersions(archive.version, ownVersion());
    if (order === 0) return report('same', archive.version, placed);
    if (order < 0 && !input['allow-downgrade']) throw olderFailure(archive);
    if (input['dry-run']) return describePlan(archive, chosen, placed);
    const bytes = await fetchProgram(source, archive);
    replaceProgram(placed.path, { bytes, version: archive.version }, requireSame, context.world.env);
    const changes = {
      version: archive.version,
      sha256: sha256Of(placed.path),
      ...(chosen.kept && { source: chosen.kept }),
    };
    updateReceipt(placed.receipt, changes);
    return report('upgraded', archive.version, placed);
  },
});

/** @property receipt its file */
type Placed = Receipt & { readonly receipt: string };

/** @throws Failure 'refused' for a kscli that came another way: what placed it would not know of the new one */
function requirePlaced({ settings, world }: Context): Placed {
  const file = locateReceipt(settings.configPath);
  const receipt = file === undefined ? undefined : readReceipt(file, world.userId);
  if (file !== undefined && receipt !== undefined && realPath(receipt.path) === realPath(world.executable))
    return { ...receipt, receipt: file };
  throw new Failure('refused', `install.sh did not place ${world.executable}, so upgrade does not touch it`, {
    lines: [
      'Upgrade it the way it came: its package, its image, or a build of its own.',
      'Or place a kscli with the install.sh of a release: from then on kscli upgrade keeps it up to date.',
    ],
  });
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function olderFailure({ version }: Listed): Failure {
  return new Failure('refused', `kscli ${version} is older than this one, ${ownVersion()}`, {
    lines: ['To install it all the same, add --allow-downgrade. kscli upgrade --rollback goes back to the one before.'],
  });
}

function rollBack(placed: Placed, isDryRun: boolean, { world }: Context): CommandResult {
  const version = findPrevious(placed.path, world.env);
  if (isDryRun) return report('would-roll-back', version, placed);
  requireWritable(placed.path);
  swapWithPrevious(placed.path);
  updateReceipt(placed.receipt, { version, sha256: sha256Of(placed.path) });
  return report('rolled-back', version, placed);
}

const SENTENCES = {
  same: (version: string) => `This is kscli ${version} already. Nothing was changed.`,
  upgraded: (version: string, { path }: Placed) =>
    `Replaced kscli ${ownVersion()} by ${version}: ${path}\nTo go back: kscli upgrade --rollback`,
  'would-roll-back': (version: string) => `Would go back to kscli ${version}. Nothing was changed.`,
  'rolled-back': (version: string, { path }: Placed) => `Went back from kscli ${ownVersion()} to ${version}: ${path}`,
} as const;

function report(outcome: keyof typeof SENTENCES, version: string, placed: Placed): CommandResult {
  const data = { outcome, version, before: ownVersion(), path: placed.path };
  return { show: { data, text: `${SENTENCES[outcome](version, placed)}\n`, id: 'version', isComposed: true } };
}

function describePlan({ version, name, sha256 }: Listed, { source }: Chosen, { path, signers }: Placed): CommandResult {
  const signature = signers.length > 0 ? 'verified' : 'no signer is known';
  const plan = { version, from: source.shown, archive: name, sha256, signature, path };
  const rows = Object.entries(plan)
    .slice(1)
    .map(([key, value]) => `  ${key.padEnd(10)} ${value}`);
  const text = [`Would replace kscli ${ownVersion()} by ${version}`, ...rows, 'Nothing was changed.', ''].join('\n');
  return {
    show: { data: { outcome: 'would-upgrade', before: ownVersion(), ...plan }, text, id: 'version', isComposed: true },
  };
}
