// The workflows of CI: what can be seen of them here. Pinned, with few permissions, and no text of others in a script.

import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import manifest from '../package.json' with { type: 'json' };

const ROOT = join(import.meta.dir, '..');
const FILES = [...new Bun.Glob('.github/workflows/*.yml').scanSync({ cwd: ROOT, dot: true })].sort();

type Step = { readonly uses?: string; readonly run?: string };
type Job = {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly 'timeout-minutes'?: number;
};
type Workflow = {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
};

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test.each(FILES)('%s: actions are pinned by their commit, with the version behind', (file) => {
  const uses = read(file).match(/uses: .*/g) ?? [];
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((line) => !/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test.each(FILES)('%s: no expression stands in a script, where its text would be run', (file) => {
  const { jobs } = parse(read(file)) as Workflow;
  const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
});

test.each(FILES)('%s: jobs end in time, and read at most, but for the one that publishes', (file) => {
  const { permissions, jobs } = parse(read(file)) as Workflow;
  for (const [name, job] of Object.entries(jobs)) {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(45);
    const granted = Object.entries(job.permissions ?? permissions).filter(([, level]) => level !== 'read');
    expect([name, granted.map(([scope]) => scope)]).toEqual([
      name,
      name === 'publish' ? ['contents', 'id-token', 'attestations'] : [],
    ]);
  }
});

test.each(FILES)('%s: Bun is the pinned one', (file) => {
  const versions = new Set(read(file).match(/bun@[\w.]+/g));
  expect([...versions]).toEqual([manifest.packageManager]);
});
