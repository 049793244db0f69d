// kscli upgrade: another release in the place of this one, only where install.sh placed it, and only when asked.

import { defineCommand } from '../argv/command.ts';
import type { Context } from '../context.ts';
import { describeCause, Failure } from '../errors.ts';
import { hashFile } from '../files/digest.ts';
import type { CommandResult } from '../output/result.ts';
import { flag, path, text } from '../schema/fields.ts';
import { formatSigner, type Signer } from '../schema/signer.ts';
import { type Chosen, chooseSource } from '../upgrade/choose-source.ts';
import { findNextSigners, fingerprint } from '../upgrade/next-signers.ts';
import { findPrevious, replaceProgram, requireWritable, swapWithPrevious, watchProgram } from '../upgrade/place.ts';
import { type Placed, requirePlaced } from '../upgrade/placed.ts';
import { type ReceiptChanges, updateReceipt } from '../upgrade/receipt.ts';
import { chooseArchive, fetchProgram, readRelease } from '../upgrade/release.ts';
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
    const release = await readRelease(source, target, placed.signers, context.world.now());
    const archive = chooseArchive(release.archives, chosen.version, { source, target });
    const order = compareVersions(archive.version, ownVersion());
    if (order === 0) return reportSame(archive.version, placed, chosen);
    if (order < 0 && !input['allow-downgrade']) throw olderFailure(archive);
    // An older release names older signers.
    const isVouched = order > 0 && placed.signers.length > 0;
    const signers = isVouched ? await findNextSigners(source, release, placed.signers) : undefined;
    const found: Found = { archive, chosen, signers };
    if (input['dry-run']) return describePlan(found, placed);
    await context.log.status(`Fetching ${archive.name} from ${source.shown}`);
    const pieces = await fetchProgram(source, archive).finally(() => context.log.status(undefined));
    const { version } = archive;
    const sha256 = await replaceProgram(placed.path, { pieces, version }, requireSame, context.world);
    const changes = {
      ...{ version, sha256 },
      ...(chosen.kept && { source: chosen.kept }),
      ...(signers && { signers: signers.map(formatSigner) }),
    };
    await keepReceipt(placed, changes, context);
    return reportUpgrade(found, placed);
  },
});

/** The new kscli is in its place by now, whatever becomes of the receipt. */
async function keepReceipt({ receipt }: Placed, changes: ReceiptChanges, { log }: Context): Promise<void> {
  try {
    updateReceipt(receipt, changes);
  } catch (cause) {
    await log.warn(
      `The receipt ${receipt} could not be written, and tells of the kscli before: ${describeCause(cause)}`,
    );
  }
}

function olderFailure({ version }: Listed): Failure {
  return new Failure('refused', `kscli ${version} is older than this one, ${ownVersion()}`, {
    lines: ['To install it all the same, add --allow-downgrade. kscli upgrade --rollback goes back to the one before.'],
  });
}

async function rollBack(placed: Placed, isDryRun: boolean, context: Context): Promise<CommandResult> {
  const version = findPrevious(placed.path, context.world);
  if (isDryRun)
    return report('would-roll-back', version, placed, [`Would go back to kscli ${version}. Nothing was changed.`]);
  requireWritable(placed.path);
  swapWithPrevious(placed.path);
  await keepReceipt(placed, { version, sha256: await hashFile(placed.path) }, context);
  const told = `Went back from kscli ${ownVersion()} to ${version}: ${placed.path}`;
  return report('rolled-back', version, placed, [told]);
}

/** @property signers of the next release, where they are others */
type Found = { readonly archive: Listed; readonly chosen: Chosen; readonly signers: readonly Signer[] | undefined };

function reportSame(version: string, placed: Placed, { source, version: asked }: Chosen): CommandResult {
  const newest = asked === undefined ? `, the newest in ${source.shown}` : '';
  return report('same', version, placed, [`This is kscli ${version} already${newest}. Nothing was changed.`]);
}

function reportUpgrade({ archive: { version }, chosen, signers }: Found, placed: Placed): CommandResult {
  const isElsewhere = chosen.kept !== undefined && chosen.source.shown !== placed.source;
  return report('upgraded', version, placed, [
    `Replaced kscli ${ownVersion()} by ${version}: ${placed.path}`,
    ...(isElsewhere ? [`From now on releases come from ${chosen.source.shown}`] : []),
    ...(signers ? [`From now on releases are signed by ${signers.map(fingerprint).join(' or ')}`] : []),
    'To go back: kscli upgrade --rollback',
  ]);
}

function report(outcome: string, version: string, { path }: Placed, lines: readonly string[]): CommandResult {
  const data = { outcome, version, before: ownVersion(), path };
  return { show: { data, text: `${lines.join('\n')}\n`, id: 'version', isComposed: true } };
}

function describePlan({ archive, chosen, signers }: Found, placed: Placed): CommandResult {
  const { version, name, sha256 } = archive;
  const plan = {
    ...{ version, from: chosen.source.shown, archive: name, sha256 },
    signature: placed.signers.length > 0 ? 'verified' : 'no signer is known',
    ...(signers && { signers: signers.map(fingerprint) }),
    path: placed.path,
  };
  const rows = Object.entries(plan)
    .slice(1)
    .map(([key, value]) => `  ${key.padEnd(10)} ${[value].flat().join(' or ')}`);
  const text = [`Would replace kscli ${ownVersion()} by ${version}`, ...rows, 'Nothing was changed.', ''].join('\n');
  return {
    show: { data: { outcome: 'would-upgrade', before: ownVersion(), ...plan }, text, id: 'version', isComposed: true },
  };
}
