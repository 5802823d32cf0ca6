/** The audit pack: complete, the same bytes again, nothing for other eyes, and never over what it did not write. */

import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import JSZip from 'jszip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireRoom, writePack } from '../../src/cli/audit/write-pack.ts';
import type { AuditReport, SiteManifest } from '../../src/model/schema-types.ts';
import { textOf } from '../../src/site/paper/compose.ts';
import { approvable, runWithGit } from '../audit/signing.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';
let pack = '';
let commit = '';
const files = (of: string) =>
  readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(of, join(entry.parentPath, entry.name)))
    .sort();
const read = (path: string) => readFileSync(join(pack, path), 'utf8');

/** Runs the command as a process of its own: the pages are drawn by Astro. */
function firebreak(env: Record<string, string>, ...argv: string[]): string {
  const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...own } = process.env;
  return execFileSync(process.execPath, [join(root, 'src/cli/main.ts'), ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...own, ASTRO_TELEMETRY_DISABLED: '1', GIT_CONFIG_GLOBAL: '/dev/null', CI: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const kinds = ['action', 'contact', 'control', 'exercise', 'lesson', 'message', 'notification', 'page', 'phase'].concat(
  ['plan', 'register', 'resource', 'role', 'runbook', 'signal', 'technique', 'term', 'training', 'worksheet'],
);

const cleaning: (() => void)[] = [];
afterAll(() => {
  for (const clean of cleaning) clean();
});

beforeAll(async () => {
  const repository = approvable((clean) => cleaning.push(clean), join(root, '.firebreak'));
  const { edit, keys, git } = repository;
  folder = repository.folder;
  pack = join(folder, 'out', 'pack');
  writeFileSync(join(folder, '.gitignore'), '/out\n.firebreak\nnode_modules\n.astro\n');
  edit(
    'plan.yaml',
    'labels:\n  - {id: internal, name: Internal, meaning: Staff}\n',
    `labels:\n  - {id: restricted, name: Restricted, meaning: The team}\n  - {id: internal, name: Internal, meaning: Staff}\ndefaultLabels: {${kinds.map((kind) => `${kind}: internal`).join(', ')}}\n`,
  );
  edit(
    'runbooks/ransomware.mdx',
    'List the hosts that are affected.\n</Step>',
    'List the hosts that are affected.\n</Step>\n\n<Step id="blue-teapot" role="responder" label="restricted">\nFetch the blue teapot from the third cellar.\n</Step>',
  );
  mkdirSync(join(folder, 'content/pages'), { recursive: true });
  writeFileSync(
    join(folder, 'content/pages/cellar.mdx'),
    '---\ntitle: Where the cellar key hangs\nsummary: Behind a painting of yellow herons.\nlabel: restricted\n---\n\nTurn the painting of yellow herons around.\n',
  );
  repository.commit('Hide the yellow herons and the blue teapot');
  await runWithGit(folder, 'approve', 'runbook:ransomware', '--by', 'A. Example');
  repository.commit('Approve', 'Boss', keys.boss);
  git('-c', 'gpg.format=ssh', '-c', `user.signingKey=${keys.boss}`, 'tag', '--sign', '--message', 'First', 'v1.0');
  edit('runbooks/ransomware.mdx', 'owner: responder', 'owner: responder\nreview: {last: 2026-03-04, every: 3 months}');
  appendFileSync(join(folder, 'content/exercises/friday-night.yaml'), 'held: [{on: 2026-03-05}]\n');
  repository.commit('Write down what was done');
  commit = git('rev-parse', 'HEAD');
  firebreak({}, 'audit', '--no-binder', '--at', '2026-11-24', '--since', 'v1.0', '--out', 'out/pack');
}, 300_000);

test('it holds the report in every form, the registers, the change log, coverage and OSCAL, each with its digest', () => {
  const manifest = JSON.parse(read('manifest.json')) as SiteManifest;
  expect(manifest).toMatchObject({ commit, audience: 'auditor', report: { day: '2026-11-24', since: 'v1.0' } });
  const named = [
    'README.md',
    'report.html',
    'report.json',
    'change-log.html',
    'change-log.md',
    'coverage-frameworks.html',
  ];
  expect(files(pack)).toEqual(
    expect.arrayContaining([
      ...named,
      'oscal/component-definition.json',
      'tables/lessons-register.csv',
      'tables/exercise-register.csv',
      'tables/change-log.csv',
      'tables/coverage-frameworks.csv',
    ]),
  );
  expect([...Object.keys(manifest.files), 'manifest.json'].sort()).toEqual(files(pack));
  for (const [path, digest] of Object.entries(manifest.files))
    expect(`sha256-${hash('sha256', readFileSync(join(pack, path)), 'hex')}`).toBe(digest);
  expect(read('README.md')).toContain(
    'The command was: firebreak audit --at 2026-11-24 --since v1.0 --audience auditor --no-binder',
  );
});

test('the same commit and day give the same bytes, elsewhere and as a zip', async () => {
  const out = join(folder, 'out', 'again.zip');
  firebreak(
    { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8' },
    ...['audit', '--no-binder', '--at', '2026-11-24', '--since', 'v1.0', '--out', out],
  );
  const zip = await JSZip.loadAsync(readFileSync(out));
  expect(Object.keys(zip.files).sort()).toEqual(files(pack));
  for (const path of files(pack)) {
    expect(await zip.file(path)?.async('string'), path).toBe(read(path));
    expect(zip.file(path)?.date.toISOString().slice(0, 10)).toBe('2026-03-05');
  }
  const whole = new Map(files(pack).map((path) => [path, readFileSync(join(pack, path))]));
  const [one, other] = [join(folder, 'out', 'one.zip'), join(folder, 'out', 'other.zip')];
  await writePack(one, whole, new Date('2026-03-05T09:00:00Z'));
  await writePack(other, whole, new Date('2026-03-05T09:00:00Z'));
  expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  await requireRoom(out);
}, 300_000);

test('verify compares a pack with its manifest, and names the one byte that was changed', async () => {
  expect(await runWithGit(folder, 'verify', pack)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Files: all \d+ are as the manifest says\.\nCommit: .*an audit pack/),
  });
  const copy = join(folder, 'out', 'flipped');
  cpSync(pack, copy, { recursive: true });
  const bytes = readFileSync(join(copy, 'report.html'));
  bytes[1000] = (bytes[1000] as number) ^ 1;
  writeFileSync(join(copy, 'report.html'), bytes);
  expect(await runWithGit(folder, 'verify', copy)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('changed        report.html'),
  });
});

test('verify reads a pack that is one zip, and names what was changed, added and taken away in it', async () => {
  const place = join(folder, 'out', 'verified.zip');
  const all = new Map(files(pack).map((path) => [path, readFileSync(join(pack, path))]));
  await writePack(place, all, new Date('2026-03-05T09:00:00Z'));
  expect(await runWithGit(folder, 'verify', place)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Files: all \d+ are as the manifest says\./),
  });
  const zip = await JSZip.loadAsync(readFileSync(place));
  const text = (await zip.file('report.html')?.async('uint8array')) as Uint8Array;
  text[1000] = (text[1000] as number) ^ 1;
  zip.file('report.html', text);
  zip.file('more.txt', 'Not of the pack.');
  zip.remove('change-log.md');
  writeFileSync(place, await zip.generateAsync({ type: 'nodebuffer' }));
  const { code, stdout } = await runWithGit(folder, 'verify', place);
  expect(code).toBe(1);
  expect(stdout).toContain('changed        report.html');
  expect(stdout).toMatch(/missing +change-log\.md/);
  expect(stdout).toMatch(/more\.txt/);
  writeFileSync(place, 'no zip');
  expect(await runWithGit(folder, 'verify', place)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('verified.zip is no zip that can be read.'),
  });
});

test('verify tells whose signature is under a tag of the commit', async () => {
  execFileSync('git', ['-C', folder, 'tag', 'v1.1', commit]);
  const copy = join(folder, 'out', 'tagged');
  cpSync(pack, copy, { recursive: true });
  const told = async (...argv: string[]) => (await runWithGit(folder, 'verify', copy, ...argv)).stdout;
  expect(await told()).toContain('Tag: v1.1 of 2026-03-05, not signed.');
  const manifest = JSON.parse(read('manifest.json')) as SiteManifest;
  const released = execFileSync('git', ['-C', folder, 'rev-parse', 'v1.0^{commit}'], { encoding: 'utf8' }).trim();
  writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, commit: released }));
  expect(await told('--signers', '.allowed-signers')).toContain('Tag: v1.0 of 2026-03-05, signed by boss@example.org.');
  expect(await told()).toContain('Tag: v1.0 of 2026-03-05, signed; no list of signers names the key.');
});

test('the pages ask for nothing, lead nowhere but to each other, and say what was overdue on the day', () => {
  const names = files(pack).filter((path) => path.endsWith('.html'));
  const idsOf = new Map(
    names.map((name) => [
      name,
      new Set(selectAll('[id]', fromHtml(read(name))).map(({ properties }) => properties['id'])),
    ]),
  );
  for (const name of names) {
    const page = fromHtml(read(name));
    expect(selectAll('script, link, [src]', page), name).toEqual([]);
    expect(read(name)).not.toMatch(/url\((?!["']?(data:|#))/);
    expect(select('meta[http-equiv]', page)?.properties['content']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    for (const link of selectAll('a', page)) {
      const href = String(link.properties['href']);
      if (/^(https?|mailto|tel):/.test(href)) continue;
      const [path, id] = href.split('#');
      expect(existsSync(join(pack, path || name)), `${name} ${href}`).toBe(true);
      if (id !== undefined) expect(idsOf.get(path || name)?.has(id), `${name} ${href}`).toBe(true);
    }
  }
  expect(read('coverage-runbooks.html')).toContain('report.html#exercise-friday-night-v-');
  const report = fromHtml(read('report.html'));
  const review = selectAll('#reviews tr', report).find((row) => textOf(row).includes('Ransomware'));
  expect(review && textOf(review)).toContain('2026-06-04 overdue');
  expect(textOf(select('.glance', report) as never)).toContain('1 overdue');
  expect(read('report.html')).not.toContain('overdue today');
  expect(textOf(select('#open-points', report) as never)).toContain('Review overdue: 1');
  expect(textOf(select('#releases', report) as never)).toContain('v1.0: First2026-03-05');
  expect(textOf(select('#releases', report) as never)).toContain('signed by boss@example.org');
  expect(read('report.html')).toContain('What is marked as overdue was overdue on 2026-11-24.');
  expect(textOf(select('main', report) as never)).toContain('Versions that this report names');
});

test('an approval of the whole document counts for readers who may not read all of it, and they read no more', () => {
  const report = JSON.parse(read('report.json')) as AuditReport;
  expect(report.leftOut).toBe(1);
  expect(report.approvals.find(({ document }) => document === 'runbook:ransomware')).toMatchObject({
    state: 'counts',
    provenBy: 'signature',
  });
  for (const path of files(pack)) expect(read(path), path).not.toMatch(/teapot|heron|cellar/i);
});

test('the OSCAL file has the members that the model asks for, and claims no control as satisfied', () => {
  const text = read('oscal/component-definition.json');
  const { 'component-definition': definition } = JSON.parse(text);
  const [component] = definition.components;
  const [implementation] = component['control-implementations'];
  expect(component.type).toBe('plan');
  expect(implementation.source).toMatch(/NIST_SP-800-53_rev5_catalog\.json$/);
  const [requirement] = implementation['implemented-requirements'];
  expect(requirement).toMatchObject({
    'control-id': 'ir-8',
    description: 'The plan says that these documents address it: Phase Preparation.',
  });
  const ids = [...text.matchAll(/"uuid": "([^"]*)"/g)].map(([, id = '']) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const resources = definition['back-matter'].resources.map(({ uuid }: { uuid: string }) => `#${uuid}`);
  for (const { href } of requirement.links) expect(resources).toContain(href);
  expect(text).not.toMatch(/satisfied/);
});

test('the OSCAL file holds against the schema of NIST', () => {
  const { $schema: _, ...schema } = JSON.parse(
    readFileSync(join(root, 'test/fixtures/oscal-1.2.2/oscal_component_schema.json'), 'utf8'),
  );
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  const text = read('oscal/component-definition.json');
  validate(JSON.parse(text));
  expect(validate.errors).toBeNull();
  expect(schema['$id']).toContain(JSON.parse(text)['component-definition'].metadata['oscal-version']);
  expect(validate(JSON.parse(text.replace('"control-id"', '"control"')))).toBe(false);
});

test('it replaces a pack that it wrote, and nothing else', async () => {
  const place = (name: string) => join(folder, 'out', name);
  cpSync(pack, place('own'), { recursive: true });
  await requireRoom(place('own'));
  await writePack(place('own'), new Map([['report.json', '{}']]), new Date(0));
  expect(files(place('own'))).toEqual(['report.json']);
  await expect(requireRoom(place('own'))).rejects.toThrow('holds something that is no audit pack');
  cpSync(pack, place('noted'), { recursive: true });
  writeFileSync(join(place('noted'), 'notes.txt'), 'Mine.');
  await expect(requireRoom(place('noted'))).rejects.toThrow('notes.txt: the manifest does not name it');
  writeFileSync(place('holiday.zip'), 'no zip');
  await expect(requireRoom(place('holiday.zip'))).rejects.toThrow('is no audit pack');
  await expect(requireRoom(join(pack, 'README.md'))).rejects.toThrow('is a file, and no zip');
  await requireRoom(place('new'));
  expect(readdirSync(place('')).filter((name) => /\.(tmp|old)$/.test(name))).toEqual([]);
  rmSync(place('own'), { recursive: true });
});
