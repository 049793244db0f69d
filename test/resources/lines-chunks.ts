// Lines and their requests: sections and chunks.

import { A, B, C, type Line } from './line.ts';

export const LINES: readonly Line[] = [
  [`sections describe ${A}`, `GET /v1/sections/${A}`],
  [`sections delete ${A}`, `DELETE /v1/sections/${A}`],
  [`sections create --name x --parent-path-id ${A}`, 'POST /v1/sections', { name: 'x', parent_path_id: A }],
  [
    `sections create --name x --parent-path-id ${A} --page-number 3 --prev-sibling-path-id ${B}`,
    'POST /v1/sections',
    { name: 'x', parent_path_id: A, page_number: 3, prev_sibling_path_id: B },
  ],
  [`sections update ${A} --move-to-head`, `PATCH /v1/sections/${A}`, { move_to_head: true }],
  [
    `sections update ${A} --name x --page-number 2 --prev-sibling-path-id ${B}`,
    `PATCH /v1/sections/${A}`,
    { name: 'x', page_number: 2, prev_sibling_path_id: B },
  ],
  [`chunks describe ${A}`, `GET /v1/chunks/${A}`],
  [`chunks delete ${A}`, `DELETE /v1/chunks/${A}`],
  [
    `chunks create --content hi --version-id ${A}`,
    'POST /v1/chunks',
    { parent_path_id: A, content: 'hi', chunk_type: 'TEXT', chunk_metadata: {} },
  ],
  [
    `chunks create --content hi --section-id ${A} --chunk-type TABLE --metadata '{"n":12345678901234567890}'`,
    'POST /v1/chunks',
    { parent_path_id: A, content: 'hi', chunk_type: 'TABLE', chunk_metadata: { n: 'exact' } },
  ],
  [`chunks update ${A} --metadata '{"summary":"s"}'`, `PATCH /v1/chunks/${A}`, { chunk_metadata: { summary: 's' } }],
  [`chunks update-content ${A} --content 'a b'`, `PATCH /v1/chunks/${A}/content`, { content: 'a b' }],
  ['chunks search -q revenue', 'POST /v1/chunks/search', { query: 'revenue', top_k: 10 }],
  [
    `chunks search --query x -l 3 --filters '{"score_threshold":0}'`,
    'POST /v1/chunks/search',
    { score_threshold: 0, query: 'x', top_k: 3 },
  ],
  [
    `chunks search -q x --search-type full_text --parent-path-ids ${A} --parent-path-ids ${B} --tag-ids ${C} --chunk-types TEXT --chunk-types IMAGE --score-threshold 0.25 --no-active-version-only`,
    'POST /v1/chunks/search',
    {
      query: 'x',
      top_k: 10,
      search_type: 'full_text',
      parent_path_ids: [A, B],
      tag_ids: [C],
      chunk_types: ['TEXT', 'IMAGE'],
      score_threshold: 0.25,
      active_version_only: false,
    },
  ],
  [
    'chunks search -q x --active-version-only',
    'POST /v1/chunks/search',
    { query: 'x', top_k: 10, active_version_only: true },
  ],
  [`chunks get-bulk --chunk-ids ${A} --chunk-ids ${B}`, `GET /v1/chunks/bulk?chunk_ids=${A}&chunk_ids=${B}`],
  [`chunks version-chunk-ids --document-version-id ${A}`, `GET /v1/chunks/version-chunk-ids?document_version_id=${A}`],
  [`chunk-lineages describe ${A}`, `GET /v1/chunk-lineages/${A}`],
  [
    `chunk-lineages create --parent-chunk-id ${A} --child-chunk-id ${B}`,
    'POST /v1/chunk-lineages',
    { parent_chunk_ids: [A], chunk_id: B },
  ],
  [
    `chunk-lineages delete --parent-chunk-id ${A} --child-chunk-id ${B}`,
    `DELETE /v1/chunk-lineages?parent_chunk_id=${A}&chunk_id=${B}`,
  ],
  [
    `chunk-lineages delete --parent-chunk-id ${A} --chunk-id ${B}`,
    `DELETE /v1/chunk-lineages?parent_chunk_id=${A}&chunk_id=${B}`,
  ],
  [
    `sections get-bulk --section-ids ${A} --section-ids ${B}`,
    `GET /v1/sections/bulk?section_ids=${A}&section_ids=${B}`,
  ],
  [`sections update ${A} --parent-path-part-id ${B}`, `PATCH /v1/sections/${A}`, { parent_path_part_id: B }],
  [`sections dissolve ${A}`, `POST /v1/sections/${A}/dissolve`],
  [`chunks describe ${A} --with-document`, `GET /v1/chunks/${A}?with_document=true`],
  [
    `chunks create --content hi --version-id ${A} --chunk-type HTML --prev-sibling-path-id ${B}`,
    'POST /v1/chunks',
    { parent_path_id: A, content: 'hi', chunk_type: 'HTML', chunk_metadata: {}, prev_sibling_path_id: B },
  ],
  [
    `chunks update ${A} --parent-path-part-id ${B} --move-to-head`,
    `PATCH /v1/chunks/${A}`,
    { parent_path_part_id: B, move_to_head: true },
  ],
  [`chunks update ${A} --prev-sibling-path-id ${B}`, `PATCH /v1/chunks/${A}`, { prev_sibling_path_id: B }],
  [
    `chunks search -q x --search-type hybrid --hybrid-profile sparse --dense-weight 0.2 --sparse-weight 0.8 --ingestion-time-after 2026-02-23t12:00:00+01:00 --with-document`,
    'POST /v1/chunks/search',
    {
      query: 'x',
      top_k: 10,
      search_type: 'hybrid',
      hybrid_profile: 'sparse',
      dense_weight: 0.2,
      sparse_weight: 0.8,
      ingestion_time_after: '2026-02-23T12:00:00+01:00',
      with_document: true,
    },
  ],
  [
    `chunks search -q x --score-threshold 0.5 --filters '{"score_threshold":0,"chunk_type":"TEXT","tag_ids":["${A}"]}'`,
    'POST /v1/chunks/search',
    { score_threshold: 0.5, chunk_types: ['TEXT'], tag_ids: [A], query: 'x', top_k: 10 },
  ],
  [`chunks neighbors ${A}`, `GET /v1/chunks/${A}/neighbors`],
  [
    `chunks neighbors ${A} --prev 0 --next 20 --chunks-only`,
    `GET /v1/chunks/${A}/neighbors?prev=0&next=20&chunks_only=true`,
  ],
  [`chunk-lineages describe ${A} --max-depth 10`, `GET /v1/chunk-lineages/${A}?max_depth=10`],
];
