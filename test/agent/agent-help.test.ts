// kscli agent-help: the surface, for a program that is to run kscli.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { COMMANDS } from '../../src/commands/index.ts';
import { EXIT, EXIT_MEANINGS, FAILURE_KINDS, Failure, type FailureKind } from '../../src/errors.ts';
import { createHome, type Home } from '../kscli.ts';
import { ask } from './ask.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('the text names every command once, and says what changes something', async () => {
  const text = await home.kscli('agent-help');
  const commands = (await ask(home)).commands.map(({ command }) => command);
  for (const command of commands) expect(text.match(new RegExp(`^kscli ${command} [^\\n]*# `, 'gm'))).toHaveLength(1);
  expect(text).toContain(
    '\nkscli tags attach <tag-id> --path-part-id <path|id> [--only] [--yes] # Attach a tag to a path part [write]\n',
  );
  expect(text).toMatch(/\nkscli folders delete <folder-id>\.\.\. .* \[delete\]\n/);
  expect(text).toMatch(/\nkscli folders list .* # List folders, or the contents of one\n/);
  expect(text).toContain(
    'kscli chunks create (--version-id <uuid> | --section-id <uuid>) (--content <text> | --content-file <file>) [',
  );
});

test('a group or a command can be asked for alone', async () => {
  expect(await home.kscli('agent-help sessions')).toMatchInlineSnapshot(`
    "$ kscli agent-help sessions
    kscli sessions list # Show every session, from its file alone
    kscli sessions remove [name]... [--ended] [--all] # Remove named sessions from this machine [delete]
    exit 0"
  `);
  expect(await home.kscli('agent-help tags describe')).toMatchInlineSnapshot(`
    "$ kscli agent-help tags describe
    kscli tags describe <tag-id>... # Show a tag
    exit 0"
  `);
  expect((await ask(home, 'settings')).commands.map(({ command }) => command)).toEqual([
    'settings show',
    'settings set',
    'settings unset',
    'settings environment',
  ]);
  // And not those of thread-messages.
  expect((await ask(home, 'threads')).commands.filter(({ command }) => !command.startsWith('threads '))).toEqual([]);
});

test.each([
  ['agent-help foldrs', "'foldrs' is no group or command", "Did you mean 'kscli folders'?"],
  ['agent-help folders lst', "'lst' is no group or command", "Did you mean 'kscli folders list'?"],
])('a word that names nothing is wrong usage: kscli %s', async (line, message, question) => {
  expect(await home.kscli(line)).toBe(`$ kscli ${line}
! Error: <group>: ${message}
! ${question}
! Usage: kscli agent-help [group]... [options]
exit 64`);
});

test('the index names all that there is, for less than 300 tokens of four characters', async () => {
  const shown = await home.kscli('agent-help --index');
  const text = shown.split('\n').slice(1, -1).join('\n');
  for (const name of Object.keys(COMMANDS.commands)) expect(text.split(/[\s:]+/)).toContain(name);
  expect(text.length / 4).toBeLessThan(300);
  expect(await home.kscli('agent-help --index folders')).toMatchInlineSnapshot(`
    "$ kscli agent-help --index folders
    ! Error: --index and a group cannot be used together
    ! Usage: kscli agent-help [group]... [options]
    exit 64"
  `);
});

test('a command is told with its arguments, flags, effect and exit codes', async () => {
  const { commands } = await ask(home, 'invites create');
  expect(commands).toMatchInlineSnapshot(`
    [
      {
        "command": "invites create",
        "effect": "write",
        "examples": [
          "kscli invites create --email user@example.com --role USER",
        ],
        "exit_codes": [
          0,
          1,
          2,
          3,
          4,
          64,
          130,
        ],
        "flags": [
          {
            "default_from": "credentials",
            "name": "tenant-id",
            "summary": "Tenant",
            "type": "uuid",
          },
          {
            "name": "email",
            "required": true,
            "summary": "Email address",
            "type": "text",
          },
          {
            "choices": [
              "USER",
              "OWNER",
              "ADMIN",
            ],
            "name": "role",
            "required": true,
            "summary": "Role in the tenant",
            "type": "choice",
          },
        ],
        "summary": "Create an invite",
        "usage": "kscli invites create [--tenant-id <uuid>] --email <text> --role <USER|OWNER|ADMIN>",
      },
    ]
  `);
});

test('a default is told, also where the command itself adds it', async () => {
  const [list] = (await ask(home, 'tags list')).commands;
  expect<object | undefined>(list?.flags?.find(({ name }) => name === 'limit')).toEqual({
    name: 'limit',
    short: 'l',
    type: 'integer',
    min: 1,
    max: 100,
    default: 20,
    summary: 'Maximum rows',
  });
});

test('effects are those of the requests; a command that can do anything is told as the worst', async () => {
  const { commands } = await ask(home);
  const effects = Object.fromEntries(commands.map(({ command, effect }) => [command, effect]));
  expect(effects).toMatchObject({
    whoami: 'read',
    'tags list': 'read',
    'chunks search': 'read',
    'tags create': 'write',
    'tags update': 'write',
    'tags delete': 'delete',
    'assume-user': 'write',
    login: 'write',
    logout: 'delete',
    'sessions remove': 'delete',
    api: 'delete',
    exec: 'delete',
  });
  for (const { exit_codes } of commands)
    for (const code of exit_codes) expect(EXIT_MEANINGS).toHaveProperty(String(code));
});

test('every exit code has a meaning', () => {
  const failures = FAILURE_KINDS.map((kind) => new Failure(kind as FailureKind).exitCode);
  const { terminated: _, ...others } = EXIT;
  for (const code of [...failures, ...Object.values(others)]) expect(EXIT_MEANINGS).toHaveProperty(String(code));
});

test.each(['jsonl', 'id-only', 'yaml'])('the format %s has one command after the other', async (format) => {
  const lines = (await home.kscli(`agent-help tags list -f ${format}`)).split('\n').slice(1, -1);
  expect(lines.join('\n')).toContain(format === 'yaml' ? 'command: tags list' : 'tags list');
  if (format !== 'yaml') expect(lines).toHaveLength(1);
});
