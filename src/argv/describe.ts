// A field → the sentence that help has for it.

import type { Field } from '../schema/fields.ts';
import { flagList, isLongChoice } from './notation.ts';

/** `Maximum rows (1 to 100; default: 20)` */
export function describeField(field: Field): string {
  const { summary, required, requires, conflictsWith, maxCount, takesLines, aliases, notes: more } = field;
  const notes = [
    required ? 'required' : '',
    describeLimits(field),
    requires ? `needs --${requires}` : '',
    conflictsWith ? `not with ${flagList(conflictsWith)}` : '',
    maxCount && !takesLines ? `repeatable up to ${maxCount} times` : '',
    takesLines ? 'one or more; - reads them from standard input, one a line' : '',
    more ?? '',
    aliases ? `also ${flagList(aliases)}` : '',
    describeDefault(field),
  ].filter(Boolean);
  return notes.length === 0 ? summary : `${summary} (${notes.join('; ')})`;
}

function describeLimits(field: Field): string {
  if (field.kind === 'object' && field.keys) return `keys ${field.keys.join(', ')}`;
  if (field.kind === 'upload' && field.endings) return field.endings.map((ending) => `.${ending}`).join(', ');
  if (field.kind === 'text') return describeLength(field);
  if (field.kind === 'choice' && isLongChoice(field)) return `one of ${field.choices.join(', ')}`;
  if (field.kind !== 'integer' && field.kind !== 'number') return '';
  const { min, max } = field;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  return min === undefined ? '' : `at least ${min}`;
}

function describeLength({ min = 0, max }: { readonly min?: number; readonly max?: number }): string {
  if (max === undefined) return min > 0 ? 'not empty' : '';
  return min > 0 ? `${min} to ${max} characters` : `at most ${max} characters`;
}

/** The value of a flag that is not given. */
export function describeDefault({ default: own, serverDefault, from }: Field): string {
  const value = own ?? serverDefault;
  if (from) return 'default: from the credentials';
  return value === undefined ? '' : `default: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
