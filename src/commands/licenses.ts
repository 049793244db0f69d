// kscli licenses: the notices of everything in the binary. The build puts them in; nothing is read to show them.

import { defineCommand } from '../argv/command.ts';

type Notice = { readonly name: string; readonly version: string; readonly license: string; readonly text: string };

declare const KSCLI_NOTICES: string | undefined;

const NO_BUILD = 'kscli runs from its sources here. The build puts the notices into the binary: bun build.ts\n';

export const licenses = defineCommand({
  effect: 'read',
  flags: {},
  args: {},
  examples: ['kscli licenses', 'kscli licenses --format json'],
  run: async () => {
    const notices: Notice[] = typeof KSCLI_NOTICES === 'string' ? JSON.parse(KSCLI_NOTICES) : [];
    return { show: { data: notices, text: formatNotices(notices) || NO_BUILD, id: 'name' } };
  },
});

/** Also the file beside the binary in an archive. */
export function formatNotices(notices: readonly Notice[]): string {
  return notices.map(formatNotice).join('\n\n');
}

function formatNotice({ name, version, license, text }: Notice): string {
  const title = `${name} ${version} (${license})`;
  return `${title}\n${'='.repeat(title.length)}\n\n${text}\n`;
}
