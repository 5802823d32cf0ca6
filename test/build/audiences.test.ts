/**
 * Builds for audiences: no canary below its label in any byte of what they write, no link that leads nowhere, and a
 * build that fails when something does get through.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '../../src/site/client/pack/archive.ts';
import { canaries, canariesFor, canary, canaryFiles, canaryPlanText, imageNames, readableBy } from '../canaries.ts';
import { minimal } from '../fixture-plan.ts';
import { type pictureKinds, pictures } from '../pictures.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const command = join(repository, 'src/cli/main.ts');
const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...outer } = process.env;
const env = { ...outer, ASTRO_TELEMETRY_DISABLED: '1', CI: '1' };
const folder = join(repository, '.firebreak', `audiences-${process.pid}`);
const patience = 300_000;

const firebreak = (...argv: string[]) =>
  spawnSync(process.execPath, [command, ...argv], { cwd: folder, encoding: 'utf8', env });

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function git(...words: string[]): void {
  const identity = ['-c', 'user.name=A. Example', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...words], { cwd: folder, env });
}

beforeAll(() => {
  cpSync(minimal, join(folder, 'content'), { recursive: true });
  for (const [path, text] of Object.entries(canaryFiles)) write(`content/${path}`, text);
  write('content/plan.yaml', canaryPlanText(readFileSync(join(minimal, 'plan.yaml'), 'utf8')));
  for (const name of imageNames()) {
    const kind = extname(name).slice(1) as (typeof pictureKinds)[number];
    write(`content/pages/${name}`, pictures(canary('red'))[kind]);
  }
  // History has canaries too: in a message, in the name of a file that is gone, and in what a file once said.
  const gone = `terms/${canary('restricted')}.yaml`;
  write(`content/${gone}`, `title: Gone ${canary('restricted')}\nsummary: It was ${canary('restricted')}.\n`);
  expect(firebreak('fix').status).toBe(0);
  git('init', '--quiet', '--initial-branch=main');
  git('add', 'content');
  git('commit', '--quiet', '--message', `Begin with ${canary('red')}`);
  rmSync(join(folder, 'content', gone));
  const lock = readFileSync(join(folder, 'content/ids.lock'), 'utf8');
  const name = `term:${gone.slice('terms/'.length, -'.yaml'.length)}`;
  write('content/ids.lock', lock.replace(name, `${name} retired`));
  git('add', '--all', 'content');
  git('commit', '--quiet', '--message', `Take out ${canary('restricted')}`);
}, patience);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every file of a folder with all that is in it: what is compressed is opened. */
function filesIn(of: string): [path: string, text: string][] {
  return readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(of, path).split(sep).join('/'), opened(readFileSync(path))];
    });
}

const opened = (bytes: Buffer) =>
  (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('latin1');

const found = (audience: string, files: readonly [string, string][]) =>
  files.flatMap(([path, text]) =>
    [...canariesFor(audience, path), ...canariesFor(audience, text)].map((one) => `${path}: ${one}`),
  );

/** Links of pages that lead to no page, file or place. */
function deadLinks(files: readonly [string, string][]): string[] {
  const texts = new Map(files);
  return files
    .filter(([path]) => path.endsWith('.html'))
    .flatMap(([path, html]) =>
      [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].flatMap(([, address = '']) => {
        if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return [];
        const { pathname, hash } = new URL(address, `http://localhost/${path}`);
        const target = decodeURIComponent(pathname.slice(1)).replace(/(^|\/)$/, '$1index.html');
        const there = texts.get(target);
        const anchor = decodeURIComponent(hash.slice(1));
        return there !== undefined && (anchor === '' || there.includes(` id="${anchor}"`))
          ? []
          : [`${path}: ${address}`];
      }),
    );
}

/** Headings under which nothing stands. */
const emptyHeadings = (files: readonly [string, string][]) =>
  files
    .filter(([path]) => path.endsWith('.html'))
    .flatMap(([path, html]) =>
      [...html.matchAll(/<h([2-4])[^>]*>((?:(?!<h\d).)*?)<\/h\1>\s*(?=<\/(?:section|article|div|main)>)/gs)].map(
        ([, , title]) => `${path}: ${title}`,
      ),
    );

// The same output folder and the same cache one after the other, the audience that may read most first.
describe.each(Object.keys(readableBy))('the build for %s', (audience) => {
  let files: [string, string][] = [];

  test('holds no canary below its label', { timeout: patience }, () => {
    const { status, stderr } = firebreak('build', '--audience', audience, '--out', 'out');
    expect(stderr).toContain('1 document is marked TLP:RED and left out: contact:source.');
    expect(status, stderr).toBe(0);
    files = filesIn(join(folder, 'out'));
    expect(found(audience, files)).toEqual([]);
    // What may be read is there: a scan of nothing finds nothing.
    const all = files.map(([, text]) => text).join('\n');
    for (const [word, label] of canaries)
      if (label === 'public' && audience === 'public') expect(all, word).toContain(word);
    for (const name of imageNames().slice(0, -1)) expect(all).toContain(`pages/${name}`);
    expect(JSON.parse(files.find(([path]) => path === 'manifest.json')?.[1] ?? '{}')).toMatchObject({ audience });
  });

  test('says for whom it is, on screen and in print', () => {
    const name = { internal: 'Response team', auditor: 'Auditor', public: 'Public' }[audience];
    expect(files.find(([path]) => path === '_firebreak/stamp.css')?.[1]).toContain(`, for ${name}`);
  });

  test('has no link that leads nowhere, and no heading over nothing', () => {
    expect(deadLinks(files)).toEqual([]);
    expect(emptyHeadings(files)).toEqual([]);
  });
});

test('the one-file copy and the paper of an audience hold no canary either', { timeout: patience }, () => {
  expect(firebreak('pack', '--site', 'out', '--out', 'plan.html').status).toBe(0);
  const html = readFileSync(join(folder, 'plan.html'), 'utf8');
  expect(canariesFor('public', html)).toEqual([]);
  const paths = filesIn(join(folder, 'out')).map(([path]) => path);
  // One archive for the pages, one for the index of the search.
  const archives = (html.match(/[A-Za-z0-9+/=]{20000,}/g) ?? []).flatMap((base64) => {
    try {
      return [openArchive(base64)];
    } catch {
      return [];
    }
  });
  const packed = paths.flatMap((path): [string, string][] => {
    const bytes = archives.find((archive) => archive.has(path))?.bytes(path);
    return bytes ? [[path, opened(Buffer.from(bytes))]] : [];
  });
  expect(packed.map(([path]) => path)).toEqual(
    expect.arrayContaining(['runbooks/ransomware/index.html', 'pagefind/vocabulary.json']),
  );
  expect(found('public', packed)).toEqual([]);
});

const hasBrowser = spawnSync('sh', ['-c', 'command -v chromium chromium-browser google-chrome']).status === 0;
const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;

test.skipIf(!hasBrowser || !hasPoppler)('paper for an audience holds no canary', { timeout: patience }, () => {
  const printed = firebreak('pdf', '--runbook', 'ransomware', '--audience', 'public', '--out', 'public.pdf');
  expect(printed.status, printed.stderr).toBe(0);
  const read = (tool: string, ...words: string[]) => execFileSync(tool, words, { cwd: folder, encoding: 'utf8' });
  const text = read('pdftotext', '-layout', 'public.pdf', '-');
  expect(text).toContain('RW 2 and RW 3: withheld.');
  expect(text).toContain('for Public');
  const raw = readFileSync(join(folder, 'public.pdf'), 'latin1');
  expect([text, read('pdfinfo', 'public.pdf'), raw].flatMap((part) => canariesFor('public', part))).toEqual([]);
});

test('what gets past the filter fails the build, with its place', { timeout: patience }, () => {
  write('public/planted.txt', 'Call (+1) 202 555-0101.\nSee contact:on-call.\nLook at it with great care and then go.');
  write('public/planted.html', '<p>Nobody outside the team <em>reads these</em> words in this order.</p>');
  write('public/plain.txt', 'Files are encrypted. Hold the meeting.');
  const { status, stderr } = firebreak('build', '--audience', 'public', '--out', 'planted');
  expect(status).toBe(1);
  expect(stderr).toContain('may not read');
  expect(stderr).toMatch(/planted\.txt:1 {2}a number of a contact/);
  expect(stderr).toMatch(/planted\.txt:2 {2}the name of contact:on-call/);
  expect(stderr).toMatch(/planted\.txt:3 {2}the words "with great care and then" of runbook:hidden/);
  expect(stderr).toMatch(
    /planted\.html:1 {2}the words "outside the team reads these words in this order" of page:secret/,
  );
  expect(stderr).not.toContain('plain.txt');
  // Without a manifest nothing takes it for a finished site.
  expect(filesIn(join(folder, 'planted')).map(([path]) => path)).not.toContain('manifest.json');
});

test('an audience or an overlay that is not there is told in one line', () => {
  const unknown = firebreak('build', '--audience', 'publik', '--out', 'never');
  expect([unknown.status, unknown.stderr]).toEqual([
    2,
    'firebreak build: The plan has no audience "publik". Did you mean "public"?\n',
  ]);
  expect(firebreak('check', '--overlay', 'nowhere').stderr).toContain('There is no overlay');
});
