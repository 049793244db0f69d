// bulk-ingest of the compiled binary, killed and cut off at random moments, and gone on with until it is done: nothing is
// missing at the backend then, and nothing is there twice.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Break, type FlakyWay, startFlakyWay } from '../backend/flaky.ts';
import { ADMIN_KEY, TENANT, USER } from '../backend/server.ts';
import { createSite, finish, type Site } from '../binary.ts';
import { hashOf } from '../ingest/folder.ts';

const FILES = [
  'a.pdf',
  'b.pdf',
  'one/c.pdf',
  'one/d.pdf',
  'one/two/e.pdf',
  'one/two/f.pdf',
  'three/g.pdf',
  'three/h.pdf',
];
const SEEDS = [1, 2, 3, 4];
const MOST_RUNS = 60;

let site: Site;
let way: FlakyWay | undefined;
beforeEach(() => {
  site = createSite({ ADMIN_API_KEY: ADMIN_KEY });
  for (const path of FILES) {
    mkdirSync(dirname(join(site.home, 'docs', path)), { recursive: true });
    writeFileSync(join(site.home, 'docs', path), `contents of ${path}`.repeat(500));
  }
});
afterEach(async () => {
  way?.stop();
  await site.remove();
});

/** The same numbers from 0 to 1 for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Asked for each request of a run, counted from 1. @property kill ends kscli at once */
type Trouble = (number: number, kill: (signal: 'SIGKILL' | 'SIGINT') => void) => Break;

/** Signed in, and started again with its report until it ends with 0: the exit codes of all runs. */
async function persist(flags: readonly string[], begin: () => Trouble): Promise<number[]> {
  let choose: (number: number) => Break = () => 'none';
  let before = 0;
  let all = 0;
  way = await startFlakyWay(site.backend.url, (number) => {
    all = number;
    return choose(number - before);
  });
  const env = { KSCLI_BASE_URL: way.url };
  await site.run(`assume-user --tenant-id ${TENANT} --user-id ${USER}`, env);
  const exits: number[] = [];
  while (exits.at(-1) !== 0 && exits.length < MOST_RUNS) {
    const report = exits.length === 0 ? '--report' : '--resume';
    const line = ['folders', 'bulk-ingest', 'docs', '--path-part-id', USER, report, 'report.jsonl', '--parallel', '3'];
    before = all;
    const trouble = begin();
    const running: { child?: ReturnType<Site['start']> } = {};
    choose = (number) => trouble(number, (signal) => running.child?.kill(signal));
    running.child = site.start([...line, ...flags], env);
    const { exit, stderr } = await finish(running.child);
    expect(stderr).not.toContain('Internal error');
    exits.push(exit ?? -1);
  }
  return exits;
}

/** Each path of the tree at the backend, with the hashes of all its versions. */
function listArrived(): string[] {
  const { store } = site.backend.resources;
  const folders = store.rows('folders');
  const pathOf = (part: unknown): string => {
    const folder = folders.find(({ path_part_id }) => path_part_id === part);
    return folder ? `${pathOf(folder['parent_path_part_id'])}${folder['name']}/` : '';
  };
  const made = folders.filter(({ name }) => ['one', 'two', 'three'].includes(String(name)));
  const documents = store.rows('documents').map((row) => {
    const versions = store.rows('document_versions').filter(({ document_id }) => document_id === row['id']);
    const hashes = versions.map(({ system_metadata }) => (system_metadata as { hash: string }).hash);
    return `${pathOf(row['parent_path_part_id'])}${row['name']} ${hashes.join(' ')}`;
  });
  return [...made.map((row) => pathOf(row['path_part_id'])), ...documents].sort();
}

function expected(): string[] {
  const documents = FILES.map((path) => `${path} ${hashOf(`contents of ${path}`.repeat(500))}`);
  return ['one/', 'one/two/', 'three/', ...documents].sort();
}

/** Every file of the report, by the last word on it. */
function readStates(): string[] {
  const lines = readFileSync(join(site.home, 'report.jsonl'), 'utf8').trimEnd().split('\n');
  const states = new Map(lines.slice(1).map((line) => [JSON.parse(line).path, JSON.parse(line).state]));
  return [...states].map(([path, state]) => `${path} ${state}`).sort();
}

const BREAKS: readonly Break[] = ['request', 'answer', 'half'];

function pick(random: () => number): Break {
  return BREAKS[Math.floor(random() * BREAKS.length)] ?? 'none';
}

/** One of the requests of a run ends it. */
const killed = (signal: 'SIGKILL' | 'SIGINT') => (random: () => number) => () => {
  const last = 1 + Math.floor(random() * 24);
  const isHeard = random() < 0.5;
  return (number: number, kill: (signal: 'SIGKILL' | 'SIGINT') => void): Break => {
    if (number !== last) return 'none';
    kill(signal);
    return isHeard ? 'none' : 'answer';
  };
};

const brokenOff = (random: () => number) => () => (): Break => (random() < 0.3 ? pick(random) : 'none');

const TROUBLES = [
  ['SIGKILL', killed('SIGKILL')],
  ['SIGINT', killed('SIGINT')],
  ['lost connections and answers', brokenOff],
] as const;

const CASES = TROUBLES.flatMap(([name, make]) => SEEDS.map((seed) => [name, seed, make] as const));

test.each(CASES)('%s, seed %i: nothing is missing, and nothing is there twice', async (_name, seed, make) => {
  const exits = await persist([], make(createRandom(seed)));
  expect(exits.at(-1)).toBe(0);
  expect(listArrived()).toEqual(expected());
  expect(readStates()).toEqual(FILES.map((path) => `${path} uploaded`).sort());
});

test.each(CASES)('%s, seed %i: each document gets one new version', async (_name, seed, make) => {
  await persist([], () => () => 'none');
  way?.stop();
  for (const path of FILES) writeFileSync(join(site.home, 'docs', path), `new contents of ${path}`);
  rmSync(join(site.home, 'report.jsonl'));
  const exits = await persist(['--if-exists', 'version'], make(createRandom(seed)));
  expect(exits.at(-1)).toBe(0);
  const versions = FILES.map(
    (path) => `${path} ${hashOf(`contents of ${path}`.repeat(500))} ${hashOf(`new contents of ${path}`)}`,
  );
  expect(listArrived()).toEqual(['one/', 'one/two/', 'three/', ...versions].sort());
  expect(readStates()).toEqual(FILES.map((path) => `${path} versioned`).sort());
});

test.each(SEEDS)('5xx, seed %i: nothing is missing, and nothing is there twice', async (seed) => {
  const random = createRandom(seed);
  for (const route of ['POST /v1/documents/ingest', 'POST /v1/folders', 'GET /v1/documents'])
    site.backend.troubles.set(route, () =>
      random() < 0.4 ? { status: 500 + Math.floor(random() * 5), isDone: random() < 0.5 } : undefined,
    );
  const exits = await persist([], () => () => 'none');
  expect(exits.at(-1)).toBe(0);
  expect(listArrived()).toEqual(expected());
});
