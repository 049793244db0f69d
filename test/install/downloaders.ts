// The programs that install.sh can download with: those of them that are here, each on a machine without the others.

import { hasTool, sayNotRun } from '../where.ts';
import { addTool, type Machine, makeMachineWithMirror, removeTools } from './machine.ts';

const WANTED = ['curl', 'wget', 'busybox'];

/** busybox is its own wget. */
export const DOWNLOADERS: readonly string[] = WANTED.filter((name) => {
  if (hasTool(name)) return true;
  sayNotRun(name, `downloads with ${name}`);
  return false;
});

export function makeMachineWith(downloader: string): Machine {
  const machine = makeMachineWithMirror({ platforms: ['linux-x64'] });
  removeTools(machine, 'curl', 'wget');
  addTool(machine, downloader === 'busybox' ? 'wget' : downloader, downloader);
  return machine;
}
