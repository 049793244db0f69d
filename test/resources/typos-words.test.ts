// A test of the tests: each typo in the rarer words of rows is told.

import { expect, test } from 'bun:test';
import { apiKeys } from '../../src/resources/api-keys.ts';
import { chunks } from '../../src/resources/chunks.ts';
import { documentVersions } from '../../src/resources/document-versions.ts';
import { documents } from '../../src/resources/documents.ts';
import { feedback } from '../../src/resources/feedback.ts';
import { invites } from '../../src/resources/invites.ts';
import { sections } from '../../src/resources/sections.ts';
import { tags } from '../../src/resources/tags.ts';
import { tenants } from '../../src/resources/tenants.ts';
import { threadMessages } from '../../src/resources/thread-messages.ts';
import { users } from '../../src/resources/users.ts';
import { workflows } from '../../src/resources/workflows.ts';
import { color, object, text, time, upload, uuid } from '../../src/schema/fields.ts';
import { complainOf, type Typo } from './complain.ts';

const QUERY = { query: text('Search text', { required: true, min: 1 }) } as const;
const TAG_NAME = { name: text('Tag name', { required: true, min: 1, max: 100 }) } as const;
const PART = { path_part_id: uuid('Path part', { required: true }) } as const;
const FILE = { file: upload('File', { required: true }) } as const;

const TYPOS: Readonly<Record<string, Typo>> = {
  'a bound of a text': [
    tags,
    'create',
    { body: { name: text('Tag name', { required: true, min: 1, max: 10 }) } },
    'tags create: the bounds of name are 1..100, not 1..10',
  ],
  'a text that is a time': [
    threadMessages,
    'list',
    { query: { before: text('Before') } },
    'thread-messages list: before is of the kind time, not text',
  ],
  'a time that is a text': [
    invites,
    'list',
    { query: { email: time('Email') } },
    'invites list: email is of the kind text, not time',
  ],
  'a default of the server': [
    tags,
    'create',
    { body: { ...TAG_NAME, color: color('Color', { serverDefault: 'ffffff' }) } },
    "tags create: the server's default of color is 000000, not ffffff",
  ],
  'a key beside the flags': [
    chunks,
    'search',
    { body: { ...QUERY, filters: object('Filters', { isMerged: true, keys: ['score'] }) } },
    'chunks search: score is not described in the body',
  ],
  'a key that an older one became': [
    chunks,
    'search',
    {
      body: { ...QUERY, filters: object('Filters', { isMerged: true, keys: [], formerKeys: { chunk_type: 'types' } }) },
    },
    'chunks search: types is not described in the body',
  ],
  'a key that an object needs': [
    documentVersions,
    'update',
    { body: { pipeline_state: object('State', { needs: { state: ['pending'] } }) } },
    'document-versions update: pipeline_state needs status: pending, processing, completed, failed, cancelled',
  ],
  'an object of texts': [
    tenants,
    'update',
    { body: { 'settings.theme_overrides': object('Theme') } },
    'tenants update: the values of settings.theme_overrides are texts',
  ],
  'a part of a form': [
    documents,
    'ingest',
    { form: { ...PART, ...FILE, title: text('Title') } },
    'documents ingest: title is not described in the body',
  ],
  'a file that is none': [
    documents,
    'ingest',
    { form: { ...PART, ...FILE, name: upload('Name') } },
    'documents ingest: name is of the kind text, not upload',
  ],
  'a form that is a body': [
    documents,
    'new-version',
    { body: FILE, form: undefined } as never,
    'documents new-version: name is not described in file',
    'documents new-version: path is not described in file',
    'documents new-version: sends application/json, not multipart/form-data',
  ],
  'a need that the server has too': [
    invites,
    'create',
    { body: { email: text('Email', { required: 'here' }), tenant_id: uuid('Tenant', { required: true }) } },
    'invites create: email is required there too',
  ],
  'two fields of one key': [
    chunks,
    'create',
    { body: { version_id: uuid('Version', { key: 'parent_id' }) }, oneOf: [] },
    'chunks create: parent_id is not described in the body',
    'chunks create: chunk_metadata is required, but not here',
    'chunks create: chunk_type is required, but not here',
    'chunks create: content is required, but not here',
    'chunks create: parent_path_id is required, but not here',
  ],
  'the workflow of an answer': [
    sections,
    'dissolve',
    { waitsFor: 'workflow' },
    'sections dissolve: workflow_id is not in the answer',
  ],
  'the secret of an answer': [
    apiKeys,
    'create',
    { secretKey: 'secret' },
    'api-keys create: secret is not in the answer',
  ],
  'the errors of an answer': [
    tenants,
    'directory-sync',
    { errorsKey: 'error' },
    'tenants directory-sync: error is not in the answer',
  ],
  'an answer without an id': [apiKeys, 'describe', { id: false }, 'api-keys describe: the answer has an id'],
  'the id of a former path': [
    workflows,
    'describe',
    { formerly: { method: 'GET', path: '/v1/workflows/{id}' } },
    'workflows describe: id is not in the path',
  ],
  'a request that is described after all': [
    tags,
    'create',
    { unknownMessage: 'this server creates no tags' },
    'tags create: POST /v1/tags is described after all',
  ],
  'the sentence for a change': [
    feedback,
    'create',
    { changedMessage: 'Changed {reason}' },
    'feedback create: {reason} in a sentence is no required field',
  ],
  'a name that is there twice': [
    users,
    'update',
    { body: { first_name: text('First name'), last_name: text('Last name', { flag: 'first-name' }) } },
    'users update: first-name is there twice',
  ],
};

test.each(Object.entries(TYPOS))('%s is told', async (_title, typo) => {
  const [, , , ...told] = typo;
  expect((await complainOf(typo)).toSorted()).toEqual(told.toSorted());
});
