// doctor and what kscli was told: broken settings, a config file that others reach, variables that change how it runs.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { chmodSync, writeFileSync } from 'node:fs';
import { createDoctorSite, type DoctorSite } from './doctor-site.ts';

let site: DoctorSite;
beforeEach(async () => {
  site = await createDoctorSite();
});
afterEach(() => site.remove());

test('works with broken settings, and names them all', async () => {
  writeFileSync(`${site.home}/config.json`, '{"timeout": "soon", "verify_ssl": "perhaps"}');
  const { exit, failed } = await site.diagnose({
    KSCLI_CONFIG: `${site.home}/config.json`,
    KSCLI_FORMAT: 'xml',
    KSCLI_BASE_URL: 'ftp://x',
  });
  const config = `in ${site.home}/config.json`;
  expect(failed[0]?.detail.split('\n')).toEqual([
    "KSCLI_BASE_URL: 'ftp://x' is not a URL like https://api.example.com",
    `timeout ${config}: 'soon' is not a time from 0.001 to 86400 seconds, like 30, 90s or 1h30m`,
    `verify_ssl ${config}: 'perhaps' is not one of true, 1, yes, on, false, 0, no, off`,
  ]);
  expect(exit).toBe(1);
  writeFileSync(`${site.home}/config.json`, '{');
  expect((await site.diagnose({ KSCLI_CONFIG: `${site.home}/config.json` })).failed[0]?.detail).toContain(
    'is not valid JSON',
  );
});

test('warns of a config file that others can read, and believes none that they can write', async () => {
  const path = `${site.home}/config.json`;
  const check = async (contents: string, mode: number) => {
    writeFileSync(path, contents);
    chmodSync(path, mode);
    const { rows } = await site.diagnose({ KSCLI_CONFIG: path });
    const { result, detail, remedy } = rows.find(({ check: name }) => name === 'settings') ?? {};
    return { result, detail, remedy };
  };
  const advice = { result: 'warning', remedy: `Run: chmod 600 ${path}` };
  expect(await check('{"admin_api_key": "key"}', 0o644)).toEqual({
    ...advice,
    detail: `${path} can be read by other users`,
  });
  expect(await check('{}', 0o664)).toEqual({
    result: 'failed',
    detail: `The config file ${path} is refused: ${path} can be written by other users\nIt decides where the admin key is sent. Make it a file that only you can write, or name another in KSCLI_CONFIG.`,
    remedy: 'Correct or unset what is named here.',
  });
  expect(await check('{}', 0o644)).toMatchObject({ result: 'ok' });
  expect(await check('{"admin_api_key": "key"}', 0o600)).toMatchObject({ result: 'ok' });
});

test('names variables that change how kscli runs', async () => {
  const { rows } = await site.diagnose({ NODE_TLS_REJECT_UNAUTHORIZED: '0', NO_PROXY: 'canary.example.com' });
  const detail = rows.find(({ check }) => check === 'environment')?.detail;
  expect(detail).toBe('NODE_TLS_REJECT_UNAUTHORIZED has no effect on kscli\nNO_PROXY names what goes without a proxy');
});
