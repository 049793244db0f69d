// kscli settings environment: the base URL of a named environment, kept in the config file.

import { defineCommand } from '../../argv/command.ts';
import { isLoopback } from '../../http/proxy.ts';
import { choice } from '../../schema/fields.ts';
import { updateConfig } from '../../settings/config-file.ts';
import { parseBaseUrl } from '../../settings/parse.ts';

const BASE_URLS = {
  local: 'http://localhost:8000',
  dev: 'https://api-staging.knowledgestack.ai',
  prod: 'https://api.knowledgestack.ai',
} as const;

export const settingsEnvironment = defineCommand({
  flags: {},
  args: { environment: choice('Which one', ['local', 'dev', 'prod'], { required: true }) },
  examples: ['kscli settings environment dev', 'kscli settings environment local --base-url http://localhost:9000'],
  run: async ({ environment }, { reader }) => {
    const typed = reader.flags['base-url'];
    const base_url = typed === undefined ? BASE_URLS[environment] : parseBaseUrl(typed);
    // Only for this machine: the name `local` must not switch verification off for a host elsewhere.
    const verify_ssl = !(environment === 'local' && isLoopback(new URL(base_url).hostname));
    const changes = { environment, base_url, verify_ssl };
    const path = updateConfig(reader.config(), changes);
    return {
      data: { ...changes, config_path: path },
      text: `Environment ${environment}: ${base_url}${verify_ssl ? '' : ', certificates not verified'}\nWritten to ${path}\n`,
      id: 'environment',
    };
  },
});
