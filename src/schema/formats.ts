// The formats in which a result can be printed, by the names that people type.

export const FORMATS = ['table', 'json', 'jsonl', 'yaml', 'csv', 'tsv', 'id-only', 'tree'] as const;
export type Format = (typeof FORMATS)[number];
