/**
 * Every diagnostic of the catalogue: a plan that shows it and nothing else, the whole report as a person reads it, and
 * a page that explains it. `npm exec -- vitest run -u` writes reports anew; read the difference.
 */
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../src/cli/run.ts';
import { type Compiled, compile, compileFiles } from '../src/compile/index.ts';
import { catalogue, type DiagnosticId, diagnosticIds } from '../src/diagnostics/catalogue.ts';
import { allDiagnostics } from '../src/diagnostics/report.ts';
import { reporters } from '../src/diagnostics/reporters/index.ts';
import { checkOpenChanges } from '../src/proposals/check-open.ts';
import { compiledWith, digestOfFolder, fixtures, minimal, now, overlaid, reportOf } from './fixture-plan.ts';

const folder = join(fixtures, 'diagnostics');
const pages = new URL('../docs/diagnostics/', import.meta.url);

/**
 * Plans that git cannot carry, made in a temporary copy of the smallest plan. A builder may give back how the plan is
 * compiled, where that needs more than its folder.
 */
const builders: Partial<Record<DiagnosticId, (root: string) => Promise<unknown>>> = {
  'plan-not-found': (root) => rm(join(root, 'plan.yaml')),
  'unreadable-file': async (root) => {
    await writeFile(join(root, 'pages/secret.mdx'), 'nobody reads this', { mode: 0o000 });
    await chmod(root, 0o755);
  },
  'overlay-syntax': (root) => writeFile(join(root, '..', 'overlay.yaml'), '- title: Security on call\n'),
  'link-out-of-plan': (root) => symlink('/etc/passwd', join(root, 'pages/passwd.mdx')),
  'link-loop': async (root) => {
    await symlink('..', join(root, 'pages/up'));
    await symlink('round.mdx', join(root, 'pages/round.mdx'));
    await symlink('nothing.mdx', join(root, 'pages/dangling.mdx'));
  },
  // A hole of 50 MB: the size is what the file system says, and no disk is filled.
  'file-too-large': async (root) => {
    await writeFile(join(root, 'pages/large.mdx'), '');
    await truncate(join(root, 'pages/large.mdx'), 50_000_000);
  },
  'not-text': async (root) => {
    await writeFile(
      join(root, 'pages/picture.mdx'),
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00),
    );
    await writeFile(join(root, 'pages/latin.mdx'), Uint8Array.of(0x63, 0x61, 0x66, 0xe9));
    await writeFile(join(root, 'pages/nul.mdx'), 'a\0b');
  },
  'byte-order-mark': async (root) => {
    const path = join(root, 'terms/runbook.yaml');
    await writeFile(path, `\uFEFF${await readFile(path, 'utf8')}`);
  },
  'carriage-returns': async (root) => {
    const path = join(root, 'runbooks/ransomware.mdx');
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
  },
  'nesting-too-deep': async (root) => {
    const front = '---\ntitle: Deep\nsummary: Deep.\n---\n\n';
    const deep = 10_000;
    await writeFile(join(root, 'pages/quotes.mdx'), `${front.replace('Deep\n', 'Quotes\n')}${'> '.repeat(deep)}text\n`);
    await writeFile(
      join(root, 'pages/blocks.mdx'),
      `${front.replace('Deep\n', 'Blocks\n')}${'<Note>\n'.repeat(deep)}text\n${'</Note>\n'.repeat(deep)}`,
    );
    await writeFile(
      join(root, 'pages/braces.mdx'),
      `${front.replace('Deep\n', 'Braces\n')}${'{'.repeat(deep)}${'}'.repeat(deep)}\n`,
    );
    await writeFile(join(root, 'terms/lists.yaml'), `title: ${'['.repeat(deep)}${']'.repeat(deep)}\n`);
    await writeFile(join(root, 'terms/open.yaml'), '['.repeat(deep));
    await writeFile(join(root, 'terms/dashes.yaml'), `${'- '.repeat(deep)}text\n`);
  },
};

let temporary: string;
let before: string;
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'firebreak-'));
  await chmod(temporary, 0o755);
  before = await digestOfFolder(minimal);
});
afterAll(() => rm(temporary, { recursive: true }));

async function built(id: string, build: (root: string) => Promise<unknown>): Promise<string> {
  const root = join(temporary, id);
  await cp(minimal, root, { recursive: true });
  await build(root);
  return root;
}

/**
 * Runs a task as a user who is not allowed everything. Root reads any file whatever its mode, so as root the task
 * runs as nobody (user 65534 on Linux and macOS alike by convention).
 */
async function unprivileged<T>(task: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return task();
  process.seteuid?.(65534);
  try {
    return await task();
  } finally {
    process.seteuid?.(0);
  }
}

async function compiledFixture(id: DiagnosticId): Promise<Compiled> {
  const build = builders[id];
  if (!build) {
    const compiled = compileFiles(await overlaid(join(folder, id)), now);
    checkOpenChanges(compiled, now);
    return compiled;
  }
  const root = await built(id, build);
  const untouched = await digestOfFolder(root);
  const overlay = id === 'overlay-syntax' ? join(root, '..', 'overlay.yaml') : undefined;
  const compiled =
    id === 'unreadable-file' ? await unprivileged(() => compile(root, now)) : await compile(root, now, overlay);
  expect(await digestOfFolder(root), 'nothing on disk changes').toBe(untouched);
  return compiled;
}

const toldOf = ({ files }: Compiled) =>
  [...new Set(allDiagnostics(files).map((diagnostic) => diagnostic.ruleId))].sort();

test('the smallest plan has nothing to report', async () => {
  expect(reportOf(await compile(minimal, now))).toBe('22 documents checked, nothing to report.\n');
});

test('every fixture and page is of a diagnostic', async () => {
  expect(await readdir(folder)).toEqual([...diagnosticIds].sort());
  expect((await readdir(pages)).map((name) => name.replace(/\.md$/, ''))).toEqual([...diagnosticIds].sort());
});

describe.each(diagnosticIds)('%s', (id) => {
  // Where a file's mode keeps nobody out (Windows), the fixture cannot be made.
  test.skipIf(id === 'unreadable-file' && !process.geteuid)('is told, alone, at the right place', async () => {
    const compiled = await compiledFixture(id);
    const also = join(folder, id, 'also.txt');
    const unavoidable = existsSync(also)
      ? (await readFile(also, 'utf8'))
          .trim()
          .split('\n')
          .map((line) => /^([a-z-]+): \S/.exec(line)?.[1])
      : [];
    expect(toldOf(compiled)).toEqual([id, ...unavoidable].sort());
    const report = reportOf(compiled).replaceAll(temporary, '/tmp');
    await expect(report).toMatchFileSnapshot(join(folder, id, 'expected.txt'));
  });

  test('has a page', async () => {
    const page = await readFile(new URL(`${id}.md`, pages), 'utf8');
    expect(page).toMatch(new RegExp(`^# ${id}\\n\\nLevel: ${catalogue[id].level}\\n`));
    const prose = page.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
    expect(prose.match(/^## .+$/gm)).toEqual(['## Wrong', '## Right', '## How to mend it', '## Why']);
  });

  test('is told in every format', async () => {
    if (builders[id]) return;
    const { files } = await compiledFixture(id);
    for (const report of Object.values(reporters))
      expect(report(files, { color: false, prefix: 'content/', documents: 1 })).toContain(id);
  });
});

test('the fixtures are as they were', async () => {
  expect(await digestOfFolder(minimal)).toBe(before);
});

describe('bad input is told, never thrown', () => {
  test('a socket or pipe is not opened', async () => {
    const root = await built('socket', async () => {});
    const server = createServer();
    await new Promise<void>((listening) => server.listen(join(root, 'pages/pipe.mdx'), listening));
    try {
      expect(toldOf(await compile(root, now))).toEqual(['unreadable-file']);
    } finally {
      await new Promise((closed) => server.close(closed));
    }
  });

  test.each<[string, (root: string) => Promise<unknown>]>([
    ['a link to the plan itself', (root) => symlink(root, join(root, 'pages/again'))],
    ['a link that leaves and comes back', (root) => symlink(join('..', '..', '..'), join(root, 'pages/out'))],
    [
      'a plan.yaml that is a folder',
      async (root) => {
        await rm(join(root, 'plan.yaml'));
        await mkdir(join(root, 'plan.yaml'));
      },
    ],
    ['a plan.yaml that is binary', (root) => writeFile(join(root, 'plan.yaml'), Uint8Array.of(0xff, 0xfe, 0x00))],
    ['a plan.yaml that is empty', (root) => writeFile(join(root, 'plan.yaml'), '')],
    [
      'a plan.yaml in conflict',
      (root) => writeFile(join(root, 'plan.yaml'), '<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n'),
    ],
    ['an ids.lock that is binary', (root) => writeFile(join(root, 'ids.lock'), Uint8Array.of(0xff, 0xfe, 0x00))],
    [
      'an ids.lock in conflict',
      (root) => writeFile(join(root, 'ids.lock'), '<<<<<<< ours\nrole:a\n=======\nrole:b\n>>>>>>> theirs\n'),
    ],
    ['a folder that is named like a file', (root) => mkdir(join(root, 'pages/folder.mdx'))],
    [
      'a million bytes on one line',
      (root) =>
        writeFile(
          join(root, 'pages/line.mdx'),
          `---\ntitle: Line\nsummary: A line.\n---\n\n{${'x'.repeat(900_000)}}\n`,
        ),
    ],
    [
      'a million opening blocks',
      (root) =>
        writeFile(join(root, 'pages/open.mdx'), `---\ntitle: Open\nsummary: Open.\n---\n\n${'<Note>\n'.repeat(1000)}`),
    ],
    [
      'names of an object’s own',
      (root) => writeFile(join(root, 'terms/__proto__.yaml'), '__proto__: {a: 1}\nconstructor: x\ntitle: Proto\n'),
    ],
  ])('%s', async (name, build) => {
    const root = await built(name.replaceAll(' ', '-'), build);
    const untouched = await digestOfFolder(root);
    const compiled = await compile(root, now);
    const report = reportOf(compiled);
    expect(report.length, 'a report that a person can read').toBeLessThan(40_000);
    expect(report).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(await digestOfFolder(root)).toBe(untouched);
  });

  test('one fault of plan.yaml is told once', async () => {
    const conflict = await compiledWith({ 'plan.yaml': '<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n' });
    expect(toldOf(conflict)).toEqual(['merge-conflict']);
    const lock = await compiledWith({ 'ids.lock': '<<<<<<< ours\nrole:a\n=======\nrole:b\n>>>>>>> theirs\n' });
    expect(toldOf(lock)).toEqual(['merge-conflict']);
  });

  test('the command line tells a folder without a plan in one line', async () => {
    const lines: string[] = [];
    const out = { write: (text: string) => lines.push(text) };
    const outside = { cwd: temporary, stdout: out, stderr: out, env: {}, now, signal: new AbortController().signal };
    expect(await run(['check'], outside)).toBe(2);
    expect(lines.join('')).toMatch(/^firebreak check: There is no plan\.yaml in .*\n$/);
  });

  test('control characters and marks of direction do not reach a terminal', async () => {
    const compiled = await compiledWith({
      'terms/note.yaml': 'title: Note\n"\\e[2Jname\\u202E": x\nsummary: \u202Eevil\n',
    });
    const report = reportOf(compiled);
    expect(report).toContain('␛[2Jname');
    expect(report).not.toMatch(/(?!\n)[\p{Cc}\u202E]/u);
  });
});
