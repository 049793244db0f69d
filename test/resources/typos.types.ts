// A test of the types, which tsc runs: each line below an expected error holds one typo, and an error that does not come fails.

import { type Command, defineCommand } from '../../src/argv/command.ts';
import { choice, flag, integer, object, text, time, upload, uuid } from '../../src/schema/fields.ts';
import { del, get, list, patch, post, put, remove } from '../../src/schema/rows.ts';

const summary = 'Show a tag';
const NAME = { name: text('Name') } as const;
const run: Command['run'] = async () => ({ show: { data: null } });

/** Without a typo there is no error. */
export const right = [
  list('/v1/folders/{folder_id}', {
    summary,
    pathFlags: { folder_id: uuid('Folder', { required: true }) },
    query: {
      depth: integer('Depth', { requires: 'contents' }),
      parent: uuid('Parent', { conflictsWith: ['contents'] }),
    },
    clientOnly: { contents: flag('Contents', { requires: 'depth' }) },
    oneOf: ['parent', 'contents'],
    successMessage: 'Listed {folder_id} below {parent}',
  }),
  post('/v1/tags/{tag_id}', {
    summary,
    args: { tag_id: text('Tag') },
    body: { ...NAME, 'of.other': text('Other', { isArgument: true, min: 1, max: 5 }) },
    formerly: { method: 'POST', path: '/v1/tag/{tag_id}?action=x', isReadAsId: true },
    successMessage: 'Did {name}, {of.other}',
    changedMessage: 'Changed {tag_id}',
    waitsFor: 'workflow',
  }),
  put('/v1/tags/{tag_id}', {
    summary,
    form: {
      title: text('Title'),
      file: upload('File', { nameKey: 'title', endings: ['png'], maxBytes: 1 }),
      after: time('Time', { requires: 'title' }),
    },
    id: false,
    secretKey: 'key',
  }),
  remove('/v1/tags/{tag_id}', 'tag', {
    query: { force: flag('Force', { requires: 'reason' }), reason: text('Reason') },
  }),
  defineCommand({
    effect: 'read',
    flags: { a: flag('A', { requires: 'b' }), b: text('B', { conflictsWith: ['a'] }) },
    args: {},
    examples: [],
    constraints: { oneOf: [['a', 'b']] },
    run,
  }),
];

export const wrong = [
  // @ts-expect-error a sentence names what is no field
  del('/v1/tags/{tag_id}', { summary, successMessage: 'Deleted tag {tagid}' }),
  // @ts-expect-error so does a question
  del('/v1/tags/{tag_id}', { summary, query: NAME, confirmation: 'Delete {name} {nam}' }),
  // @ts-expect-error a field requires what is no flag, here by its flag's name
  get('/v1/tags', { summary, query: { a: flag('A', { requires: 'b-c' }), b_c: text('B') } }),
  // @ts-expect-error a field conflicts with what is no flag
  get('/v1/tags', { summary, query: { a: flag('A', { conflictsWith: ['b-c'] }), b_c: text('B') } }),
  // @ts-expect-error one of several is no flag
  post('/v1/tags', { summary, body: { a: text('A'), b: text('B') }, oneOf: ['a', 'c'] }),
  // @ts-expect-error a list checks what it is given
  list('/v1/tags', { summary, query: { a: flag('A', { requires: 'c' }) } }),
  // @ts-expect-error and so does a row that removes
  remove('/v1/tags/{tag_id}', 'tag', { query: { a: flag('A', { requires: 'c' }) } }),
  // @ts-expect-error a flag of the path is not in the path
  get('/v1/tags/{tag_id}', { summary, pathFlags: { tagid: uuid('Tag', { required: true }) } }),
  // @ts-expect-error a word of rows is misspelt
  get('/v1/tags', { summary, colums: ['id'] }),
  // @ts-expect-error a word of fields is misspelt
  patch('/v1/tags', { summary, body: { name: text('Name', { requird: true }) } }),
  // @ts-expect-error a default is none of the choices
  post('/v1/tags', { summary, body: { kind: choice('Kind', ['A', 'B'], { default: 'C' }) } }),
  // @ts-expect-error only some fields have bounds
  post('/v1/tags', { summary, body: { id: uuid('Id', { min: 1 }) } }),
  // @ts-expect-error the former request has an id that this one has not
  get('/v1/tags/{tag_id}', { summary, formerly: { method: 'GET', path: '/v1/tags/{id}' } }),
  // @ts-expect-error the former request has no such method
  get('/v1/tags/{tag_id}', { summary, formerly: { method: 'GETS', path: '/v1/tags/{tag_id}' } }),
  // @ts-expect-error an argument of the path is not in the path
  get('/v1/tags/{tag_id}', { summary, args: { tagid: text('Tag') } }),
  // @ts-expect-error the sentence for a change names what is no field
  post('/v1/tags', { summary, body: NAME, changedMessage: 'Changed {nam}' }),
  // @ts-expect-error a key within an object is misspelt
  post('/v1/tags', { summary, body: { 'of.other': text('Other') }, oneOf: ['of.othr'] }),
  // @ts-expect-error a part of a form requires what is no part
  post('/v1/tags', { summary, form: { file: upload('File', { requires: 'title' }) } }),
  // @ts-expect-error only a workflow or contents are waited for
  post('/v1/tags', { summary, waitsFor: 'content' }),
  // @ts-expect-error a secret comes from a file
  post('/v1/tags', { summary, body: { secret: text('Secret', { file: 'secrets' }) } }),
  // @ts-expect-error only the server and kscli may want a value
  post('/v1/tags', { summary, body: { name: text('Name', { required: 'there' }) } }),
  // @ts-expect-error a word of objects is misspelt
  post('/v1/tags', { summary, body: { more: object('More', { merged: true }) } }),
  // @ts-expect-error a time has no bounds
  get('/v1/tags', { summary, query: { after: time('After', { min: 1 }) } }),
  // @ts-expect-error a command's flag requires what is no flag
  defineCommand({ args: {}, examples: [], run, flags: { a: flag('A', { requires: 'c' }) } }),
  // @ts-expect-error a command's flag conflicts with what is no flag
  defineCommand({ args: {}, examples: [], run, flags: { a: flag('A', { conflictsWith: ['c'] }), b: text('B') } }),
  // @ts-expect-error one of several is no flag of the command
  defineCommand({ args: {}, examples: [], run, flags: NAME, constraints: { oneOf: [['name', 'nam']] } }),
];
