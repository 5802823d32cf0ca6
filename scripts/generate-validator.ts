/**
 * Writes src/model/incident/record-validator.ts: Ajv's check of an incident record as plain code. The Content-Security-
 * Policy of the site forbids what Ajv does at run time. With --check it writes nothing and fails when it is out of date.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

const schema = JSON.parse(await readFile(new URL('../schemas/incident-record.schema.json', import.meta.url), 'utf8'));
const output = new URL('../src/model/incident/record-validator.ts', import.meta.url);

const ajv = new Ajv2020({
  code: { source: true, esm: true, optimize: 2 },
  discriminator: true,
  inlineRefs: false,
  // What is added below is not in the strict form; the schema itself is tested to be.
  strict: false,
});
ajv.addKeyword({ keyword: 'x-unstable', schemaType: 'boolean' });
// Told by which property the entries differ, Ajv names the fault of the one entry, not one of each kind of entry.
Object.assign(schema.properties.entries.items, {
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
});
const code = (standalone as unknown as (ajv: Ajv2020, validate: unknown) => string)(ajv, ajv.compile(bare(schema)));

// Ajv asks for its own helpers by `require`, which a browser has not; those that a record needs are written out.
const helpers: Record<string, string> = {
  'require("ajv/dist/runtime/ucs2length").default': '(text) => [...text].length',
  'require("ajv/dist/runtime/equal").default': '(one, other) => one === other',
};
let written = code;
for (const [asked, given] of Object.entries(helpers)) written = written.replaceAll(asked, given);
// A fault is told by its place and its message, and no schema asks what others have looked at: the rest would only be
// shipped.
const unused = [
  /schemaPath:"[^"]*",/g,
  /params:\{[^{}]*\},/g,
  /params:\{pattern: "(?:[^"\\]|\\.)*"\},/g,
  /const (evaluated\d+) = \w+\.evaluated;if\(\1\.dynamicProps\)\{\1\.props = undefined;\}if\(\1\.dynamicItems\)\{\1\.items = undefined;\}/g,
  /\w+\.evaluated = \{[^{}]*\};/g,
];
for (const pattern of unused) written = written.replace(pattern, '');
if (written.includes('require(')) throw new Error('Ajv asks for a helper that is not written out here.');

const text = `// Generated from schemas/incident-record.schema.json by \`npm run generate\`. Edit the schema, not this file.
// @ts-nocheck
${written
  .replace('"use strict";', '')
  .replace(
    /export const validate = (\w+);export default \w+;/,
    'interface Validate {\n  (record: unknown): boolean;\n  errors?: { instancePath: string; keyword: string; message?: string }[] | null;\n}\n/** Ajv’s check of an incident record; faults are in `errors`. */\nexport const validateRecord = $1 as unknown as Validate;\n',
  )}`;

if (process.argv.includes('--check')) {
  if ((await readFile(output, 'utf8')) !== text) {
    console.error('src/model/incident/record-validator.ts is out of date: run `npm run generate`.');
    process.exit(1);
  }
} else await writeFile(output, text);

/** What documents a schema is left out: it would only be shipped. */
function bare(value: unknown, isNames = false): never {
  if (Array.isArray(value)) return value.map((inner) => bare(inner)) as never;
  if (typeof value !== 'object' || value === null) return value as never;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isNames || !['description', 'examples', 'title', 'default', 'x-unstable'].includes(key))
      .map(([key, inner]) => [key, bare(inner, !isNames && (key === 'properties' || key === '$defs'))]),
  ) as never;
}
