// What kscli computes of grants is what the server does: random trees, groups and grants, explained to an admin and to the user.

import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mayDo } from '../backend/access.ts';
import { type Backend, OTHER_USER, startBackend, TENANT, USER } from '../backend/server.ts';
import type { Row } from '../backend/store.ts';
import { signToken } from '../backend/tokens.ts';
import { createHome, credentialsFields, type Home } from '../kscli.ts';

const SCENES = 12;

let backend: Backend;
const homes = new Map<string, Home>();
beforeAll(async () => {
  backend = startBackend();
  for (const userId of [USER, OTHER_USER]) {
    const home = createHome();
    home.keep(credentialsFields({ user_id: userId, token: await signToken({ userId, tenantId: TENANT }, 3600) }));
    homes.set(userId, home);
    backend.held.add(userId);
  }
});
afterAll(async () => {
  await backend.stop();
  for (const home of homes.values()) home.remove();
});

/** The same numbers in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** USER is an admin, OTHER_USER is held to the grants. */
function fill(seed: number): Row[] {
  const { store } = backend.resources;
  for (const name of ['folders', 'documents', 'permissions', 'group_permissions', 'groups', 'members', 'tenant_users'])
    for (const row of store.rows(name)) store.remove(row);
  const random = createRandom(seed);
  store.create('tenant_users', { user_id: USER, email: null, role: 'ADMIN' });
  store.create('tenant_users', { user_id: OTHER_USER, email: null, role: random(5) === 0 ? 'OWNER' : 'USER' });
  const parts: Row[] = [];
  for (let count = 0; count < 8; count++) {
    const above = parts[random(parts.length + 1)];
    const path = `${above?.['materialized_path'] ?? ''}/${count}`;
    const place = { name: `${count}`, parent_path_part_id: above?.['path_part_id'] ?? null, materialized_path: path };
    parts.push(store.create('folders', { ...place, part_type: 'FOLDER' }));
  }
  const pick = () => ({
    path_part_id: parts[random(parts.length)]?.['path_part_id'],
    capability: ['READ_ONLY', 'READ_WRITE'][random(2)],
  });
  for (let count = random(3); count > 0; count--) store.create('permissions', { ...pick(), user_id: OTHER_USER });
  for (let count = random(4); count > 0; count--) {
    const { id: group_id } = store.create('groups', { name: `group ${count}`, member_count: 1 });
    const user_id = random(2) === 0 ? OTHER_USER : USER;
    store.create('members', { group_id, user_id });
    store.create('group_permissions', { ...pick(), group_id });
  }
  return parts;
}

async function explain(part: Row, acting: string, rest = ''): Promise<{ read: string; write: string }> {
  const serve = (url: string, init: RequestInit) =>
    fetch(url.replace('https://api.knowledgestack.ai', backend.url), init);
  const line = `permissions explain ${part['path_part_id']} -f json${rest}`;
  const shown = (await homes.get(acting)?.kscli(line, {}, { serve })) ?? '';
  expect(shown).toEndWith('\nexit 0');
  return JSON.parse(shown.slice(shown.indexOf('{'), shown.lastIndexOf('exit 0')));
}

const toWord = (may: boolean) => (may ? 'yes' : 'no');

test.each(Array.from({ length: SCENES }, (_, seed) => [seed]))(
  'scene %d: an admin learns what the server does, and the user nothing else',
  async (seed) => {
    const { store } = backend.resources;
    for (const part of fill(seed)) {
      const [read, write] = (['read', 'write'] as const).map((right) => toWord(mayDo(right, part, OTHER_USER, store)));
      expect(await explain(part, USER, ` --user ${OTHER_USER}`)).toMatchObject({ read, write });
      // The server's own word is asked for too: a contradiction would end with 1.
      const own = await explain(part, OTHER_USER, ' --check');
      expect(own.read).toBe(read ?? '');
      expect([write, 'unknown']).toContain(own.write);
    }
  },
);
