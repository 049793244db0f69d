// The words of other tools → the ones that mean the same here. Data, and how it is looked up.

import { FORMATS } from '../schema/formats.ts';

type Table = Readonly<Record<string, string>>;

/** By the command here, the words that people try for it. A word may be found more than once: then it meant one of them. */
const COMMANDS: Table = {
  describe: 'get show view info cat inspect read',
  list: 'ls dir all index get show',
  show: 'ls list get view print describe',
  create: 'add new make mkdir insert',
  update: 'edit set modify change rename mv move',
  delete: 'rm remove del destroy rmdir unlink',
  detach: 'rm remove delete del',
  attach: 'add create',
  search: 'find grep query',
  ingest: 'upload put push import add',
  'bulk-ingest': 'upload import sync cp',
  folders: 'dirs directories directory',
  documents: 'docs files file',
  'document-versions': 'versions revisions',
  'tenant-groups': 'groups group teams',
  'api-keys': 'keys apikeys',
  'workflow-definitions': 'definitions',
  'workflow-runs': 'runs',
  reembed: 'reindex embed re-embed',
  find: 'locate where',
  login: 'signin sign-in auth authenticate',
  'assume-user': 'auth use switch su impersonate assume as',
  sessions: 'use switch profile profiles context contexts account accounts',
  whoami: 'status me id',
  doctor: 'status check diagnose ping health',
  logout: 'signout sign-out',
  settings: 'config configure configuration setup env',
  environment: 'env use switch set',
  api: 'curl request call raw http',
  compare: 'diff cmp',
  completion: 'completions autocomplete complete',
  '--help': 'help man usage',
  '--version': 'version',
};

/** By the option here, the names that people try for it. */
const OPTIONS: Table = {
  '--format': 'output out o',
  ...Object.fromEntries(FORMATS.map((format) => [`--format ${format}`, format])),
  '--debug': 'verbose v trace',
  '--version': 'V v',
  '--base-url': 'url endpoint host server',
  '--limit': 'max count size page-size per-page',
  '--yes': 'force y assume-yes',
  '--columns': 'fields select cols column',
  '--where': 'filter match grep',
  '--sort-by': 'sort order order-by sort_by',
};

/** Commands and options of every level; the caller knows which of them there are. */
export function translateCommand(word: string): string[] {
  return lookUp(COMMANDS, word);
}

/** @param typed with its dashes @param value what stands behind it */
export function translateOption(typed: string, value: string | undefined): string[] {
  const found = lookUp(OPTIONS, typed.replace(/^-+/, ''));
  return found.map((option) => (option === '--format' ? (suggestFormat(value)[0] ?? option) : option));
}

/** For a word where other tools take the name of a format. */
export function suggestFormat(word: string | undefined): string[] {
  return FORMATS.some((format) => format === word) ? [`--format ${word}`] : [];
}

function lookUp(table: Table, word: string): string[] {
  return Object.keys(table).filter((ours) => table[ours]?.split(' ').includes(word));
}
