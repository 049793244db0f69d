// YAML and trees of any JSON: read back to the same value, and one line for every name.

import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { parseJson } from '../../src/json/parse.ts';
import { formatTree } from '../../src/output/tree.ts';
import { formatYaml } from '../../src/output/yaml.ts';
import { anyJson } from '../any-json.ts';

const RUNS = { numRuns: 300 };

test.each(['1.1', '1.2'] as const)('yaml is read back to the same value by a parser of version %s', (version) => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(parseYaml(formatYaml(parseJson(JSON.stringify(value))), { version, merge: version === '1.1' })).toEqual(
        plain,
      );
    }),
    RUNS,
  );
});

test('a tree has one line for every name', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      expect(formatTree({ data: parseJson(JSON.stringify(value)) })).not.toMatch(/\n[^├└│ ]/);
    }),
    RUNS,
  );
});
