// The picture at the top of the README is what the demo prints.

import { expect, test } from 'bun:test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dir, '../..');

test('.github/demo.svg is what bun run demo -- --svg draws', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kscli-picture-'));
  try {
    const file = join(directory, 'demo.svg');
    const child = Bun.spawn([process.execPath, join(ROOT, 'test/demo.ts'), '--svg', file], {
      env: { PATH: process.env['PATH'] },
      stdout: 'pipe',
      stderr: 'pipe',
    });
    expect([await child.exited, await child.stdout.text(), await child.stderr.text()]).toEqual([0, '', '']);
    const lines = (path: string) => readFileSync(path, 'utf8').split('\n');
    expect(lines(file)).toEqual(lines(join(ROOT, '.github/demo.svg')));
  } finally {
    rmSync(directory, { recursive: true });
  }
}, 60_000);
