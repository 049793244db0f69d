// Lines and their requests: folders and documents.

import { A, B, type Line, PAGE } from './line.ts';

export const LINES: readonly Line[] = [
  ['folders list', `GET /v1/folders?${PAGE}`],
  [`folders list -p ${A} -l 5 -o 10`, `GET /v1/folders?parent_path_part_id=${A}&limit=5&offset=10`],
  ['folders list --sort-order NAME --with-tags', `GET /v1/folders?sort_order=NAME&with_tags=true&${PAGE}`],
  [`folders list --folder-id ${A} --show-content`, `GET /v1/folders/${A}/contents?${PAGE}`],
  [
    `folders list --folder-id ${A} --show-content --max-depth 3 --sort-order LOGICAL --with-tags`,
    `GET /v1/folders/${A}/contents?max_depth=3&sort_order=LOGICAL&with_tags=true&${PAGE}`,
  ],
  [`folders describe ${A}`, `GET /v1/folders/${A}`],
  [`folders describe ${A.replaceAll('-', '').toUpperCase()}`, `GET /v1/folders/${A}`],
  [`folders delete ${A}`, `DELETE /v1/folders/${A}`],
  [`folders create -n Reports -p ${A}`, 'POST /v1/folders', { name: 'Reports', parent_path_part_id: A }],
  [`folders create --name -f --parent-path-part-id ${A}`, 'POST /v1/folders', { name: '-f', parent_path_part_id: A }],
  [`folders update ${A} --name Old`, `PATCH /v1/folders/${A}`, { name: 'Old' }],
  [`folders update ${A} --parent-path-part-id ${B}`, `PATCH /v1/folders/${A}`, { parent_path_part_id: B }],
  ['documents list', `GET /v1/documents?${PAGE}`],
  [`documents list --parent-path-part-id ${A}`, `GET /v1/documents?parent_path_part_id=${A}&${PAGE}`],
  [`documents describe ${A}`, `GET /v1/documents/${A}`],
  [`documents delete ${A}`, `DELETE /v1/documents/${A}`],
  [
    `documents create --name x --parent-path-part-id ${A} --type PDF --origin SOURCE`,
    'POST /v1/documents',
    { name: 'x', parent_path_part_id: A, document_type: 'PDF', document_origin: 'SOURCE' },
  ],
  [`documents update ${A} --active-version-id ${B}`, `PATCH /v1/documents/${A}`, { active_version_id: B }],
  [
    `documents update ${A} --name x --parent-path-part-id ${B}`,
    `PATCH /v1/documents/${A}`,
    { name: 'x', parent_path_part_id: B },
  ],
  ['find report', `GET /v1/folders/search?name_like=report&${PAGE}`],
  [
    `find 'a & b' --under ${A} --part-type DOCUMENT --sort-order CREATED_AT --with-tags -l 3`,
    `GET /v1/folders/search?name_like=a%20%26%20b&parent_path_part_id=${A}&part_type=DOCUMENT&sort_order=CREATED_AT&with_tags=true&limit=3&offset=0`,
  ],
  ['features describe', 'GET /v1/features'],
  [`folders describe ${A} --with-tags`, `GET /v1/folders/${A}?with_tags=true`],
  [`folders reembed ${A}`, `POST /v1/folders/${A}?action=reembed`],
  ['documents list --sort-order NAME --with-tags', `GET /v1/documents?sort_order=NAME&with_tags=true&${PAGE}`],
  [`documents describe ${A} --with-tags`, `GET /v1/documents/${A}?with_tags=true`],
  [
    `documents create --name x -p ${A} --type PPTX --origin GENERATED`,
    'POST /v1/documents',
    { name: 'x', parent_path_part_id: A, document_type: 'PPTX', document_origin: 'GENERATED' },
  ],
  [
    `documents ingest --file ~/report.pdf --path-part-id ${A}`,
    'POST /v1/documents/ingest',
    `path_part_id=${A} name=report.pdf file=@report.pdf (4 bytes)`,
  ],
  [
    `documents ingest --page-dpi 36 --secondary-taxonomy picture --chunk-type IMAGE --ingestion-mode single_chunk --file ~/report.pdf -n x --path-part-id ${A}`,
    'POST /v1/documents/ingest',
    `path_part_id=${A} name=x ingestion_mode=single_chunk chunk_type=IMAGE secondary_taxonomy=picture page_dpi=36 file=@x (4 bytes)`,
  ],
  [`documents new-version ${A} --file ~/report.pdf`, `POST /v1/documents/${A}/ingest`, 'file=@report.pdf (4 bytes)'],
  [
    `documents new-version ${A} --file ~/report.pdf --ingestion-mode high_accuracy --page-dpi 216`,
    `POST /v1/documents/${A}/ingest`,
    'ingestion_mode=high_accuracy page_dpi=216 file=@report.pdf (4 bytes)',
  ],
  [`document-versions list --document-id ${A}`, `GET /v1/document_versions?document_id=${A}&${PAGE}`],
  [`document-versions describe ${A}`, `GET /v1/document_versions/${A}`],
  [`document-versions delete ${A}`, `DELETE /v1/document_versions/${A}`],
  [`document-versions contents ${A}`, `GET /v1/document_versions/${A}/contents`],
  [`document-versions create --document-id ${A}`, `POST /v1/documents/${A}/versions`],
  [
    `document-versions update ${A} --source-s3 s3://b/k`,
    `PATCH /v1/document_versions/${A}/metadata`,
    { source_s3: 's3://b/k' },
  ],
  [`document-versions clear-contents ${A}`, `DELETE /v1/document_versions/${A}/contents`],
  [
    `document-versions contents ${A} --section-id ${B} --content-type CHUNK -l 5`,
    `GET /v1/document_versions/${A}/contents?section_id=${B}&content_type=CHUNK&limit=5`,
  ],
  [
    `document-versions update ${A} --source-s3 s3://b/k --pipeline-state '{"status":"failed","error":"x"}' --metadata '{"hash":"h","total_pages":3}'`,
    `PATCH /v1/document_versions/${A}/metadata`,
    { hash: 'h', total_pages: 3, source_s3: 's3://b/k', pipeline_state: { status: 'failed', error: 'x' } },
  ],
  [`document-versions reembed ${A}`, `POST /v1/document_versions/${A}?action=reembed`],
];
