// bun run bench: every figure of the README in one run. `bun test/bench/run.ts whoami` measures one section alone, and
// `--quick` with few rounds.

import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareBinaries } from './binaries.ts';
import { benchInstall } from './install.ts';
import { benchJournal } from './journal.ts';
import { benchLists } from './lists.ts';
import { benchMany } from './many.ts';
import { benchOutput } from './output.ts';
import { benchPeers } from './peers.ts';
import { type Figure, print } from './report.ts';
import { benchSessions } from './sessions.ts';
import { benchTexts, benchWhoami } from './start.ts';
import { benchUpload } from './upload.ts';

const words = Bun.argv.slice(2);
const rounds = words.includes('--quick') ? 7 : 41;
const directory = mkdtempSync(join(tmpdir(), 'kscli-bench-'));
try {
  const binaries = await prepareBinaries(directory);
  const sections: Readonly<Record<string, () => Promise<Figure[]>>> = {
    texts: () => benchTexts(binaries, rounds),
    whoami: () => benchWhoami(binaries, rounds, directory),
    lists: () => benchLists(binaries, Math.ceil(rounds / 3)),
    output: () => benchOutput(binaries, Math.ceil(rounds / 4)),
    many: () => benchMany(binaries, rounds),
    sessions: () => benchSessions(binaries, rounds),
    journal: () => benchJournal(binaries, rounds),
    upload: () => benchUpload(binaries),
    peers: () => benchPeers(binaries, rounds, directory),
    install: benchInstall,
  };
  const wanted = words.filter((word) => !word.startsWith('-'));
  const unknown = wanted.find((word) => !Object.hasOwn(sections, word));
  if (unknown !== undefined) throw new Error(`${unknown} is not one of ${Object.keys(sections).join(', ')}`);
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(sections)) {
    if (wanted.length === 0 || wanted.includes(name)) figures.push(...(await measure()));
  }
  const machine = `${process.platform} ${process.arch}, ${cpus().length} cores, ${cpus()[0]?.model.trim()}`;
  console.log(`${machine}, Bun ${Bun.version}, ratios are medians of ${rounds} pairs\n`);
  print(figures);
} finally {
  rmSync(directory, { recursive: true });
}
