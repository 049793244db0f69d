// The examples of a group: those of the commands that people begin with.

import { type Group, isBranch, isGroup, type Node } from './command.ts';

const FIRST = ['search', 'list', 'ingest', 'describe', 'create'];
const MOST = 3;

/** Its own ones, else one of each of the first commands. */
export async function pickExamples({ examples, commands }: Group): Promise<readonly string[]> {
  if (examples) return examples;
  const names = Object.keys(commands);
  const first = FIRST.filter((name) => names.includes(name));
  const chosen = [...new Set([...first, ...names])].slice(0, MOST);
  return (await Promise.all(chosen.map((name) => findExample(commands[name])))).flat();
}

async function findExample(node: Node | undefined): Promise<string[]> {
  if (node === undefined || isBranch(node) || isGroup(node)) return [];
  return (await node.load()).examples.slice(0, 1);
}
