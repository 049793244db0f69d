// What a row must be in itself, whatever the description of the API says: each flaw is a sentence.

import { listArgFields, listFlagFields, nameArg, nameFileFlag, nameFlag } from '../../src/rest/flags.ts';
import type { Field, Fields } from '../../src/schema/fields.ts';
import { listPlaceholders, type Operation, type Resource } from '../../src/schema/operations.ts';

/** The verbs that summaries begin with. */
const VERBS = [
  'Accept Activate Add Attach Cancel Change Copy Create Deactivate Delete Detach Dissolve Embed Find Invoke Link List',
  'Remove Rename Rerun Search Send Show Upload',
].flatMap((line) => line.split(' '));

export function findFlaws({ name, operations }: Resource): string[] {
  return Object.entries(operations).flatMap(([operation, row]) =>
    [
      ...findSummaryFlaws(row),
      ...findTwins(row),
      ...findPathFlaws(row),
      ...findSentenceFlaws(row),
      ...findRelationFlaws(row),
      ...findSafetyFlaws(row),
    ].map((flaw) => `${name} ${operation}: ${flaw}`),
  );
}

function findSummaryFlaws(row: Operation): string[] {
  const isVerb = VERBS.includes(row.summary.split(' ')[0] ?? '');
  const texts = [row, ...Object.values({ ...listFlagFields(row), ...listArgFields(row) })].map(
    ({ summary }) => summary,
  );
  return [
    ...(isVerb ? [] : [`'${row.summary}' does not begin with one of the verbs`]),
    ...texts
      .filter((text) => !/^[A-Z].*[^.]$/.test(text))
      .map((text) => `'${text}' has no capital letter, or a full stop`),
  ];
}

/** Names and letters with two meanings. */
function findTwins(row: Operation): string[] {
  const groups: (Fields | undefined)[] = [row.pathFlags, row.query, row.body, row.form, row.clientOnly];
  const flags = groups
    .flatMap((fields = {}) => Object.entries(fields))
    .filter(([, { isArgument }]) => !isArgument)
    .flatMap(([key, { aliases = [], short = [] }]) =>
      [...new Set([nameFlag(row, key), nameFileFlag(row, key) ?? []].flat()), aliases, short].flat(),
    );
  const names = [...flags, ...Object.keys(listArgFields(row)).map((key) => nameArg(row, key))];
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`);
}

function findPathFlaws({ path, pathFlags, args, formerly }: Operation): string[] {
  const placeholders = listPlaceholders(path);
  const idle = Object.keys({ ...pathFlags, ...args }).filter((key) => !placeholders.includes(key));
  const former = listPlaceholders(formerly?.path ?? '').filter((key) => !placeholders.includes(key));
  return [
    ...(/^(\/(\w|-|\{\w+\})+)+(\?\w+=\w+)?$/.test(path) ? [] : [`${path} is no path`]),
    ...[...idle, ...former].map((key) => `${key} is not in the path`),
  ];
}

/** A sentence names only what is surely known once the command runs. */
function findSentenceFlaws(row: Operation): string[] {
  const known = Object.entries({ ...listFlagFields(row), ...listArgFields(row) }).filter(isAlwaysThere);
  const keys = known.map(([key]) => key);
  return [row.successMessage, row.changedMessage, row.confirmation]
    .flatMap((sentence = '') => listPlaceholders(sentence))
    .filter((key) => !keys.includes(key))
    .map((key) => `{${key}} in a sentence is no required field`);
}

function isAlwaysThere([, field]: [string, Field]): boolean {
  const { required, from, default: own, serverDefault } = field;
  return Boolean(required || from) || own !== undefined || serverDefault !== undefined;
}

function findRelationFlaws(row: Operation): string[] {
  const fields = listFlagFields(row);
  const named = Object.entries(fields).flatMap(([key, { requires, conflictsWith = [] }]) =>
    [...(requires ? [requires] : []), ...conflictsWith].map((other) => [key, other] as const),
  );
  const group = (row.oneOf ?? []).map((other) => ['oneOf', other] as const);
  return [...named, ...group].flatMap(([key, other]) => {
    const field = fields[other];
    if (field === undefined || key === other) return [`${key} names ${other}, which is no other flag`];
    return isAlwaysThere([other, field]) ? [`${key} names ${other}, which is always there`] : [];
  });
}

function findSafetyFlaws({ isSafe, method, path, confirmation }: Operation): string[] {
  if (!isSafe) return [];
  return [
    ...(method === 'POST' ? [] : [`isSafe is for POST; ${method} says it by itself`]),
    ...(path.includes('?') ? ['is safe, but its path ends in a query'] : []),
    ...(confirmation ? ['is safe, but asks first'] : []),
  ];
}
