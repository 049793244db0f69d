// kscli doctor: why it does not work, step by step, each with what to do. Sends the token only where commands would.

import { defineCommand } from '../argv/command.ts';
import { withOwnOrigin } from '../auth/session-settings.ts';
import type { Context } from '../context.ts';
import { type BundlePlace, findBundlePlace, saveBundle } from '../doctor/bundle-place.ts';
import { saveChain } from '../doctor/chain.ts';
import { examine, type Finding } from '../doctor/examine.ts';
import { Failure } from '../errors.ts';
import type { CommandResult } from '../output/result.ts';
import { flag, path } from '../schema/fields.ts';

export const doctor = defineCommand({
  effect: 'read',
  flags: {
    'save-chain': path("Write the server's certificates to a PEM file, for KSCLI_CA_BUNDLE", { placeholder: 'file' }),
    offline: flag('Look at this machine only, without the network', { conflictsWith: ['save-chain'] }),
    bundle: path(
      'Write a .tar.gz for somebody who helps: this report, versions, settings, keys and lengths of the credentials, certificates, the last lines of the journal. It names server, user, tenant, operator and paths, and holds no secret',
      { placeholder: 'file' },
    ),
    'dry-run': flag('Show what the bundle would hold, and write nothing', { requires: 'bundle' }),
  },
  args: {},
  examples: [
    'kscli doctor',
    'kscli doctor --format json',
    'kscli doctor --save-chain ca.pem',
    'kscli doctor --bundle kscli.tar.gz',
  ],
  isLenient: true,
  run: async (input, outer) => {
    const context = withOwnOrigin(outer);
    const { bundle: file, 'save-chain': chainFile } = input;
    // Before anything that takes its time.
    const place = file === undefined ? undefined : await findBundlePlace(file, context);
    const finding = await examine(input.offline, context);
    if (input['dry-run']) return listFiles(finding, context);
    const unsaved =
      chainFile === undefined ? undefined : await tell(() => saveChain(chainFile, finding.chain, context), context);
    const unbundled = place && (await tell(() => writeBundle(place, finding, context), context));
    return report(finding, finding.refusal ?? unsaved ?? unbundled, context);
  },
});

/** Says what became of a file. The failure, to be told after the report. */
async function tell(save: () => Promise<string>, { log }: Context): Promise<Failure | undefined> {
  try {
    await log.info(await save());
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function report(
  { checks, conclusion }: Finding,
  failure: Failure | undefined,
  { settings, log }: Context,
): Promise<CommandResult> {
  if (settings.format !== 'table') await log.info(conclusion);
  return {
    show: {
      data: checks.map((row) => ({ ...row, remedy: row.remedy ?? null })),
      columns: ['check', 'result', 'detail', 'remedy'],
      id: 'check',
      isComposed: true,
      footer: conclusion,
    },
    exit: checks.some(({ result }) => result === 'failed') ? 1 : 0,
    ...(failure && { failure }),
  };
}

/** Loaded when needed, like the writing of one: most runs are without. */
async function listFiles(finding: Finding, context: Context): Promise<CommandResult> {
  const { makeBundle } = await import('../doctor/bundle.ts');
  const { files } = await makeBundle(finding, context);
  const rows = files.map(({ path: file, about, text }) => ({ file, bytes: Buffer.byteLength(text), about, text }));
  return {
    show: {
      data: rows,
      columns: ['file', 'bytes', 'about'],
      id: 'file',
      footer: 'Nothing was written. --format json shows the files.',
    },
  };
}

async function writeBundle(place: BundlePlace, finding: Finding, context: Context): Promise<string> {
  const { makeBundle } = await import('../doctor/bundle.ts');
  const { files, bytes } = await makeBundle(finding, context);
  saveBundle(place, bytes);
  return `Wrote ${place.typed}: ${files.length} files, without secrets. It names the server, user, tenant and paths.`;
}
