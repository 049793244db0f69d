// kscli workflow-definitions: work that a machine of the customer's does on documents, when it is invoked.

import { Failure } from '../errors.ts';
import { choice, idOf, integer, negatable, text } from '../schema/fields.ts';
import type { Ask, Given, Prepared } from '../schema/operations.ts';
import { defineResource, getEach, list, post, put, remove } from '../schema/rows.ts';
import { RUN_COLUMNS } from './workflow-runs.ts';

const RUNNER = {
  'runner_config.url': text('Address of the machine', {
    flag: 'runner-url',
    min: 1,
    max: 2083,
    requires: 'runner_config.webhook_secret',
    example: 'https://runner.example.com',
  }),
  'runner_config.webhook_secret': text('Secret that the machine knows kscli by', {
    file: 'secret',
    requires: 'runner_config.url',
  }),
} as const;
const SECONDS = { placeholder: 'n', min: 60, max: 86400 } as const;
const TEMPLATE = idOf('path part', 'Path part of the template');
const MANY = { maxCount: 20, placeholder: 'path' } as const;

export const workflowDefinitions = defineResource({
  name: 'workflow-definitions',
  columns: ['id', 'name', 'runner_type', 'is_active', 'max_run_duration_seconds', 'updated_at'],
  operations: {
    list: list('/v1/workflow-definitions', { summary: 'List definitions' }),
    describe: getEach('/v1/workflow-definitions/{definition_id}', { summary: 'Show a definition' }),
    create: post('/v1/workflow-definitions', {
      summary: 'Create a definition',
      body: {
        name: text('Name of the definition', { short: 'n', required: true, max: 255 }),
        description: text('Description'),
        runner_type: choice('Kind of machine', ['SELF_HOSTED'], { default: 'SELF_HOSTED' }),
        ...RUNNER,
        max_run_duration_seconds: integer('Longest time of a run, in seconds', { ...SECONDS, serverDefault: 300 }),
        source_path_part_ids: idOf('path part', 'Path part to work on', { ...MANY, required: true }),
        instruction_path_part_ids: idOf('path part', 'Path part of instructions', { ...MANY, required: true }),
        output_path_part_ids: idOf('path part', 'Path part for results', { ...MANY, required: true }),
        template_path_part_id: TEMPLATE,
      },
    }),
    update: put('/v1/workflow-definitions/{definition_id}', {
      summary: 'Change a definition',
      body: {
        name: text('New name', { short: 'n', max: 255 }),
        description: text('New description'),
        runner_type: choice('Kind of machine', ['SELF_HOSTED']),
        ...RUNNER,
        max_run_duration_seconds: integer('New longest time of a run, in seconds', SECONDS),
        source_path_part_ids: idOf('path part', 'Path part to work on', { ...MANY }),
        instruction_path_part_ids: idOf('path part', 'Path part of instructions', { ...MANY }),
        output_path_part_ids: idOf('path part', 'Path part for results', { ...MANY }),
        template_path_part_id: TEMPLATE,
        is_active: negatable('Whether it can be invoked'),
      },
      prepare: keepTheRest,
    }),
    delete: remove('/v1/workflow-definitions/{definition_id}', 'workflow definition'),
    invoke: post('/v1/workflow-definitions/{definition_id}/invoke', {
      summary: 'Invoke a definition: begin a run',
      body: { idempotency_key: text('Key under which a run is begun only once', { max: 255 }) },
      columns: RUN_COLUMNS,
    }),
    runs: list('/v1/workflow-definitions/{definition_id}/runs', {
      summary: 'List the runs of a definition',
      columns: RUN_COLUMNS,
    }),
  },
});

const KEPT = [
  'name',
  'description',
  'runner_type',
  'max_run_duration_seconds',
  'source_path_part_ids',
  'instruction_path_part_ids',
  'output_path_part_ids',
  'template_path_part_id',
  'is_active',
] as const;

/** The request replaces the whole: what no flag changes is sent as it is. */
async function keepTheRest(given: Given, ask: Ask): Promise<Prepared> {
  const present = await ask(`/v1/workflow-definitions/${given['definition_id']}`);
  for (const key of [...KEPT, 'runner_config']) {
    // Sent without it, the definition would lose it.
    if (present[key] === undefined)
      throw new Failure('answer', `The server named no ${key.replaceAll('_', ' ')}. Nothing was changed`);
  }
  if (present['runner_config'] !== null && given['runner_config.url'] === undefined) throw lackingSecret();
  const kept = KEPT.filter((key) => given[key] === undefined && present[key] !== null);
  return { body: Object.fromEntries(kept.map((key) => [key, present[key]])) };
}

function lackingSecret(): Failure {
  return new Failure('usage', 'The definition has a runner: give --runner-url and --webhook-secret-file', {
    lines: ['An update replaces the whole, and the server tells nobody the secret. Nothing was changed.'],
  });
}
