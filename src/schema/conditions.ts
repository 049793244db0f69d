// What people type to choose rows, their order and their columns, as data. Knows no rows.

/** A row holds it, or does not. @property key dotted: `owner.email` */
export type Condition = { readonly key: string; readonly operator: '=' | '!=' | '~'; readonly text: string };

export type Order = { readonly key: string; readonly isDescending: boolean };

type Complaint = { readonly why: string; readonly near?: string };

const FORM = /^\s*([^=!~<>]*[^=!~<>\s])(\s*)(!=|=|~)(.*)$/s;

/** `status=FAILED`, `owner.email!=a@example.com`, `name~report`; blanks around the sign are no part of the text. */
export function decodeCondition(text: string): { readonly value: Condition } | Complaint {
  const [, key = '', blanks = '', sign = '', rest = ''] = FORM.exec(text) ?? [];
  const value = blanks === '' ? rest : rest.trimStart();
  if (key === '') return { why: 'is not key=value, key!=value or key~text' };
  if (sign === '=' && value.startsWith('=')) return { why: 'has two =', near: `${key}=${value.replace(/^=+\s*/, '')}` };
  if (sign === '~' && value === '') return { why: 'has no text behind ~' };
  return { value: { key, operator: sign as Condition['operator'], text: value } };
}

/** `created_at`, `created_at:desc` */
export function decodeOrder(text: string): { readonly value: Order } | Complaint {
  const [, key = '', way = ''] = /^([^:]*)(?::(.*))?$/s.exec(text.trim()) ?? [];
  const name = key.replace(/^[-+]/, '');
  const near = `${name}${key.startsWith('-') || /^:?d/i.test(way) ? ':desc' : ''}`;
  if (key !== name || key === '' || !['', 'asc', 'desc'].includes(way) || text.trim().endsWith(':'))
    return { why: 'is not key or key:desc', ...(name !== '' && { near }) };
  return { value: { key, isDescending: way === 'desc' } };
}

/** `id,name,owner.email` */
export function decodeNames(text: string): { readonly value: readonly string[] } | Complaint {
  const names = text.split(',').map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const near = names.filter(Boolean).join(',');
  if (near === '') return { why: 'names no column' };
  if (names.includes('')) return { why: 'has an empty name between its commas', near };
  return twice === undefined ? { value: names } : { why: `names ${twice} twice` };
}
