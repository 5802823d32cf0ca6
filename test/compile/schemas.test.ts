import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';

// The compiler trusts its schemas and does not check them at every start.
test.each(globSync('schemas/**/*.json').sort())('%s is a valid schema', (path) => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  ajv.validateSchema(JSON.parse(readFileSync(path, 'utf8')));
  expect(ajv.errors).toBeNull();
});
