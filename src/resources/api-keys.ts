// kscli api-keys: keys with which the acting user signs in without a browser.

import { text } from '../schema/fields.ts';
import { defineResource, get, getEach, post, remove } from '../schema/rows.ts';

export const apiKeys = defineResource({
  name: 'api-keys',
  columns: ['id', 'name', 'key_suffix', 'created_at'],
  operations: {
    list: get('/v1/api-keys', { summary: 'List the API keys of the acting user' }),
    describe: getEach('/v1/api-keys/{api_key_id}', { summary: 'Show an API key' }),
    create: post('/v1/api-keys', {
      summary: 'Create an API key',
      isLasting: true,
      body: { name: text('Name of the key', { short: 'n', required: true, min: 1, max: 100, example: 'ci' }) },
      columns: ['id', 'name', 'key', 'key_suffix', 'created_at'],
      secretKey: 'key',
    }),
    delete: remove('/v1/api-keys/{api_key_id}', 'API key'),
  },
});
