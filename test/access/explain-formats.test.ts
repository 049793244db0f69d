// kscli permissions explain in the formats for programs, as whole transcripts.

import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHome, type Home } from '../kscli.ts';
import { DENIED, explain, FINANCE, grant, group, ofSelf, page, REPORT, REPORTS } from './scene.ts';

const IN_FINANCE = { json: [group(FINANCE, 'Finance')] };

let home: Home;
beforeEach(() => {
  home = createHome();
  home.keep();
});
afterEach(() => home.remove());

test('json has the levels with their grants', async () => {
  const stubs = ofSelf({ own: page(grant(1, REPORTS)), mine: IN_FINANCE, ofFinance: DENIED });
  expect(await explain(home, `${REPORT} -f json`, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 -f json
    > levels, me, own, mine, ofFinance
    {
      "read": "yes",
      "write": "unknown",
      "because": "READ_ONLY on /shared/reports",
      "computed_from": "grants",
      "user_id": "00000000-0000-0000-0001-000000000001",
      "email": "user@example.com",
      "role": "USER",
      "deactivated_on": null,
      "path_part_id": "00000000-0000-0000-0004-000000000003",
      "materialized_path": "/shared/reports/2026.pdf",
      "levels": [
        {
          "path_part_id": "00000000-0000-0000-0004-000000000001",
          "parent_path_id": null,
          "name": "shared",
          "part_type": "FOLDER",
          "materialized_path": "/shared",
          "grants": []
        },
        {
          "path_part_id": "00000000-0000-0000-0004-000000000002",
          "parent_path_id": "00000000-0000-0000-0004-000000000001",
          "name": "reports",
          "part_type": "FOLDER",
          "materialized_path": "/shared/reports",
          "grants": [
            {
              "id": "00000000-0000-0000-0006-000000000001",
              "capability": "READ_ONLY",
              "through": "user",
              "group_id": null,
              "group_name": null,
              "decides": true
            }
          ]
        },
        {
          "path_part_id": "00000000-0000-0000-0004-000000000003",
          "parent_path_id": "00000000-0000-0000-0004-000000000002",
          "name": "2026.pdf",
          "part_type": "DOCUMENT",
          "materialized_path": "/shared/reports/2026.pdf",
          "grants": []
        }
      ],
      "unknown": [
        {
          "what": "the grants of group Finance",
          "why": "Permission denied: Only for admins and owners"
        }
      ],
      "notes": [],
      "check": null
    }
    exit 0"
  `);
});

test('a tree shows the levels, and id-only their ids', async () => {
  const stubs = ofSelf({
    own: page(grant(1, REPORTS)),
    mine: IN_FINANCE,
    ofFinance: page(grant(2, REPORTS, 'READ_WRITE')),
  });
  expect(await explain(home, `${REPORT} -f tree`, stubs)).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 -f tree
    > levels, me, own, mine, ofFinance
    └── shared
        └── reports: READ_ONLY, READ_WRITE through group Finance
            └── 2026.pdf
    exit 0"
  `);
  expect(await explain(home, `${REPORT} -f id-only`, ofSelf())).toMatchInlineSnapshot(`
    "$ kscli permissions explain 00000000-0000-0000-0004-000000000003 -f id-only
    > levels, me, own, mine
    00000000-0000-0000-0004-000000000001
    00000000-0000-0000-0004-000000000002
    00000000-0000-0000-0004-000000000003
    exit 0"
  `);
});
