// kscli features: what the server offers to everybody.

import { defineResource, get } from '../schema/rows.ts';

export const features = defineResource({
  name: 'features',
  columns: ['google_login_enabled', 'default_frontend_language'],
  operations: {
    describe: get('/v1/features', { summary: 'Show the features of the server', id: false }),
  },
});
