// kscli settings environment: the base URL of a named environment, kept in the config file.

import { defineCommand } from '../../argv/command.ts';
import { isLoopback } from '../../http/proxy.ts';
import { withFields } from '../../json/value.ts';
import { choice, url } from '../../schema/fields.ts';
import { updateConfig } from '../../settings/config-file.ts';

const BASE_URLS = {
  local: 'http://localhost:8000',
  dev: 'https://api-staging.knowledgestack.ai',
  prod: 'https://api.knowledgestack.ai',
} as const;

export const settingsEnvironment = defineCommand({
  // Behind the command's name only: before it, --base-url is the global flag and changes nothing here.
  effect: 'write',
  flags: { 'base-url': url('Address to write in place of the usual one of the environment') },
  args: { environment: choice('Environment', ['local', 'dev', 'prod'], { required: true }) },
  examples: ['kscli settings environment dev', 'kscli settings environment local --base-url http://localhost:9000'],
  run: async ({ environment, 'base-url': typed }, { config, world, log }) => {
    const base_url = typed ?? BASE_URLS[environment];
    // Only for this machine: the name `local` must not switch verification off for a host elsewhere.
    const verify_ssl = !(environment === 'local' && isLoopback(new URL(base_url).hostname));
    const changes = { environment, base_url, verify_ssl };
    const path = await updateConfig(config.path, world, (values) => withFields(values, changes));
    if (world.env['KSCLI_BASE_URL'])
      await log.warn('KSCLI_BASE_URL is set and wins. Unset it to use this environment.');
    return {
      show: {
        data: { ...changes, config_path: path },
        text: `Environment ${environment}: ${base_url}${verify_ssl ? '' : ', certificates not verified'}\nWritten to ${path}\n`,
        id: 'environment',
      },
    };
  },
});
