// A command: data that help and the parser read, and one function. The tree of commands is data too.

import type { Context } from '../context.ts';
import type { CommandResult, Readable } from '../output/result.ts';
import type { Fields, Input } from '../schema/fields.ts';

/** Of whatever asks the server: who is asking, what for, with which values. */
export const SERVER_EXITS: readonly number[] = [2, 3, 4];

/** The most that a command does, at the server or to what kscli keeps on this machine. */
export type Effect = 'read' | 'write' | 'delete';

export type Command<O extends Fields = Fields, A extends Fields = Fields> = {
  /** Keyed by flag, without the dashes. */
  readonly flags: O;
  /** In the order in which they are typed. */
  readonly args: A;
  /** Lines that work when pasted. */
  readonly examples: readonly string[];
  readonly effect: Effect;
  /** Exit codes of its own, beside those that every command has. */
  readonly exits?: readonly number[];
  /** Runs though settings are wrong: a wrong one has its default, and stands among the problems. */
  readonly isLenient?: boolean;
  /** The exit code of every failure of its own. */
  readonly failureExit?: number;
  /** Rules about several flags. */
  readonly constraints?: Constraints<keyof O & string>;
  readonly run: (input: Input<O> & Input<A>, context: Context) => Promise<CommandResult>;
  /** The data that it shows, to the last page: of a command that only reads, and no other. */
  readonly read?: (input: Input<O> & Input<A>, context: Context) => Promise<Readable>;
  /** Names its sessions itself: the one of the environment is not its. */
  readonly hasOwnSessions?: boolean;
};

export type Constraints<Flag extends string = string> = {
  /** Groups of flags of which one is needed, and no more. */
  readonly oneOf?: readonly (readonly Flag[])[];
  /** Flags of an update, which changes something or is none. */
  readonly anyOf?: readonly Flag[];
};

/** A command as the tree holds it; its module is loaded when it is called or described. */
export type Leaf = { readonly summary: string; readonly load: () => Promise<Command> };

export type Group = {
  readonly summary: string;
  readonly commands: Readonly<Record<string, Node>>;
  readonly examples?: readonly string[];
  /** Names of commands under titles, as help lists them; each stands in one. */
  readonly blocks?: Readonly<Record<string, readonly string[]>>;
};

/** A group whose commands are loaded when one of them is called or listed. */
export type Branch = { readonly summary: string; readonly open: () => Promise<Group> };

export type Node = Leaf | Group | Branch;

/** The end of the words: a command, or a group when they stop there. */
export type Route = { readonly path: readonly string[]; readonly node: Leaf | Group };

export function isBranch(node: Node): node is Branch {
  return 'open' in node;
}

export function isGroup(node: Node): node is Group {
  return 'commands' in node;
}

/** Keeps the types of the fields for `run`, and forgets them for the tree. */
export function defineCommand<const O extends Fields<keyof O & string>, const A extends Fields>(
  command: Command<O, A>,
): Command {
  return command as unknown as Command;
}
