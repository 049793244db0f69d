// The state that kscli agent-help tells: of the session in effect, whatever is wrong, and nothing that is secret.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TENANT, USER } from '../backend/server.ts';
import { createHome, type Home, TOKEN_END } from '../kscli.ts';
import { ask } from './ask.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('the state is that of the session in effect', async () => {
  expect((await ask(home)).state).toMatchInlineSnapshot(`
    {
      "base_url": "https://api.knowledgestack.ai",
      "expires_at": null,
      "lease_until": null,
      "problems": [],
      "read_only": false,
      "session": null,
      "state": "none",
      "tenant_id": null,
      "user_id": null,
    }
  `);
  home.keep();
  expect((await ask(home)).state).toMatchInlineSnapshot(`
    {
      "base_url": "https://api.knowledgestack.ai",
      "expires_at": "2026-02-23T12:00:00+00:00",
      "lease_until": null,
      "problems": [],
      "read_only": false,
      "session": null,
      "state": "valid",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "user_id": "00000000-0000-0000-0001-000000000001",
    }
  `);
  const lease = { started_at: '2026-02-23T10:30:00+00:00', lease_until: TOKEN_END, reason: 'wrong totals' };
  home.keepSession('acme', { ...lease, read_only: true });
  expect((await ask(home, '--session acme')).state).toMatchInlineSnapshot(`
    {
      "base_url": "https://api.knowledgestack.ai",
      "expires_at": "2026-02-23T12:00:00+00:00",
      "lease_until": "2026-02-23T12:00:00+00:00",
      "problems": [],
      "read_only": true,
      "session": "acme",
      "state": "valid",
      "tenant_id": "00000000-0000-0000-0002-000000000001",
      "user_id": "00000000-0000-0000-0001-000000000001",
    }
  `);
  const base_url = 'https://api-dev.knowledgestack.ai';
  home.keep(JSON.stringify({ api_key: 'sk-user-1', base_url, user_id: USER, tenant_id: TENANT }), 'own');
  expect((await ask(home, '--session own')).state).toMatchObject({ state: 'valid', base_url });
  expect((await ask(home, '--session nobody')).state).toMatchObject({
    session: 'nobody',
    state: 'none',
    user_id: null,
  });
  expect((await ask(home, '', { env: { KSCLI_READ_ONLY: 'true' } })).state).toMatchObject({ read_only: true });
});

test('it works whatever is wrong, and says so among the problems', async () => {
  home.keep('not JSON');
  expect((await ask(home)).state).toMatchObject({
    state: 'unreadable',
    problems: [`The credentials file ${home.credentials.replace(home.directory, '~')} does not hold a JSON object.`],
  });
  home.configure('{"format": ');
  for (const [env, problem] of [
    [{ KSCLI_SESSION: '../x' }, 'KSCLI_SESSION: '],
    [{ KSCLI_READONLY: '1' }, 'KSCLI_READONLY is no setting of kscli'],
    [{ KSCLI_CREDENTIALS_PATH: '/dev/null/x' }, 'Unsafe place for credentials: /dev/null'],
  ] as const) {
    const { state } = await ask(home, '', { env });
    expect(String(state['problems'])).toContain('The config file ~/.config/kscli/config.json is not valid JSON');
    expect(String(state['problems'])).toContain(problem);
  }
  expect(await home.kscli('agent-help --index')).toEndWith('exit 0');
});

test('nothing is changed, sent or shown that is secret', async () => {
  home.keep();
  const before = readdirSync(join(home.directory, 'state'));
  const shown = await home.kscli(
    'agent-help -f json',
    {},
    { env: { ADMIN_API_KEY: 'the-admin-key', KSCLI_API_KEY: 'sk-user-1' } },
  );
  for (const secret of ['cached-key', '<token>', 'the-admin-key', 'sk-user-1']) expect(shown).not.toContain(secret);
  expect(readdirSync(join(home.directory, 'state'))).toEqual(before);
});
