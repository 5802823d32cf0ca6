/**
 * Writes src/model/schema-types.ts from the JSON Schemas, so that a shape is written once.
 * With --check it writes nothing and fails when the file is out of date.
 */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const schemas = new URL('../schemas/', import.meta.url);
const output = new URL('../src/model/schema-types.ts', import.meta.url);

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(new URL(folder, schemas));
  return entries
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => name.slice(0, -'.schema.json'.length))
    .sort();
}

/** What is neither a kind nor a block: files that the program reads or writes beside a plan. */
const files = ['incident-record', 'site-manifest', 'audit-report', 'answers', 'choices'];
const kinds = (await namesIn('./')).filter((name) => name !== 'common' && !files.includes(name));
const blocks = await namesIn('blocks/');
const read = async (path: string) => JSON.parse(await readFile(new URL(path, schemas), 'utf8')) as { title: string };

const entries = [
  ...(await Promise.all(
    kinds.map(async (name) => ({
      map: 'KindData',
      key: name,
      title: (await read(`${name}.schema.json`)).title,
      path: `./${name}.schema.json`,
    })),
  )),
  ...(await Promise.all(
    blocks.map(async (name) => ({
      map: 'BlockAttributes',
      key: name,
      title: (await read(`blocks/${name}.schema.json`)).title,
      path: `./blocks/${name}.schema.json`,
    })),
  )),
  ...(await Promise.all(
    files.map(async (name) => ({
      map: '',
      key: name,
      title: (await read(`${name}.schema.json`)).title,
      path: `./${name}.schema.json`,
    })),
  )),
];

// One root schema that names them all, so that shared definitions are written once.
const root = {
  title: 'AllSchemas',
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    entries.map((entry) => [entry.key + (entry.map === 'BlockAttributes' ? 'Block' : ''), { $ref: entry.path }]),
  ),
};
const banner = '// Generated from schemas/ by `npm run generate`. Edit the schema, not this file.';
const body = await compile(root as never, 'AllSchemas', {
  cwd: fileURLToPath(schemas),
  bannerComment: banner,
  format: false,
  additionalProperties: false,
  strictIndexSignatures: true,
  ignoreMinAndMaxItems: true,
  unknownAny: true,
});
const maps = ['KindData', 'BlockAttributes'].map((map) => {
  const lines = entries
    .filter((entry) => entry.map === map)
    .map((entry) => `  ${JSON.stringify(entry.key)}: ${entry.title};`);
  return `/** The shape of each ${map === 'KindData' ? 'document kind' : 'block'}, by the name of its schema. */\nexport interface ${map} {\n${lines.join('\n')}\n}\n`;
});
const text = `${body.replace(/export interface AllSchemas \{[\s\S]*?\n\}\n/, '')}\n${maps.join('\n')}`;

if (process.argv.includes('--check')) {
  if ((await readFile(output, 'utf8')) !== text) {
    console.error('src/model/schema-types.ts is out of date: run `npm run generate`.');
    process.exit(1);
  }
} else {
  await writeFile(output, text);
}
